"""Rates, shares, multiples, ranges of days as people write them: `2 per week`, `50 %`, `3x`, `21-30 days`."""

import re
from dataclasses import dataclass

from policies.durations import Unit
from policies.errors import Refused

_PERIODS = {
    "hour": Unit.HOURS,
    "day": Unit.DAYS,
    "week": Unit.WEEKS,
    "month": Unit.MONTHS,
    "year": Unit.YEARS,
}
_RATE = re.compile(r"([0-9]{1,6}) per (calendar )?(hour|day|week|month|year)")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?) ?%")
_MULTIPLE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,4})?) ?x")
_DAY_RANGE = re.compile(r"([0-9]{1,4}) ?[-\u2013] ?([0-9]{1,4}) (days?|weeks?)")
RATE_PATTERN = r"^(unlimited|0|[0-9]{1,6} per (calendar )?(hour|day|week|month|year))$"
PERCENT_PATTERN = r"^[0-9]{1,3}(\.[0-9]{1,4})? ?%$"
MULTIPLE_PATTERN = r"^[0-9]{1,3}(\.[0-9]{1,4})? ?x$"
DAY_RANGE_PATTERN = r"^[0-9]{1,4} ?[-\u2013] ?[0-9]{1,4} (days?|weeks?)$"


@dataclass(frozen=True, slots=True)
class Rate:
    """So many in each period. `count` 0 forbids, None is `unlimited`; an absent rate is None in its field.

    `calendar` periods start at midnight of the lead's zone (a day always does), on Monday, or on the first of
    the month; the others are rolling: any seven days in a row.
    """

    count: int | None
    per: Unit | None
    calendar: bool = False

    def __str__(self) -> str:
        if self.count is None:
            return "unlimited"
        if self.per is None:
            return str(self.count)
        calendar = "calendar " if self.calendar and self.per is not Unit.DAYS else ""
        return f"{self.count} per {calendar}{self.per.singular}"

    @property
    def unlimited(self) -> bool:
        """Whether somebody wrote that there is no limit."""
        return self.count is None


@dataclass(frozen=True, slots=True)
class Percent:
    """A share from 0 to 100."""

    value: float

    def __str__(self) -> str:
        return f"{self.value:g} %"

    @property
    def fraction(self) -> float:
        """0.5 for `50 %`."""
        return self.value / 100


@dataclass(frozen=True, slots=True)
class Multiple:
    """So many times something: `3x`."""

    value: float

    def __str__(self) -> str:
        return f"{self.value:g}x"


@dataclass(frozen=True, slots=True)
class DayRange:
    """From the first to the last day, both counted from enrollment and inclusive."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.first}-{self.last} days"


def parse_rate(text: str) -> Rate:
    """Read `2 per week`, `5 per calendar week`, `1 per day`, `0` or `unlimited`; raises `Refused`."""
    plain = " ".join(text.lower().split())
    if plain == "unlimited":
        return Rate(None, None)
    if plain == "0":
        return Rate(0, None)
    shape = _RATE.fullmatch(plain)
    if shape is None:
        raise Refused(found=text, expected="is not a rate (write e.g. 2 per week, 1 per day, 0, unlimited)")
    return Rate(int(shape[1]), _PERIODS[shape[3]], calendar=bool(shape[2]) or shape[3] == "day")


def parse_percent(text: str) -> Percent:
    """Read `50 %`; raises `Refused`."""
    shape = _PERCENT.fullmatch(text.strip())
    if shape is None or float(shape[1]) > 100:
        raise Refused(found=text, expected="is not a share from 0 % to 100 % (write e.g. 50 %)")
    return Percent(float(shape[1]))


def parse_multiple(text: str) -> Multiple:
    """Read `3x` or `1.5x`; nothing below 1. Raises `Refused`."""
    shape = _MULTIPLE.fullmatch(text.strip().lower())
    if shape is None or float(shape[1]) < 1:
        raise Refused(found=text, expected="is not a multiple of at least 1 (write e.g. 3x)")
    return Multiple(float(shape[1]))


def parse_day_range(text: str) -> DayRange:
    """Read `21-30 days` or `3-4 weeks`; raises `Refused`."""
    shape = _DAY_RANGE.fullmatch(" ".join(text.lower().split()))
    if shape is None:
        raise Refused(found=text, expected="is not a range of days (write e.g. 21-30 days)")
    scale = 7 if shape[3].startswith("week") else 1
    first, last = int(shape[1]) * scale, int(shape[2]) * scale
    if first > last or last == 0:
        raise Refused(found=text, expected="ends before it starts (write the smaller number first, e.g. 21-30 days)")
    if last > 3_653:
        raise Refused(found=text, expected="is longer than ten years (write e.g. 21-30 days)")
    return DayRange(first, last)
