"""Times, weekdays and dates as people write them: `08:00`, `mon-fri`, `2026-11-01..2027-01-31`."""

import re
from dataclasses import dataclass
from datetime import date

from policies.errors import Refused
from policies.findings import did_you_mean

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = tuple(range(7))
_CLOCK = re.compile(r"([0-2][0-9]):([0-5][0-9])")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CLOCK_PATTERN = r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"
DATES_PATTERN = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?\.\.([0-9]{4}-[0-9]{2}-[0-9]{2})?$"
DAYS_PATTERN = r"^(any|(mon|tue|wed|thu|fri|sat|sun)([-,] ?(mon|tue|wed|thu|fri|sat|sun))*)$"


@dataclass(frozen=True, slots=True, order=True)
class ClockTime:
    """A local time of day in whole minutes after midnight, up to and including `24:00`."""

    minutes: int

    def __str__(self) -> str:
        return f"{self.minutes // 60:02d}:{self.minutes % 60:02d}"


@dataclass(frozen=True, slots=True)
class DateRange:
    """Both ends inclusive; None is open."""

    first: date | None = None
    last: date | None = None

    def __str__(self) -> str:
        return f"{self.first or ''}..{self.last or ''}"

    def holds(self, day: date) -> bool:
        """Whether the day lies inside."""
        return not self.is_before(day) and (self.first is None or self.first <= day)

    def is_before(self, day: date) -> bool:
        """Whether the range has ended when the day comes."""
        return self.last is not None and self.last < day


def parse_clock_time(text: str) -> ClockTime:
    """Read `08:00` up to `24:00`, always two digits each; raises `Refused`."""
    shape = _CLOCK.fullmatch(text.strip())
    minutes = int(shape[1]) * 60 + int(shape[2]) if shape else 9_999
    if minutes > 1_440:
        raise Refused(found=text, expected='is not a time of day (write e.g. "08:00", up to "24:00")')
    return ClockTime(minutes)


def parse_days(text: str) -> tuple[int, ...]:
    """Read `mon-fri`, `mon, wed`, `sat-mon` or `any` as sorted numbers from Monday = 0; raises `Refused`."""
    plain = text.lower().replace(" ", "")
    if plain == "any":
        return EVERY_DAY
    days: set[int] = set()
    for part in plain.split(",")[:8]:
        first, _, last = part.partition("-")
        days |= _span(_weekday(text, first), _weekday(text, last or first))
    return tuple(sorted(days))


def days_text(days: tuple[int, ...]) -> str:
    """The days as they are written: `mon-fri`, `mon,wed`."""
    if days == EVERY_DAY:
        return "any"
    if len(days) > 2 and days == tuple(range(days[0], days[-1] + 1)):
        return f"{WEEKDAYS[days[0]]}-{WEEKDAYS[days[-1]]}"
    return ",".join(WEEKDAYS[day] for day in days)


def _weekday(text: str, word: str) -> int:
    if word[:3] in WEEKDAYS and "monday tuesday wednesday thursday friday saturday sunday".find(word) >= 0:
        return WEEKDAYS.index(word[:3])
    near = did_you_mean(word, WEEKDAYS)
    raise Refused(found=text, expected=f"is not a list of days (write e.g. mon-fri, or sat,sun, or any){near}")


def _span(first: int, last: int) -> set[int]:
    return {(first + step) % 7 for step in range((last - first) % 7 + 1)}


def parse_date(text: str) -> date:
    """Read `2026-11-01`; a day that does not exist is refused. Raises `Refused`."""
    plain = text.strip()
    if not _DATE.fullmatch(plain):
        raise Refused(found=text, expected="is not a date (write e.g. 2026-11-01)")
    try:
        return date.fromisoformat(plain)
    except ValueError:
        raise Refused(found=text, expected="is a date that does not exist") from None


def parse_date_range(text: str) -> DateRange:
    """Read `2026-11-01..2027-01-31`, both inclusive; either end may be left out. Raises `Refused`."""
    first, dots, last = text.strip().partition("..")
    if not dots or not (first or last):
        raise Refused(found=text, expected="is not a range of dates (write e.g. 2026-11-01..2027-01-31)")
    dates = DateRange(parse_date(first) if first.strip() else None, parse_date(last) if last.strip() else None)
    if dates.first and dates.last and dates.last < dates.first:
        raise Refused(found=text, expected="ends before it starts (write the earlier date first)")
    return dates
