"""`due` by tables: when a step is due, in UTC seconds. One object for each combination of zones, hours and
calendar."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from policies.durations import Duration, Unit
from touches.time.closed import Closed
from touches.time.hours import Hours
from touches.time.instants import at_second, utc_second
from touches.time.local import later
from touches.time.spans import DAY, changes_in_year, new_year, offset_at, year_of
from touches.time.tables import local_clock, opening_table, working_days

_YEARS_AHEAD = 2
# Looking a member up in its enumeration costs more than the bisects below.
_MINUTES, _HOURS, _DAYS, _WEEKS = Unit.MINUTES, Unit.HOURS, Unit.DAYS, Unit.WEEKS
_WORKING_DAYS = Unit.WORKING_DAYS


@dataclass(frozen=True, slots=True)
class _Dates:
    """Local dates from `base` on (days since 1970-01-01): `openings[i]` is when a step of that date is due.
    `at` and `offsets` tell the local date of a second between `begins` and `finishes`."""

    begins: int = 0
    finishes: int = 0
    at: tuple[int, ...] = ()
    offsets: tuple[int, ...] = (0,)
    base: int = 0
    openings: tuple[int | None, ...] = ()


class DueTable:
    """The answers of `due` for whole seconds; some hundred thousand to a few million a second on one core."""

    __slots__ = ("_clock", "_closed", "_days", "_hours", "_next_open", "_working", "_zone")

    def __init__(self, zones: tuple[str, ...], hours: Hours, closed: Closed | None = None) -> None:
        self._zone, self._hours, self._closed = zones[0], hours, closed
        self._clock = local_clock(zones[0])
        self._next_open = opening_table(zones, hours, closed).next_open
        self._working = working_days(closed)
        self._days = _Dates()

    def on_day(self, enrolled: int, day: int, at: int | None = None) -> int | None:
        """As `due.due_on_day`."""
        if at is not None or day == 0:
            return self._on_day_at(enrolled, day, at)
        known = self._days
        if not known.begins <= enrolled < known.finishes:
            known = self._reach(enrolled)
        date = (enrolled + known.offsets[bisect_right(known.at, enrolled)]) // DAY + day
        index = date - known.base
        if index < len(known.openings):
            found = known.openings[index]
            if found is not None and found >= enrolled:
                return found
        return self._on_day_at(enrolled, day, self._hours.start)

    def after(self, handed_over: int, wait: Duration, at: int | None = None) -> int | None:
        """As `due.due_after`."""
        wanted = self._later(handed_over, wait)
        if at is not None:
            date = self._clock.local(wanted) // DAY
            wanted = max(self._clock.utc(date * DAY + at * 60), handed_over)
        return self._next_open(wanted)

    def _on_day_at(self, enrolled: int, day: int, at: int | None) -> int | None:
        if at is None:
            return self._next_open(enrolled)
        date = self._clock.local(enrolled) // DAY + day
        return self._next_open(max(self._clock.utc(date * DAY + at * 60), enrolled))

    def _later(self, second: int, wait: Duration) -> int:
        unit, amount = wait.unit, wait.amount
        if amount == 0:
            return second
        if unit is _DAYS:
            return self._clock.utc(self._clock.local(second) + amount * DAY)
        if unit is _WORKING_DAYS:
            local = self._clock.local(second)
            day = local // DAY
            return self._clock.utc(local + (self._working.add(day, amount) - day) * DAY)
        if unit is _WEEKS:
            return self._clock.utc(self._clock.local(second) + amount * 7 * DAY)
        if unit is _HOURS or unit is _MINUTES:
            return second + amount * (3600 if unit is _HOURS else 60)
        return utc_second(later(at_second(second), wait, self._zone, self._closed))

    def _reach(self, second: int) -> _Dates:
        first, last = year_of(second) - 1, year_of(second) + _YEARS_AHEAD
        known = self._days
        if known.finishes and year_of(known.begins) - 3 <= first <= year_of(known.finishes) + 3:
            first, last = min(first, year_of(known.begins)), max(last, year_of(known.finishes))
        begin, end = new_year(first), new_year(last)
        changes = [each for year in range(first, last) for each in changes_in_year(self._zone, year)]
        base, start = begin // DAY - 1, self._hours.start * 60
        self._days = _Dates(
            begins=begin,
            finishes=end,
            at=tuple(each.at for each in changes),
            offsets=(offset_at(self._zone, begin), *(each.after for each in changes)),
            base=base,
            openings=tuple(
                self._next_open(self._clock.utc(day * DAY + start)) for day in range(base, end // DAY + 400)
            ),
        )
        return self._days


@lru_cache(maxsize=256)
def due_table(zones: tuple[str, ...], hours: Hours, closed: Closed | None = None) -> DueTable:
    """The table for a combination, kept for the next caller."""
    return DueTable(zones, hours, closed)
