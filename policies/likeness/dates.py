"""Dates and times in digits, written out so that they read like those in words."""

import re

from policies.likeness.lookup import described

MARK_OF_MONTH = "\N{WHITE STAR}"
"""Stands before a month's number in what `dates_spelled` gives back."""

_ISO = re.compile(r"(?<![\d.,-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])")
_HAN_DATE = re.compile(r"(?<!\d)(\d{1,2})\s?月(?:\s?(\d{1,2})\s?[日号])?")
_DOTTED = re.compile(
    r"(?<![\d.,:])(\d{1,2})\.\s?(\d{1,2})(?:\.\s?((?:19|20)\d{2})|\.|(?!\d|[.,:]\d))(?!\d)(?!\s?[€$%₽])"
)
_DOTTED_YEAR = re.compile(r"(?<![\d.,:])(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d{2})(?!\d)")
_SLASHED = re.compile(r"(?<![\d/.,])(\d{1,2})/(\d{1,2})(?:/((?:19|20)?\d{2}))?(?![\d/])")
_FRACTION = re.compile(r"(?<![\d/.,])(1/2|1/3|2/3|1/4|3/4)(?![\d/])|[½⅓¼¾]")
_CLOCK = re.compile(r"(\b(?:klo|kello)\s)([01]?\d|2[0-4])\.([0-5]\d)(?!\d|\.\d)")
_MAYBE_CLOCK = re.compile(
    r"(\b(?:um|ab|bis)\s)([01]?\d|2[0-4])\.([0-5]\d)(?![\d.])|(\b(?:в|до|с)\s)([01]?\d|2[0-4])\.([0-5]\d)(?!\.?\d)"
)
_DATE_RATHER = re.compile(r"0?\d\.0[1-46-9]|0\d\.05|[12]\d\.0[1-46-9]|\d\d?\.1[0-2]")


def clock_spelled(text: str, *, language: str) -> str:
    """`17.00` as `17:00` where the language writes it so."""
    if not described(language).dotted_dates:
        return text
    text = re.sub(r"(?<![\d.,:])([01]?\d|2[0-4])\.(00)(?![\d.,]|\s?[€%])", r"\1:\2", text)
    return _MAYBE_CLOCK.sub(_maybe_clock, _CLOCK.sub(r"\1\2:\3", text))


def _maybe_clock(found: re.Match[str]) -> str:
    """`до 10.30` is an hour, `с 01.06` a day: nothing begins at six or eleven minutes past."""
    word, hours, minutes = (part for part in found.groups() if part)
    return found.group() if _DATE_RATHER.fullmatch(f"{hours}.{minutes}") else f"{word}{hours}:{minutes}"


def dates_spelled(text: str, *, language: str) -> str:
    """Dates in digits as a day's number and a marked month, so that they equal those with a month in words."""
    text = _ISO.sub(lambda m: _date(m, day=m.group(3), month=m.group(2), year=m.group(1)), text)
    text = _HAN_DATE.sub(lambda m: _date(m, day=m.group(2) or "", month=m.group(1), year=""), text)
    dotted = _DOTTED if described(language).dotted_dates else _DOTTED_YEAR
    text = dotted.sub(lambda m: _date(m, day=m.group(1), month=m.group(2), year=m.group(3) or ""), text)
    text = _FRACTION.sub(lambda m: m.group().replace("½", " 1/2 ").replace("¼", " 1/4 "), text)
    return _SLASHED.sub(_slashed, text)


def _slashed(found: re.Match[str]) -> str:
    day, month, year = found.group(1), found.group(2), found.group(3) or ""
    if not year and _FRACTION.fullmatch(found.group()):
        return found.group()
    if int(month) > 12 >= int(day):
        day, month = month, day
    return _date(found, day=day, month=month, year=f"20{year}" if len(year) == 2 else year)


def _date(found: re.Match[str], *, day: str, month: str, year: str) -> str:
    if not 1 <= int(month) <= 12 or (day and not 1 <= int(day) <= 31):
        return found.group()
    return f" {day} {MARK_OF_MONTH}{int(month)} {year} "
