"""Working days: weekdays that are neither weekend nor closed."""

from datetime import date, timedelta

from touches.time.closed import WEEKEND, Closed
from touches.time.errors import BeyondCalendar

_LONGEST_CLOSURE = 3660  # days; a business closed longer than ten years has no next working day


def is_working_day(day: date, closed: Closed | None = None) -> bool:
    """Whether people work on `day`. Without a calendar only Saturdays and Sundays are free."""
    if closed is None:
        return day.weekday() not in WEEKEND
    return day.weekday() not in closed.weekend and not closed.is_closed(day)


def add_working_days(day: date, count: int, closed: Closed | None = None) -> date:
    """The `count`-th working day after `day` (before it, when negative); `day` itself for 0, working or not.

    Friday plus one is Monday; so are Saturday and Sunday plus one. Raises BeyondCalendar.
    """
    step, idle = timedelta(days=1 if count > 0 else -1), 0
    for _ in range(abs(count)):
        day, idle = day + step, 0
        while not is_working_day(day, closed):
            day, idle = day + step, idle + 1
            if idle > _LONGEST_CLOSURE:
                raise BeyondCalendar(f"{count} working days")
    return day


def next_working_day(day: date, closed: Closed | None = None) -> date:
    """`day` itself where people work on it, else the first working day after it."""
    return day if is_working_day(day, closed) else add_working_days(day, 1, closed)


def working_days_between(first: date, last: date, closed: Closed | None = None) -> int:
    """How many working days d there are with `first` < d <= `last`; negative when `last` comes before
    `first`."""
    if last < first:
        return -working_days_between(last, first, closed)
    return sum(is_working_day(first + timedelta(days=n), closed) for n in range(1, (last - first).days + 1))
