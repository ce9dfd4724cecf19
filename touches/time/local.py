"""Local time arithmetic: instants from local dates and times, and durations applied to instants."""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from policies.durations import Duration, Unit
from touches.time.closed import Closed
from touches.time.errors import BeyondCalendar
from touches.time.instants import utc
from touches.time.workdays import add_working_days
from touches.time.zones import offset_changes, zone

_ELAPSED = {Unit.MINUTES: timedelta(minutes=1), Unit.HOURS: timedelta(hours=1)}
_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7}
_MONTHS = {Unit.MONTHS: 1, Unit.YEARS: 12}


def local_instant(day: date, clock_time: time, zone_name: str) -> datetime:
    """The instant (UTC) of a local date and time. A local time that does not exist becomes the first instant
    after the gap; one that occurs twice is the first."""
    return instant_in(day, clock_time, zone(zone_name))


def instant_in(day: date, clock_time: time, here: ZoneInfo) -> datetime:
    """As `local_instant`, for a zone that was looked up before."""
    local = datetime.combine(day, clock_time.replace(tzinfo=None, fold=0), tzinfo=here)
    instant = local.astimezone(UTC)
    if instant.astimezone(here).replace(tzinfo=None) == local.replace(tzinfo=None):
        return instant
    return _end_of_gap(local, here)


def _end_of_gap(local: datetime, here: ZoneInfo) -> datetime:
    # In a gap, fold=0 counts with the offset before it and lands after the change; fold=1 before it.
    after, before = local.astimezone(UTC), local.replace(fold=1).astimezone(UTC)
    change = next(offset_changes(here, before - timedelta(seconds=1), after + timedelta(seconds=1)))
    return datetime.fromtimestamp(change.at, UTC)


def local_date(instant: datetime, zone_name: str) -> date:
    """The date that a calendar on the wall shows there at `instant`."""
    return utc(instant).astimezone(zone(zone_name)).date()


def later(instant: datetime, wait: Duration, zone_name: str, closed: Closed | None = None) -> datetime:
    """`instant` plus `wait`, in UTC.

    Minutes and hours are elapsed time. Days, weeks, months and years keep the local clock time: 31 January
    plus one month is the last day of February, 29 February plus one year is 28 February. Working days keep
    the clock time too and skip weekends and what `closed` closes. Raises BeyondCalendar."""
    try:
        return _moved(instant, wait.amount, wait.unit, zone_name, closed)
    except (OverflowError, ValueError) as error:
        if isinstance(error, OverflowError) or "year" in str(error):
            raise BeyondCalendar(str(wait)) from error
        raise


def _moved(instant: datetime, amount: int, unit: Unit, zone_name: str, closed: Closed | None) -> datetime:
    if unit in _ELAPSED:
        return utc(instant) + amount * _ELAPSED[unit]
    here = zone(zone_name)
    local = utc(instant).astimezone(here)
    day = _moved_date(local.date(), amount, unit, closed)
    if day == local.date():
        return utc(instant)
    return instant_in(day, local.time(), here)


def _moved_date(day: date, amount: int, unit: Unit, closed: Closed | None) -> date:
    if unit in _DAYS:
        return day + timedelta(days=amount * _DAYS[unit])
    if unit in _MONTHS:
        return add_months(day, amount * _MONTHS[unit])
    return add_working_days(day, amount, closed)


def add_months(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1] if 1 <= year <= 9999 else 1
    return date(year, month + 1, min(day.day, last))
