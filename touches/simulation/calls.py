"""Calls and meetings: listed when their day begins, levelled over days with room, made at their hour."""

from collections.abc import Mapping
from datetime import date, timedelta

from touches.planning.capacity import Hands, Load, first_day
from touches.simulation.people import SimEnrollment
from touches.simulation.timetable import MICRO, Timetable
from touches.time.spans import DAY
from touches.time.tables import local_clock

DAY_0 = date(1970, 1, 1)


class CallLists:
    """The lists of all owners, by days of the workspace's zone; `default` holds for who is not in the settings."""

    def __init__(self, zone: str, hands: Mapping[str, Hands], default: Hands) -> None:
        self._clock = local_clock(zone)
        self._hands = hands
        self._default = default
        self._load = Load()

    def day_of(self, at: int) -> int:
        """The workspace's local day."""
        return self._clock.local(at // MICRO) // DAY

    def listed_from(self, due: int) -> int:
        """When a call that is due comes on a list: as its day begins; what is due at midnight belongs to the day that
        ends then."""
        return self._clock.utc(self.day_of(due - 1) * DAY) * MICRO

    def place(self, one: SimEnrollment, table: Timetable, now: int) -> tuple[int, str]:
        """Where a call falls: today at its instant, or on another day and why; as the engine's own listing."""
        at = max(now, one.due)
        opened = table.next_open(at) or at
        wanted = DAY_0 + timedelta(days=self.day_of(opened))
        owner = one.lead.owner
        day = first_day(owner, wanted, self._load, self._hands.get(owner, self._default), _open_days(table))
        if day is None or day == wanted:
            return opened, ""
        moved = table.next_open(self._clock.utc((day - DAY_0).days * DAY) * MICRO)
        return moved or opened, f"the day of {owner or 'nobody in particular'} is full, or {owner or 'nobody'} is away"

    def listed(self, owner: str, at: int) -> None:
        """One more stands on the list of that day."""
        self._load.add(owner, DAY_0 + timedelta(days=self.day_of(at)))

    def done(self, owner: str, at: int) -> None:
        """It was made, or taken off."""
        self._load.add(owner, DAY_0 + timedelta(days=self.day_of(at)), -1)


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
