"""Numbers to one form, however they are written: `7,500`, `7.500`, `7 500` and `7500` are `7500`; `4,65` is `4.65`."""

import re
from collections.abc import Iterable

NUMBER = r"\d{1,3}(?:[ ,.'](?=\d{3}(?!\d))\d{3})+(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)*"
"""A number in digits, with separators of thousands and a decimal sign; for use inside other patterns."""

_THOUSANDS = re.compile(r"\d{1,3}(?:[ ,.']\d{3})+(?:[.,]\d{1,2})?")
_HAN_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_PLACES = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_LONGEST_TO_MULTIPLY = 12


def plain_number(written: str) -> str:
    """The number without separators of thousands, leading zeros and trailing decimal zeros, decimal sign `.`."""
    if _THOUSANDS.fullmatch(written):
        whole, decimals = _split_thousands(written)
    else:
        *parts, last = re.split(r"[.,]", written)
        whole, decimals = ("".join(parts), last) if len(parts) == 1 else (".".join([*parts, last]), "")
    whole = whole.lstrip("0") or "0"
    decimals = decimals.rstrip("0")
    return f"{whole}.{decimals}" if decimals else whole


def _split_thousands(written: str) -> tuple[str, str]:
    tail = re.search(r"[.,](\d{1,2})$", written)
    head = written[: tail.start()] if tail else written
    return re.sub(r"\D", "", head), tail.group(1) if tail else ""


def multiplied(number: str, by: Iterable[str]) -> str:
    """The number times each factor: `75` by `1000` is `75000`, `1.5` by `1000` is `1500`. A huge one stays as it is."""
    for factor in by:
        if len(number) > _LONGEST_TO_MULTIPLY or not number.replace(".", "").isdecimal() or number.count(".") > 1:
            return number
        whole, _, decimals = number.partition(".")
        units = int(whole + decimals) * int(factor)
        scale = len(decimals)
        number = plain_number(f"{units // 10**scale}.{units % 10**scale:0{scale}d}" if scale else str(units))
    return number


def han_number(written: str) -> str:
    """A number in Chinese characters in digits: `十二` is `12`, `八五` is `85`, `七千五百` is `7500`."""
    if not any(c in _HAN_PLACES for c in written):
        return "".join(str(_HAN_DIGITS[c]) for c in written)
    total, section, digit = 0, 0, 0
    for c in written:
        if c in _HAN_DIGITS:
            digit = _HAN_DIGITS[c]
        elif c == "万":
            total, section, digit = (total + section + digit) * 10_000, 0, 0
        else:
            section, digit = section + (digit or 1) * _HAN_PLACES[c], 0
    return str(total + section + digit)
