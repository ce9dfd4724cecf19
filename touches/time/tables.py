"""The answers of `hours` and `local` from tables of UTC seconds: a bisect instead of a walk over days.

Property tests hold both equal over all zones. Tables grow by years and are kept for each combination of
zones, hours and calendar. What is known is replaced, never changed, so that threads may share a table."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from touches.time.closed import Closed
from touches.time.errors import BeyondCalendar
from touches.time.hours import SEARCH_DAYS, Hours
from touches.time.instants import at_second, utc, utc_second
from touches.time.spans import DAY, EPOCH, changes_in_year, new_year, offset_at, open_spans, year_of
from touches.time.workdays import is_working_day

_SEARCH = SEARCH_DAYS * DAY
_FAR = 1 << 62


@dataclass(frozen=True, slots=True)
class _OpenTimes:
    """Open from `starts[i]` until `ends[i]`, complete between `begins` and `finishes`."""

    begins: int = 0
    finishes: int = 0
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


class OpeningTable:
    """When hours are open in every one of some zones, closed days left out; instants are UTC seconds."""

    __slots__ = ("_closed", "_hours", "_known", "_zones")

    def __init__(self, zones: tuple[str, ...], hours: Hours, closed: Closed | None = None) -> None:
        self._zones, self._hours, self._closed = zones, hours, closed
        self._known = _OpenTimes()

    def next_open(self, second: int, within: int = _SEARCH) -> int | None:
        """The first open second, `second` or later and before `second + within`; None when there is none."""
        known = self._known
        if not known.begins <= second < known.finishes:
            known = self._reach(second, second + DAY)
        index = bisect_right(known.starts, second)
        if index and known.ends[index - 1] > second:
            return second
        if index == len(known.starts) and known.finishes < second + within:
            known = self._reach(second, second + within)
            index = bisect_right(known.starts, second)
        if index == len(known.starts) or known.starts[index] >= second + within:
            return None
        return known.starts[index]

    def open_until(self, second: int, within: int = _SEARCH) -> int | None:
        """The first shut second, `second` or later and before `second + within`; None when there is none."""
        known = self._reach(second, second + DAY)
        index = bisect_right(known.starts, second)
        if not index or known.ends[index - 1] <= second:
            return second
        if known.ends[index - 1] == known.finishes:
            known = self._reach(second, second + within)
            index = bisect_right(known.starts, second)
        end = known.ends[index - 1]
        return end if end < second + within else None

    def is_open(self, second: int) -> bool:
        """Whether all zones are open at that second."""
        return self.open_until(second) != second

    def _reach(self, first: int, last: int) -> _OpenTimes:
        known = self._known
        if known.begins <= first and last < known.finishes:
            return known
        begin, end = year_of(first), year_of(last)
        if known.finishes and year_of(known.begins) - 3 <= begin <= year_of(known.finishes) + 3:
            begin, end = min(begin, year_of(known.begins)), max(end, year_of(known.finishes - 1))
        spans = open_spans(self._zones, self._hours, self._closed, begin, end)
        self._known = _OpenTimes(
            begins=new_year(begin),
            finishes=new_year(end + 1),
            starts=tuple(start for start, _ in spans),
            ends=tuple(end for _, end in spans),
        )
        return self._known


@dataclass(frozen=True, slots=True)
class _Clock:
    """Changes of a zone's clock. Before `at[i]` the offset is `offsets[i]`; local times from `local[i]` on
    come after that change for certain."""

    begins: int = 0
    finishes: int = 0
    at: tuple[int, ...] = ()
    local: tuple[int, ...] = ()
    offsets: tuple[int, ...] = ()


class LocalClock:
    """Local time of one zone in whole seconds: days are counted from 1970-01-01, clock times in seconds.

    Questions about one lead are about one season: the offset of the last answer is tried first."""

    __slots__ = ("_known", "_name", "_steady", "_steady_local")

    def __init__(self, zone_name: str) -> None:
        self._name = zone_name
        self._known = _Clock()
        self._steady = self._steady_local = (0, 0, 0)  # from, until, offset

    def local(self, second: int) -> int:
        """Seconds since 1970-01-01 00:00 that the wall shows at a UTC second."""
        first, last, offset = self._steady
        if first <= second < last:
            return second + offset
        known = self._known
        if not known.begins <= second < known.finishes:
            known = self._reach(second)
        index = bisect_right(known.at, second)
        first = known.at[index - 1] if index else known.begins
        self._steady = first, min(known.at[index], known.finishes), known.offsets[index]
        return second + known.offsets[index]

    def days(self, seconds: Sequence[int]) -> list[int]:
        """The local days of UTC seconds."""
        first, last = min(seconds), max(seconds)
        self.local(first)
        self.local(last)
        known = self._known
        if first < known.begins:  # years apart
            return [self.local(second) // DAY for second in seconds]
        return [(second + known.offsets[bisect_right(known.at, second)]) // DAY for second in seconds]

    def utc(self, local: int) -> int:
        """The UTC second of a local one: the end of the gap it falls into, or the first of two."""
        first, last, offset = self._steady_local
        if first <= local < last:
            return local - offset
        known = self._known
        if not known.begins + DAY <= local < known.finishes - DAY:
            known = self._reach(local)
        index = bisect_right(known.local, local)
        # Only a local time inside a gap would come out after the next change: the gap ends at that change.
        found, change, offset = local - known.offsets[index], known.at[index], known.offsets[index]
        if found >= change:
            return change
        first = known.local[index - 1] if index else known.begins + DAY
        self._steady_local = first, min(change + offset, known.local[index], known.finishes - DAY), offset
        return found

    def _reach(self, second: int) -> _Clock:
        known = self._known
        begin, end = year_of(second) - 1, year_of(second) + 1
        if known.finishes and year_of(known.begins) - 3 <= begin <= year_of(known.finishes) + 3:
            begin, end = min(begin, year_of(known.begins)), max(end, year_of(known.finishes - 1))
        changes = [each for year in range(begin, end + 1) for each in changes_in_year(self._name, year)]
        first = offset_at(self._name, new_year(begin))
        self._known = _Clock(
            begins=new_year(begin),
            finishes=new_year(end + 1),
            at=(*(each.at for each in changes), _FAR),
            local=(*(each.at + max(each.before, each.after) for each in changes), _FAR),
            offsets=(first, *(each.after for each in changes)),
        )
        return self._known


class WorkingDays:
    """Working days of a calendar, counted from 1970-01-01; `workdays.add_working_days` by one bisect."""

    __slots__ = ("_closed", "_days")

    def __init__(self, closed: Closed | None = None) -> None:
        self._closed = closed
        self._days: tuple[int, ...] = ()

    def add(self, day: int, count: int) -> int:
        """The `count`-th working day after `day`; `count` is not negative."""
        if count == 0:
            return day
        days = self._days
        index = bisect_right(days, day) + count - 1
        if index < len(days) and days[0] <= day:
            return days[index]
        return self._reach(day, count)

    def _reach(self, day: int, count: int) -> int:
        first, years_known = year_of(day * DAY) - 1, 0
        if self._days and abs(self._days[0] - day) < 10 * 366:
            first = min(first, year_of(self._days[0] * DAY))
            years_known = year_of(self._days[-1] * DAY) - first
        for years in (3, 6, 12, 24):
            days = self._working(first, first + max(years, years_known) + count // 120)
            index = bisect_right(days, day) + count - 1
            if index < len(days):
                self._days = days
                return days[index]
        raise BeyondCalendar(f"{count} working days")

    def _working(self, first_year: int, last_year: int) -> tuple[int, ...]:
        begin, end = date(first_year, 1, 1).toordinal(), date(min(last_year, 9998), 12, 31).toordinal()
        every = range(begin, end + 1)
        return tuple(day - EPOCH for day in every if is_working_day(date.fromordinal(day), self._closed))


@lru_cache(maxsize=256)
def opening_table(zones: tuple[str, ...], hours: Hours, closed: Closed | None = None) -> OpeningTable:
    """The table for a combination, kept for the next caller."""
    return OpeningTable(zones, hours, closed)


@lru_cache(maxsize=1024)
def local_clock(zone_name: str) -> LocalClock:
    """The clock of a zone, kept for the next caller."""
    return LocalClock(zone_name)


@lru_cache(maxsize=256)
def working_days(closed: Closed | None = None) -> WorkingDays:
    """The working days of a calendar, kept for the next caller."""
    return WorkingDays(closed)


def next_open(
    instant: datetime,
    zones: tuple[str, ...],
    hours: Hours,
    closed: Closed | None = None,
    within_days: int = SEARCH_DAYS,
) -> datetime | None:
    """As `hours.next_open`."""
    second = utc_second(instant)
    found = opening_table(zones, hours, closed).next_open(second, _limit(instant, within_days))
    if found == second:
        return utc(instant)
    return None if found is None else at_second(found)


def open_until(
    instant: datetime,
    zones: tuple[str, ...],
    hours: Hours,
    closed: Closed | None = None,
    within_days: int = SEARCH_DAYS,
) -> datetime | None:
    """As `hours.open_until`."""
    second = utc_second(instant)
    found = opening_table(zones, hours, closed).open_until(second, _limit(instant, within_days))
    if found == second:
        return utc(instant)
    return None if found is None else at_second(found)


def is_open(instant: datetime, zones: tuple[str, ...], hours: Hours, closed: Closed | None = None) -> bool:
    """As `hours.is_open`."""
    return opening_table(zones, hours, closed).is_open(utc_second(instant))


def _limit(instant: datetime, days: int) -> int:
    return days * DAY + (1 if instant.microsecond else 0)
