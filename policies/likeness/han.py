"""Chinese text made ready for a reader of words: numbers in digits, and known words set apart by spaces."""

import re

from policies.likeness.numerals import han_number
from policies.likeness.words.chinese import CHINESE

_NUMERAL = "[〇零一二两三四五六七八九十百千万]"
_COUNTED = (
    "个|天|年|张|家|次|元|块|米|毫米|厘米|公里|公斤|千克|克|升|小时|分钟|秒|度|字符|"
    "周|名|位|件|折|月|日|号|点|种|台|倍|人|条|步|项|欧元|美元|页|岁|吨|晚|夜|场|节|份|座|间|栋|笔|款|层|部|套|门|所|杯|道|堂|篇|班|块|袋|瓶|多|余"
)
_COUNT = re.compile(rf"(?<![第\d])(?<!{_NUMERAL})(?![零〇](?!{_NUMERAL}))({_NUMERAL}{{1,9}})(?=\s?(?:{_COUNTED}))")
_ORDINAL = re.compile(rf"第(\d+|(?![一二](?!{_NUMERAL})){_NUMERAL}{{1,5}})")
_ONE = re.compile(rf"(?<!第)(?<!{_NUMERAL})一(?=[月日号点])")
_PERCENT = re.compile(rf"百分之(\d+|{_NUMERAL}{{1,5}})")
_SHARE = re.compile(rf"(?:(\d|{_NUMERAL})成(?![立为功长本员熟])|十分之({_NUMERAL}))")
_PIECES = re.compile(rf"(\d{{1,3}}|{_NUMERAL})块([一二三四五六七八九])(?![个张块天年月])")
_DISCOUNT = re.compile(r"(?<![\d.])(\d{1,2}|\d\.\d)\s?折")
_TIMES = re.compile(
    r"(?<![\d.])(\d{1,9}(?:\.\d{1,4})?)([千万])(?=元|块|人|名|位|个|家|件|次|台|多|欧元|美元|卢布|比索)"
)
_KNOWN = sorted({*CHINESE.weekdays, *CHINESE.weekday_groups, *CHINESE.days, *CHINESE.fractions}, key=len, reverse=True)
_APART = re.compile("|".join(_KNOWN))
_UNITS = "|".join(sorted([*CHINESE.units, "点", "月", "日", "号"], key=len, reverse=True))
_UNIT = re.compile(rf"(?<=\d)\s?({_UNITS})")
_HALVES = (
    (re.compile(r"(\d{1,2})\s?点半"), r" \1:30 点 "),
    (re.compile(r"(\d{1,2})\s?点一刻"), r" \1:15 点 "),
    (re.compile(r"(\d{1,2})\s?点三刻"), r" \1:45 点 "),
    (re.compile(r"(\d{1,2}|一)\s?个半(?=小时|月)"), lambda m: f" {m.group(1).replace('一', '1')}.5 "),
    (re.compile(r"半个?小时"), " 30 分钟 "),
    (re.compile(r"半年"), " 6 个月 "),
    (re.compile(r"半(?=公斤|升|米|公里)"), " 1/2 "),
    (re.compile(r"(\d{1,2}|一)分半钟?"), lambda m: f" {m.group(1).replace('一', '1')}.5 分钟 "),
)

ONE_OF = re.compile(rf"一\s?({'|'.join(sorted(CHINESE.units, key=len, reverse=True))})")
HAN_RUN = re.compile(r"[\u3400-\u9fff]+")


def spaced(text: str) -> str:
    """The text with weekdays, parts of the day, fractions and units as words of their own and counts in digits."""
    text = _ORDINAL.sub(lambda m: f" {_digits(m.group(1))} ", _APART.sub(r" \g<0> ", text))
    text = _SHARE.sub(lambda m: f" {int(_digits(m.group(1) or m.group(2))) * 10} % ", text)
    text = _PIECES.sub(lambda m: f" {_digits(m.group(1))}.{_digits(m.group(2))} 元 ", text)
    text = _PERCENT.sub(lambda m: f" {_digits(m.group(1))} % ", text)
    text = _ONE.sub("1", text)
    text = _COUNT.sub(lambda m: m.group(1) if m.group(1) == "一" else _digits(m.group(1)), text)
    text = _DISCOUNT.sub(lambda m: f" {_taken_off(m.group(1))} % ", text)
    text = _TIMES.sub(_whole, text)
    for half, written in _HALVES:
        text = half.sub(written, text)
    return _UNIT.sub(r" \1 ", text)


def _digits(written: str) -> str:
    return written if written.isdigit() else han_number(written)


def _taken_off(folds: str) -> int:
    """Nine `折` is a tenth off: the customer pays nine tenths."""
    tenths = int(folds.replace(".", ""))
    return 100 - (tenths * 10 if len(folds) == 1 else tenths)


def _whole(found: re.Match[str]) -> str:
    factor = 1000 if found.group(2) == "千" else 10_000
    return f"{float(found.group(1)) * factor:.0f}"
