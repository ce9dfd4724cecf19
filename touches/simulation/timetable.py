"""Open hours, local days and waits in whole microseconds: fast twins of touches.time, held equal by property tests."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from policies.durations import Duration, Unit
from touches.time.closed import Closed
from touches.time.hours import Hours
from touches.time.local import later
from touches.time.rates import period
from touches.time.spans import DAY
from touches.time.tables import local_clock, opening_table, working_days

MICRO = 1_000_000
DAY_MICROS = DAY * MICRO
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ONE = timedelta(microseconds=1)
MINUTE = 60 * MICRO
CLOCK_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7}
_ELAPSED = {Unit.HOURS: 60 * MINUTE, Unit.MINUTES: MINUTE}


def to_micros(instant: datetime) -> int:
    """Microseconds since 1970 UTC of an aware instant."""
    return (instant - _EPOCH) // _ONE


def to_instant(micros: int) -> datetime:
    """The UTC instant."""
    return _EPOCH + timedelta(microseconds=micros)


class Timetable:
    """When a touch may leave: a lead's zones, a channel's hours, the closed days. Instants are microseconds.

    What was answered for whole minutes is remembered: hours open and days begin then, so most touches are due then,
    and there are few of them.
    """

    __slots__ = (
        *("_asked", "_begins", "_days", "_local", "_moves", "_next_open", "_opens", "_utc", "_working"),
        *("closed", "hours", "zones"),
    )

    def __init__(self, zones: tuple[str, ...], hours: Hours, closed: Closed | None) -> None:
        self.zones, self.hours, self.closed = zones, hours, closed
        clock = local_clock(zones[0])
        self._local, self._utc = clock.local, clock.utc
        self._next_open = opening_table(zones, hours, closed).next_open
        self._working = working_days(closed)
        self._asked: tuple[int | None, int] = (None, 0)
        self._begins: dict[tuple[int, int], int] = {}  # few: days and minutes of steps
        self._opens: dict[int, int] = {}
        self._days: dict[int, int] = {}
        self._moves: dict[tuple[int, int], int] = {}

    def next_open(self, at: int) -> int | None:
        """As `touches.time.tables.next_open`."""
        known = self._opens.get(at)
        if known is not None:
            return known
        second = at // MICRO
        found = self._next_open(second)
        if found is None:
            return None
        opened = at if found == second else found * MICRO
        if not at % MINUTE:
            self._opens[at] = opened
        return opened

    def later(self, at: int, wait: Duration) -> int:
        """As `touches.time.local.later`."""
        unit, amount = wait.unit, wait.amount
        if unit in _ELAPSED:
            return at + amount * _ELAPSED[unit]
        if amount == 0:
            return at
        if unit in CLOCK_DAYS:
            return self.days_later(at, amount * CLOCK_DAYS[unit])
        if unit is Unit.WORKING_DAYS:
            day = self.day_of(at)
            return self.days_later(at, self._working.add(day, amount) - day)
        return to_micros(later(to_instant(at), wait, self.zones[0], self.closed))

    def days_later(self, at: int, days: int) -> int:
        """So many days later at the same clock time."""
        whole = not at % MINUTE
        if whole:
            known = self._moves.get((at, days))
            if known is not None:
                return known
        second, rest = divmod(at, MICRO)
        local = self._local(second) + days * DAY
        moved = self._utc(local)
        # In a gap the first instant after it holds, to the whole second.
        moved = moved * MICRO + (rest if rest and self._local(moved) == local else 0)
        if whole:
            self._moves[at, days] = moved
        return moved

    def day_of(self, at: int) -> int:
        """The local date in the first zone, in days since 1970-01-01."""
        known = self._days.get(at)
        if known is not None:
            return known
        asked, day = self._asked  # every step of an enrollment asks for the day on which it began
        if asked != at:
            day = self._local(at // MICRO) // DAY
            self._asked = at, day
            if not at % MINUTE:
                self._days[at] = day
        return day

    def on_day(self, day: int, minute: int = 0) -> int:
        """The instant of a local minute of a day; 1440 is the midnight after it."""
        at = self._begins.get((day, minute))
        if at is None:
            at = self._begins[day, minute] = self._utc(day * DAY + minute * 60) * MICRO
        return at

    def end_of_working_day(self, at: int) -> int:
        """The midnight after the first working day that is not before the local date of `at`."""
        return self.on_day(self._working.add(self.day_of(at) - 1, 1) + 1)

    def period(self, at: int, per: Unit) -> tuple[int, int]:
        """As `touches.time.rates.period`."""
        if per is Unit.HOURS:
            first, last = period(to_instant(at), per, self.zones[0])
            return to_micros(first), to_micros(last)
        return _dated_period(self.zones[0], self.day_of(at), per)


@lru_cache(maxsize=65_536)
def _dated_period(zone: str, day: int, per: Unit) -> tuple[int, int]:
    noon = local_clock(zone).utc(day * DAY + DAY // 2) * MICRO
    first, last = period(to_instant(noon), per, zone)
    return to_micros(first), to_micros(last)


@lru_cache(maxsize=4096)
def timetable(zones: tuple[str, ...], hours: Hours, closed: Closed | None) -> Timetable:
    """The one for a combination, kept for the next caller."""
    return Timetable(zones, hours, closed)
