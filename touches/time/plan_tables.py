"""`due` by tables: when a step is due, in UTC seconds. One object for each zone, hours and calendar."""

from functools import lru_cache

from policies.durations import Duration, Unit
from touches.time.closed import Closed
from touches.time.hours import Hours
from touches.time.instants import at_second, utc_second
from touches.time.local import later
from touches.time.spans import DAY
from touches.time.tables import local_clock, opening_table, working_days

_ELAPSED = {Unit.MINUTES: 60, Unit.HOURS: 3600}
_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7}


class DueTable:
    """The answers of `due` for a whole-second instant, hundreds of thousands a second."""

    __slots__ = ("_clock", "_closed", "_hours", "_next_open", "_working", "_zone")

    def __init__(self, zones: tuple[str, ...], hours: Hours, closed: Closed | None = None) -> None:
        self._zone, self._hours, self._closed = zones[0], hours, closed
        self._clock = local_clock(zones[0])
        self._next_open = opening_table(zones, hours, closed).next_open
        self._working = working_days(closed)

    def on_day(self, enrolled: int, day: int, at: int | None = None) -> int | None:
        """As `due.due_on_day`."""
        if day == 0 and at is None:
            return self._next_open(enrolled)
        date = self._clock.local(enrolled) // DAY + day
        wanted = self._clock.utc(date * DAY + (self._hours.start if at is None else at) * 60)
        return self._next_open(max(enrolled, wanted))

    def after(self, handed_over: int, wait: Duration, at: int | None = None) -> int | None:
        """As `due.due_after`."""
        wanted = self._later(handed_over, wait)
        if at is not None:
            date = self._clock.local(wanted) // DAY
            wanted = max(self._clock.utc(date * DAY + at * 60), handed_over)
        return self._next_open(wanted)

    def _later(self, second: int, wait: Duration) -> int:
        unit, amount = wait.unit, wait.amount
        if unit in _ELAPSED:
            return second + amount * _ELAPSED[unit]
        if unit not in _DAYS and unit is not Unit.WORKING_DAYS:
            return utc_second(later(at_second(second), wait, self._zone, self._closed))
        day, clock = divmod(self._clock.local(second), DAY)
        moved = day + amount * _DAYS[unit] if unit in _DAYS else self._working.add(day, amount)
        return second if moved == day else self._clock.utc(moved * DAY + clock)


@lru_cache(maxsize=256)
def due_table(zones: tuple[str, ...], hours: Hours, closed: Closed | None = None) -> DueTable:
    """The table for a combination, kept for the next caller."""
    return DueTable(zones, hours, closed)
