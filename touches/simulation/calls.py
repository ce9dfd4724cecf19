"""Calls and meetings: listed when their day begins, levelled over days with room, made at their hour."""

from bisect import insort
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from touches.planning.capacity import Hands, Load, first_day, why_moved
from touches.simulation.people import SimEnrollment
from touches.simulation.timetable import MICRO, Timetable
from touches.time.spans import DAY
from touches.time.tables import local_clock

DAY_0 = date(1970, 1, 1)


class CallLists:
    """The lists of all owners, by days of the workspace's zone; `default` holds for who is not in the settings."""

    def __init__(self, zone: str, hands: Mapping[str, Hands], default: Hands, load: Load | None = None) -> None:
        self._clock = local_clock(zone)
        self._hands = hands
        self._default = default
        self._load = load or Load()
        self._times: dict[str, list[int]] = {}

    def times_of(self, owner: str) -> Sequence[int]:
        """The calls of an owner, made or on a list, in order."""
        return self._times.get(owner, ())

    def remember(self, owner: str, at: int) -> None:
        """A call that was made, or stands on a list."""
        insort(self._times.setdefault(owner, []), at)

    def day_of(self, at: int) -> int:
        """The workspace's local day."""
        return self._clock.local(at // MICRO) // DAY

    def listed_from(self, due: int) -> int:
        """When a call that is due comes on a list: as its day begins."""
        return self._clock.utc(self.day_of(due) * DAY) * MICRO

    def place(self, one: SimEnrollment, table: Timetable, now: int) -> tuple[int, str]:
        """Where a call falls: today at its instant, or on another day and why; as the engine's own listing."""
        at = max(now, one.due)
        opened = table.next_open(at) or at
        wanted = _date(self.day_of(opened))
        owner = one.lead.owner
        hands = self._hands.get(owner, self._default)
        day = first_day(owner, wanted, self._load, hands, _open_days(table))
        if day is None or day == wanted:
            return opened, ""
        moved = table.next_open(self._clock.utc((day - DAY_0).days * DAY) * MICRO)
        return moved or opened, why_moved(owner, wanted, hands)

    def expect(self, one: SimEnrollment, due: int) -> None:
        """It is planned for that day."""
        self.forget(one)
        one.expected_on = self.day_of(due)
        self._load.expect(one.lead.owner, _date(one.expected_on))

    def forget(self, one: SimEnrollment) -> None:
        """It is planned for no day any more."""
        if one.expected_on >= 0:
            self._load.expect(one.lead.owner, _date(one.expected_on), -1)
            one.expected_on = -1

    def listed(self, owner: str, at: int) -> None:
        """One more stands on the list of that day; also when it was made, it has had its place."""
        self._load.add(owner, _date(self.day_of(at)))
        self.remember(owner, at)

    def taken_off(self, owner: str, at: int) -> None:
        """It stands on no list any more, and was not made."""
        self._load.add(owner, _date(self.day_of(at)), -1)
        self._times[owner].remove(at)


@lru_cache(maxsize=4096)
def _date(day: int) -> date:
    return DAY_0 + timedelta(days=day)


def _open_days(table: Timetable) -> "_OpenDays":
    return _OpenDays(table)


class _OpenDays:
    """Whether the hours of a lead open on a date."""

    __slots__ = ("_table",)

    def __init__(self, table: Timetable) -> None:
        self._table = table

    def __call__(self, day: date) -> bool:
        closed = self._table.closed
        return day.weekday() in self._table.hours.days and not (closed is not None and closed.is_closed(day))
