"""Numbers and hours as people say them, written as in digits: `half past seven`, `an hour and a half`, `10th`."""

import re
from collections.abc import Iterable
from functools import partial

from policies.likeness.lookup import meaning_of, unit_of

_HALF_A_DAY = 12

_ORDINAL_MARKS = {
    "en": re.compile(r"(?<=\d)(?:st|nd|rd|th)\b"),
    "fi": re.compile(r"(?<=\d):(?:[^\W\d]{1,5})\b"),
    "ru": re.compile(r"(?<=\d)-?(?:й|го|му|ый|ой|ая|ое|ые|ти|м|я|е|х)\b"),
    "tl": re.compile(r"\bika-?(?=\d)"),
}
_GROWN = r"(больше|выше|крупнее|просторнее|дороже|длиннее|быстрее|чаще|шире|дольше)"
_HALVES = {
    "en": (
        (re.compile(r"\bper cent\b"), "percent"),
        (re.compile(r"\b(?:an?|one) ([a-z]+) and a half\b"), r"1.5 \1"),
        (re.compile(r"\b(?:one|1) and a half\b"), "1.5"),
        (re.compile(r"\b(?:two|2) and a half\b"), "2.5"),
        (re.compile(r"\bhalf an? "), "half "),
        (re.compile(r"\b(?:an?|one) (pound|euro|dollar) (?=(?:twen|thir|for|fif|six|seven|eigh|nine)t)"), r"1 \1 "),
        (re.compile(r"\b(?:a|one) (third|fifth|tenth)\b"), r"\1part"),
        (re.compile(r"\btwo thirds\b"), "2/3"),
        (re.compile(r"\b(\d+) and a half\b"), r"\1.5"),
    ),
    "de": (
        (re.compile(r"\bein(?:en|em)? (euro|dollar) (?=[^\W\d_]*(?:zehn|zig|ßig)\b)"), r"1 \1 "),
        (re.compile(r"\bzweieinhalb\b"), "2.5"),
    ),
    "fi": (
        (re.compile(r"\bpuoli (?=kiloa|litraa|metriä|tuntia|vuotta|päivää|kuukautta)"), "1/2 "),
        (re.compile(r"\bkaksi ja puoli\b"), "2.5"),
    ),
    "tl": (
        (re.compile(r"\bisa't kalahating?\b"), "1.5"),
        (re.compile(r"\bdalawa't kalahating?\b"), "2.5"),
        (re.compile(r"\b(libo|daan)'t "), r"\1 at "),
        (re.compile(r"\bisang (?=libo|daan|milyon)"), "1 "),
        (re.compile(r"\b[mp]ag-(?=[^\W\d_]+ \d)"), ""),
    ),
    "ru": (
        (re.compile(rf"\b(?:вдвое|в (?:два|2) раза) {_GROWN}"), r"2 раза \1"),
        (re.compile(rf"\b(?:втрое|в (?:три|3) раза) {_GROWN}"), r"3 раза \1"),
        (re.compile(r"\bв (?:два|2) раза (?=меньше|дешевле|ниже|короче)"), "вдвое "),
        (re.compile(r"\b(?:пятую часть|пятой части)\b"), "20 %"),
        (re.compile(r"\bдва с половиной\b"), "2.5"),
        (re.compile(r"\bпол(?=кило|литра|часа|года|цены|метра)"), "1/2 "),
    ),
    "zh": ((re.compile(r"(大|多|增加|新增|增长|提高)了?一倍"), r"\1 2 倍"), (re.compile(r"翻了?一?[番倍]"), " 2 倍")),
}
_HOUR = r"(?:\d{1,2}|[^\W\d_]+)"
_Clock = tuple[re.Pattern[str], int, str]
_CLOCKS: dict[str, tuple[_Clock, ...]] = {
    "en": (
        (re.compile(rf"\bhalf past ({_HOUR})"), 0, ":30"),
        (re.compile(rf"\b(?:a )?quarter past ({_HOUR})"), 0, ":15"),
        (re.compile(rf"\b(?:a )?quarter to ({_HOUR})"), -1, ":45"),
    ),
    "fi": (
        (re.compile(rf"\bpuoli ({_HOUR})"), -1, ":30"),
        (re.compile(rf"\bvartin yli ({_HOUR})"), 0, ":15"),
        (re.compile(rf"\bvarttia vaille ({_HOUR})"), -1, ":45"),
    ),
    "de": (
        (re.compile(rf"\bhalb ({_HOUR})"), -1, ":30"),
        (re.compile(rf"\bviertel nach ({_HOUR})"), 0, ":15"),
        (re.compile(rf"\b(?:viertel vor|dreiviertel) ({_HOUR})"), -1, ":45"),
    ),
    "ru": (
        (re.compile(rf"\bполовин[еуы] ({_HOUR})"), -1, ":30"),
        (re.compile(rf"\bбез (?:четверти|пятнадцати) ({_HOUR})"), -1, ":45"),
        (
            re.compile(r"\bпол(второго|третьего|четвертого|пятого|шестого|седьмого|восьмого|девятого|десятого)\b"),
            -1,
            ":30",
        ),
    ),
    "tl": (
        (re.compile(rf"\balas[- ]({_HOUR}) y medya"), 0, ":30"),
        (re.compile(rf"\balas[- ]({_HOUR})"), 0, ""),
    ),
}
_HOUR_FROM = rf"(?:(?P<first>{_HOUR})(?P<past>:\d\d)?(?P<till> (?:to|until|till|до|hanggang|bis) | ?[-–—] ?))?"
_HOUR_UNTIL = rf"(?P<hour>{_HOUR})(?P<minutes>:\d\d)?"
_AFTERNOON = {
    "en": re.compile(rf"\b{_HOUR_FROM}{_HOUR_UNTIL}(?: o'clock)? (?:in the (?:evening|afternoon)|at night)\b"),
    "de": re.compile(rf"\b{_HOUR_FROM}{_HOUR_UNTIL}(?: uhr)? am (?:abend|nachmittag)\b"),
    "ru": re.compile(
        rf"(?<![^\W\d_])(?:(?<=\bв )|(?<=\bс )|(?<=\bк )|(?<=\bдо )|(?<=\bпосле )|(?=\d\d?:\d\d ))"
        rf"{_HOUR_FROM}{_HOUR_UNTIL}"
        r"(?: час(?:а|ов)? дня| (?:час(?:а|ов) )?вечера)\b"
    ),
    "tl": re.compile(rf"\b{_HOUR_FROM}{_HOUR_UNTIL} ng (?:gabi|hapon)\b"),
}
_SHARES = {
    "en": re.compile(rf"\b({_HOUR}) (?:out of|in) (?:every )?({_HOUR})\b(?: ([^\W\d_]+))?"),
    "fi": re.compile(rf"\b({_HOUR}) ([^\W\d_]+st[aä])\b(?: ([^\W\d_]+))?"),
    "de": re.compile(rf"\b({_HOUR}) von ({_HOUR})\b(?: ([^\W\d_]+))?"),
    "ru": re.compile(rf"\b({_HOUR}) из ({_HOUR})\b(?: ([^\W\d_]+))?"),
    "tl": re.compile(rf"\b({_HOUR}) sa bawat ({_HOUR})\b(?: ([^\W\d_]+))?"),
}
_WHOLES = (5, 10)
_DOTTED_HALF_DAY = re.compile(r"\b(\d{1,2})\.(\d\d)(?=\s?[ap]m\b)")


