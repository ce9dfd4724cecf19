"""What can be wrong with a zone, a range of days or a date.

CalendarError
├── UnknownZone       a name that the zone database does not have
├── WindowTooShort    more touches than the window has days
├── BeyondCalendar    a date that no calendar can hold
└── NaiveInstant      a datetime without a zone
"""

from collections.abc import Sequence


class CalendarError(ValueError):
    """Base of this package's errors; the text is for a person."""


class UnknownZone(CalendarError):
    """`name` is no zone of the IANA database; `near` holds look-alikes, nearest first. Never taken for
    UTC."""

    def __init__(self, name: str, near: Sequence[str] = ()) -> None:
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f'unknown time zone "{name}": expected an IANA name such as Europe/Helsinki{hint}')
        self.name = name
        self.near = tuple(near)


class WindowTooShort(CalendarError):
    """`touches` touches, each on a day of its own, do not fit into `days` days."""

    def __init__(self, *, touches: int, days: int) -> None:
        super().__init__(
            f"{touches} touches do not fit into a window of {days} days, one a day: "
            "lengthen decision_window or take touches out"
        )
        self.touches = touches
        self.days = days


class BeyondCalendar(CalendarError):
    """Adding `what` leads to a date before year 1 or after year 9999."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} leads to a date that no calendar holds: use a shorter duration")
        self.what = what


class NaiveInstant(CalendarError):
    """An instant without a zone: nobody can say when that is."""

    def __init__(self, instant: object) -> None:
        super().__init__(f"{instant} has no zone: expected an aware datetime")
