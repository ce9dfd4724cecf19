"""Caps: when one more event fits under so many in a period."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from policies.amounts import Rate
from policies.durations import Duration, Unit
from touches.time.instants import utc
from touches.time.local import add_months, later, local_date, local_instant

# No period lasts longer than this, clock changes included: older events do not count.
LONGEST = {
    Unit.HOURS: timedelta(hours=3),
    Unit.DAYS: timedelta(days=2),
    Unit.WEEKS: timedelta(days=9),
    Unit.MONTHS: timedelta(days=33),
    Unit.YEARS: timedelta(days=368),
}


def cap_free_at(history: Iterable[datetime], rate: Rate | None, now: datetime, zone_name: str) -> datetime | None:
    """The first instant, `now` or later, at which one more event keeps the cap; in UTC.

    `history` holds what counts: what was sent and, in the future, what is planned already, in any order. No
    rate and an unlimited one never defer; a count of 0 is None: never. A rolling period is that long by the
    calendar of `zone_name`, counted from each event; a calendar period begins at local midnight, Monday, the
    first of the month or of the year."""
    moment = utc(now)
    if rate is None or rate.count is None:
        return moment
    if rate.count == 0 or rate.per is None:
        return None
    known = list(history)
    if len(known) < rate.count:  # even if all of them were in one period
        return moment
    events = sorted(utc(each) for each in known)
    if rate.calendar:
        return _free_by_calendar(events, rate.count, rate.per, moment, zone_name)
    return _free_rolling(events, rate.count, Duration(1, rate.per), moment, zone_name)


def _free_rolling(events: list[datetime], count: int, per: Duration, now: datetime, zone_name: str) -> datetime:
    """An event can only become possible when another falls out of the period, so those instants are all there
    is to try."""
    expiries = [later(each, per, zone_name) for each in events]
    tries = [now, *sorted({each for each in expiries if each > now})]
    return next(each for each in tries if _fits(each, events, count, per, zone_name))


def _fits(new: datetime, events: list[datetime], count: int, per: Duration, zone_name: str) -> bool:
    """Whether no period that holds `new` holds more than `count` events with it."""
    near = [each for each in events if later(each, per, zone_name) > new and each < later(new, per, zone_name)]
    if len(near) < count:
        return True
    every = sorted([*near, new])
    ends = [later(each, per, zone_name) for each in every]
    held = (bisect_right(every, last) - bisect_right(ends, last) for last in every if last >= new)
    return all(each <= count for each in held)


def _free_by_calendar(events: list[datetime], count: int, per: Unit, now: datetime, zone_name: str) -> datetime:
    moment = now
    while True:
        begins, ends = period(moment, per, zone_name)
        if sum(begins <= each < ends for each in events) < count:
            return moment
        moment = ends


def period(instant: datetime, per: Unit, zone_name: str) -> tuple[datetime, datetime]:
    """The calendar hour, day, week (from Monday), month or year that holds `instant` in a zone: its first
    instant and the next one's. ValueError for other units."""
    if per is Unit.HOURS:
        return _hour(instant, zone_name)
    first, following = _period_dates(local_date(instant, zone_name), per)
    return local_instant(first, time(), zone_name), local_instant(following, time(), zone_name)


def _hour(instant: datetime, zone_name: str) -> tuple[datetime, datetime]:
    from touches.time.zones import zone

    local = utc(instant).astimezone(zone(zone_name))
    begins = utc(instant) - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
    return begins, begins + timedelta(hours=1)


def _period_dates(day: date, per: Unit) -> tuple[date, date]:
    if per is Unit.DAYS:
        return day, day + timedelta(days=1)
    if per is Unit.WEEKS:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=7)
    if per is Unit.MONTHS:
        return day.replace(day=1), add_months(day.replace(day=1), 1)
    if per is Unit.YEARS:
        return date(day.year, 1, 1), date(day.year + 1, 1, 1)
    raise ValueError(f"no calendar period of {per}: expected hours, days, weeks, months or years")