def spoken_in_digits(text: str, *, language: str) -> str:
    """The lowered text with its spoken hours and halves in digits; what is no number stays as it is."""
    code = "tl" if language == "fil" else language
    if code in _ORDINAL_MARKS:
        text = _ORDINAL_MARKS[code].sub("", text)
    text = _DOTTED_HALF_DAY.sub(r"\1:\2", text)
    for half, digits in _HALVES.get(code, ()):
        text = half.sub(digits, text)
    if code in _SHARES:
        text = _SHARES[code].sub(partial(_share, language=language), text)
    text = _clocks_read(text, _CLOCKS.get(code, ()), language=language)
    later = _AFTERNOON.get(code)
    return later.sub(partial(_later, language=language), text) if later else text


def _clocks_read(text: str, clocks: Iterable[_Clock], *, language: str) -> str:
    for pattern, hours, minutes in clocks:
        text = pattern.sub(partial(_read, more=hours, minutes=minutes, language=language), text)
    return text


def _read(found: re.Match[str], *, more: int, minutes: str, language: str) -> str:
    """The hour, so many hours later, and the minutes; what was found where it names no hour."""
    hour = _hour_of(found.group(1), language=language)
    return found.group() if hour is None else f"{(hour + more) or _HALF_A_DAY}{minutes}"


def _later(found: re.Match[str], *, language: str) -> str:
    """Hours of the second half of the day; what was found where it names none."""
    hour = _hour_of(found["hour"], language=language)
    first = _hour_of(found["first"], language=language) if found["first"] else None
    if hour is None:
        return found.group()
    until = f"{_after_noon(hour)}{found['minutes'] or ''}"
    since = found["first"] if first is None or first >= hour else _after_noon(first)
    return f"{since}{found['past'] or ''}{found['till']}{until}" if since else until


def _share(found: re.Match[str], *, language: str) -> str:
    """`three out of ten` in per cent; what was found where it is no share."""
    part, whole = (_hour_of(found.group(n), language=language) for n in (1, 2))
    behind = found.group(3) or ""
    if part is None or whole not in _WHOLES or part >= whole or unit_of(behind, language=language):
        return found.group()
    return f"{part * 100 // whole} % {behind}"


def _after_noon(hour: int) -> int:
    return hour + _HALF_A_DAY if hour < _HALF_A_DAY else hour


def _hour_of(word: str, *, language: str) -> int | None:
    number = word if word.isdecimal() else _ONE.get(word) or meaning_of(word, language=language, kind="numbers")
    return int(number) if number and number.isdecimal() and 1 <= int(number) <= 24 else None


_ONE = {"one": "1", "yksi": "1", "yhdeltä": "1", "eins": "1", "первого": "1", "una": "1", "второго": "2"}
"""Words for one that are no numbers elsewhere, and an ordinal that is none."""
