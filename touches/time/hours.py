"""Open hours of a channel, and the plain way to find out when they are open. `tables` does the same
faster."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from touches.time.closed import Closed
from touches.time.instants import utc
from touches.time.zones import offset_changes, zone

MINUTES_A_DAY = 1440
SEARCH_DAYS = 400  # more than a year: hours that open on one day a year are found


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Local hours on weekdays (Monday is 0), in minutes after midnight: open from `start` inclusive until
    `end` exclusive, 1440 being midnight at the end of the day.

    `end` before `start` wraps midnight: what opens on Friday at 22:00 until 02:00 closes on Saturday. `end`
    equal to `start` never opens. ValueError for weekdays and minutes that do not exist."""

    days: frozenset[int]
    start: int
    end: int

    def __post_init__(self) -> None:
        if not self.days <= frozenset(range(7)):
            raise ValueError(f"weekdays {sorted(self.days)}: expected 0 (Monday) to 6 (Sunday)")
        if not (0 <= self.start <= MINUTES_A_DAY and 0 <= self.end <= MINUTES_A_DAY):
            raise ValueError(f"minutes {self.start} to {self.end}: expected 0 to 1440 (24:00)")

    @property
    def wraps(self) -> bool:
        """Whether the hours last beyond midnight."""
        return self.end < self.start

    def __contains__(self, local: datetime) -> bool:
        """Whether a clock that shows `local` shows open hours; holidays are not looked at."""
        return self.opened_on(local) is not None

    def opened_on(self, local: datetime) -> date | None:
        """The date on which the hours opened that hold `local` (the day before, after midnight); None when
        shut."""
        minute, today = local.hour * 60 + local.minute, local.date()
        if not self.wraps:
            return today if local.weekday() in self.days and self.start <= minute < self.end else None
        if minute >= self.start and local.weekday() in self.days:
            return today
        if minute < self.end and (local.weekday() - 1) % 7 in self.days:
            return today - timedelta(days=1)
        return None


ALWAYS = Hours(days=frozenset(range(7)), start=0, end=MINUTES_A_DAY)


def is_open(instant: datetime, zones: tuple[str, ...], hours: Hours, closed: Closed | None = None) -> bool:
    """Whether the hours are open at `instant` in every one of `zones`.

    Clocks on the wall decide: what a repeated hour shows counts both times. A closed date is never open, and
    hours that would have opened on a closed date do not reach beyond its midnight either."""
    instant = utc(instant)
    return all(_is_open_in(instant, zone(name), hours, closed) for name in zones)


def _is_open_in(instant: datetime, here: ZoneInfo, hours: Hours, closed: Closed | None) -> bool:
    local = instant.astimezone(here)
    opened = hours.opened_on(local)
    if opened is None or closed is None:
        return opened is not None
    return not closed.is_closed(local.date()) and not closed.is_closed(opened)


def next_open(
    instant: datetime,
    zones: tuple[str, ...],
    hours: Hours,
    closed: Closed | None = None,
    within_days: int = SEARCH_DAYS,
) -> datetime | None:
    """The first instant, `instant` or later, at which the hours are open in every zone; in UTC.

    None when that is not within `within_days` times 24 hours: hours that never open, zones whose hours never
    meet, a business closed for good."""
    if is_open(instant, zones, hours, closed):
        return utc(instant)
    changes = _changes(instant, zones, hours, within_days)
    return next((each for each in changes if is_open(each, zones, hours, closed)), None)


def open_until(
    instant: datetime,
    zones: tuple[str, ...],
    hours: Hours,
    closed: Closed | None = None,
    within_days: int = SEARCH_DAYS,
) -> datetime | None:
    """The first instant after `instant` at which the hours are no longer open in every zone; `instant` itself
    when they are shut already; None when they stay open for `within_days` times 24 hours. In UTC."""
    if not is_open(instant, zones, hours, closed):
        return utc(instant)
    changes = _changes(instant, zones, hours, within_days)
    return next((each for each in changes if not is_open(each, zones, hours, closed)), None)


def _changes(instant: datetime, zones: tuple[str, ...], hours: Hours, days: int) -> Iterator[datetime]:
    """Every instant in (instant, instant + days) at which the hours may open or shut, in order."""
    first = utc(instant)
    until = first + timedelta(days=days)
    each_zone = (_changes_in(first, until, zone(name), hours) for name in zones)
    return heapq.merge(*each_zone)


def _changes_in(instant: datetime, until: datetime, here: ZoneInfo, hours: Hours) -> Iterator[datetime]:
    first = instant
    while first < until:
        last = min(first + timedelta(days=1), until)
        yield from sorted(each for each in _between(first, last, here, hours) if each < until)
        first = last


def _between(first: datetime, last: datetime, here: ZoneInfo, hours: Hours) -> set[datetime]:
    """Opening and closing times, midnights and clock changes in (first, last]."""
    found = {datetime.fromtimestamp(each.at, UTC) for each in offset_changes(here, first, last)}
    day, end = first.astimezone(here).date() - timedelta(days=1), last.astimezone(here).date()
    while day <= end:
        for minute in {0, hours.start % MINUTES_A_DAY, hours.end % MINUTES_A_DAY}:
            local = datetime.combine(day, time(minute // 60, minute % 60), tzinfo=here)
            found |= {local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)}
        day += timedelta(days=1)
    return {each for each in found if first < each <= last}
