"""When a step is due: from enrollment or from the hand-over before, moved to open hours; the plain way."""

from datetime import datetime, time, timedelta

from policies.durations import Duration
from touches.time.closed import Closed
from touches.time.hours import MINUTES_A_DAY, SEARCH_DAYS, Hours, next_open
from touches.time.instants import utc
from touches.time.local import later, local_date, local_instant


def due_on_day(
    enrolled: datetime,
    day: int,
    zones: tuple[str, ...],
    hours: Hours,
    closed: Closed | None = None,
    at: int | None = None,
    within_days: int = SEARCH_DAYS,
) -> datetime | None:
    """When `day: N` of a policy is due: day 0 is at once, day N that local date at the opening hour, or at
    minute `at` of the day where one is given; moved to the next open instant, never before `enrolled`. None:
    it never opens."""
    if day == 0 and at is None:
        return next_open(enrolled, zones, hours, closed, within_days)
    wanted = _on_date(enrolled, day, hours.start if at is None else at, zones[0])
    return next_open(max(wanted, utc(enrolled)), zones, hours, closed, within_days)


def due_after(
    handed_over: datetime,
    wait: Duration,
    zones: tuple[str, ...],
    hours: Hours,
    closed: Closed | None = None,
    at: int | None = None,
    within_days: int = SEARCH_DAYS,
) -> datetime | None:
    """When `after: WAIT` of a policy is due: `wait` later by the calendar of the first zone (see
    `local.later`), at minute `at` of that local date where one is given; moved to the next open instant,
    never before `handed_over`."""
    wanted = later(handed_over, wait, zones[0], closed)
    if at is not None:
        wanted = max(_on_date(wanted, 0, at, zones[0]), utc(handed_over))
    return next_open(wanted, zones, hours, closed, within_days)


def _on_date(instant: datetime, days: int, minute: int, zone_name: str) -> datetime:
    more, minute = divmod(minute, MINUTES_A_DAY)
    day = local_date(instant, zone_name) + timedelta(days=days + more)
    return local_instant(day, time(minute // 60, minute % 60), zone_name)
