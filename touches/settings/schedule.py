"""The lines of `[schedule]`: when a job of the daemon fires, in UTC, computed by us. Knows no scheduler."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EXPECTED = 'expected "every 5 seconds", "daily 03:00", "mon 07:30" or "mon-fri 14:00"'

_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_EVERY = re.compile(r"every (?:(\d{1,6}) )?(second|minute|hour)s?")
_AT = re.compile(r"(daily|[a-z]{3}(?:[-,][a-z]{3})*) (\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again, `interval` apart."""

    interval: timedelta

    def __str__(self) -> str:
        return f"every {int(self.interval.total_seconds())} seconds"


@dataclass(frozen=True, slots=True)
class Weekly:
    """At a local time of day on some days of the week; Monday is 0."""

    days: frozenset[int]
    at: time

    def __str__(self) -> str:
        named = "daily" if len(self.days) == 7 else ",".join(WEEKDAYS[day] for day in sorted(self.days))
        return f"{named} {self.at:%H:%M}"


ScheduleLine = Every | Weekly


def parse_schedule_line(text: str) -> ScheduleLine:
    """Read one line; ValueError says what was found and what is possible."""
    wanted = " ".join(text.casefold().split())
    if every := _EVERY.fullmatch(wanted):
        seconds = int(every[1] or 1) * _SECONDS[every[2]]
        if not 1 <= seconds <= 7 * 86400:
            raise ValueError(f'found "{text}", expected an interval between 1 second and 7 days')
        return Every(timedelta(seconds=seconds))
    if at := _AT.fullmatch(wanted):
        return Weekly(_days(at[1], text), _time_of_day(at[2], at[3], text))
    raise ValueError(f'found "{text}", {EXPECTED}')


def next_fire(line: ScheduleLine, after: datetime, zone: ZoneInfo) -> datetime:
    """The first instant later than `after` (aware) at which `line` fires in `zone`; in UTC.

    A local time that does not exist fires at the first instant after the gap; of two equal ones, the first.
    """
    after = after.astimezone(UTC)
    if isinstance(line, Every):
        return after + line.interval
    day = after.astimezone(zone).date() - timedelta(days=1)  # a gap can carry a fire into the next day
    while True:
        if day.weekday() in line.days and (instant := _instant(day, line.at, zone)) > after:
            return instant
        day += timedelta(days=1)


def _instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    local = datetime.combine(day, at, zone)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    return _end_of_gap(local.replace(fold=1).astimezone(UTC), instant, zone)


def _end_of_gap(before: datetime, later: datetime, zone: ZoneInfo) -> datetime:
    """The instant in (before, later] at which the zone's offset changes, to the second."""
    old_offset = before.astimezone(zone).utcoffset()
    while later - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((later - before).total_seconds()) // 2)
        if middle.astimezone(zone).utcoffset() == old_offset:
            before = middle
        else:
            later = middle
    return later


def _days(text: str, line: str) -> frozenset[int]:
    if text == "daily":
        return frozenset(range(7))
    return frozenset(day for part in text.split(",") for day in _day_range(part, line))


def _day_range(text: str, line: str) -> list[int]:
    names = text.split("-")
    unknown = [name for name in names if name not in WEEKDAYS]
    if unknown or len(names) > 2:
        raise ValueError(f'found "{line}", expected days as {", ".join(WEEKDAYS)}')
    first, last = WEEKDAYS.index(names[0]), WEEKDAYS.index(names[-1])
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def _time_of_day(hour: str, minute: str, line: str) -> time:
    if int(hour) > 23 or int(minute) > 59:
        raise ValueError(f'found "{line}", expected a time from "00:00" to "23:59"')
    return time(int(hour), int(minute))
