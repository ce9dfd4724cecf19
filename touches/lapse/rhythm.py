"""When a customer counts as lapsed or fading, if nothing more is bought: one instant, known at the last purchase."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import ceil
from statistics import median

from policies.amounts import Percent, Rate
from policies.durations import Duration, Unit
from policies.schema import Fading, Lapsed
from touches.time.closed import Closed
from touches.time.local import instant_in, later
from touches.time.tables import local_clock
from touches.time.zones import zone

DAY = 86_400
SECOND = 1_000_000  # microseconds
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
COUNTED_DAYS = 62  # longer silences are calendar arithmetic: a few closed days do not matter in a year
PERIODS = 4  # how far back "usual" looks
GAPS_LOOKED_AT = 4  # of the own rhythm, when asking whether somebody fades
# Rates are measured, not promised: elapsed time will do. In microseconds.
LENGTHS = {
    Unit.HOURS: DAY * SECOND // 24,
    Unit.DAYS: DAY * SECOND,
    Unit.WEEKS: 7 * DAY * SECOND,
    Unit.MONTHS: 61 * DAY * SECOND // 2,
    Unit.YEARS: 1461 * DAY * SECOND // 4,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The customer counts as gone from `at` on; `warn_at` is when the owner hears of it, None where nobody asked."""

    at: datetime
    warn_at: datetime | None
    because: str


def limit_of(
    rule: Lapsed | Fading, purchases: Sequence[datetime], zone_name: str, closed: Closed | None = None
) -> Limit | None:
    """When the rule applies to somebody with these purchases (oldest first) who buys no more; None: never."""
    return limit_after(rule, [(each - EPOCH) // MICROSECOND for each in purchases], zone_name, closed)


def limit_after(
    rule: Lapsed | Fading, purchases: Sequence[int], zone_name: str, closed: Closed | None = None
) -> Limit | None:
    """As `limit_of`, from microseconds since 1970 UTC as they are stored: a million customers have many purchases."""
    if len(purchases) < rule.purchases_at_least:
        return None
    if isinstance(rule, Fading):
        return _fading(rule, purchases, zone_name)
    if rule.usual is not None and not usually(rule.usual, purchases):
        return None
    last = _instant(purchases[-1])
    if rule.silent_for is not None:
        at: datetime | None = silent_until(last, rule.silent_for, zone_name, closed)
        because = f"no purchase for {rule.silent_for}"
    else:
        at, because = _own_rhythm(rule, purchases, zone_name)
    if at is None:
        return None
    return Limit(at=at, warn_at=_warning(rule, last, at, zone_name, closed), because=because)


def silent_until(last: datetime, wait: Duration, zone_name: str, closed: Closed | None) -> datetime:
    """The end of a silence. In days or weeks up to two months, days on which the business is closed do not count."""
    per = {Unit.DAYS: 1, Unit.WEEKS: 7}.get(wait.unit)
    if per is None or closed is None or wait.amount * per > COUNTED_DAYS:
        return later(last, wait, zone_name, closed)
    left, here = wait.amount * per, zone(zone_name)
    local = last.astimezone(here)
    day = local.date()
    while left:
        day += timedelta(days=1)
        left -= not closed.is_closed(day)
    return instant_in(day, local.time(), here)


def usually(rate: Rate, purchases: Sequence[int]) -> bool:
    """Whether the customer bought at least so often: in half of the last four periods up to the last purchase, or of
    as many as there are since the first one. In microseconds."""
    if rate.count is None or rate.per is None:
        return rate.count is None
    length, end = LENGTHS[rate.per], purchases[-1]
    counts: list[int] = []
    while len(counts) < PERIODS and end >= purchases[0]:
        begin = end - length
        counts.append(bisect_right(purchases, end) - bisect_right(purchases, begin))
        end = begin
    return 2 * sum(count >= rate.count for count in counts) >= len(counts)


def median_gap(purchases: Sequence[int], zone_name: str) -> float | None:
    """The median number of days between days with purchases; several on one day are one. None: only one such day."""
    days = sorted(set(local_clock(zone_name).days([at // SECOND for at in purchases])))
    gaps = [later_day - day for day, later_day in pairwise(days)]
    return float(median(gaps)) if gaps else None


def _own_rhythm(rule: Lapsed, purchases: Sequence[int], zone_name: str) -> tuple[datetime | None, str]:
    gap = median_gap(purchases, zone_name)
    if gap is None or rule.own_rhythm is None:
        return None, ""
    last = _instant(purchases[-1])
    at = last + timedelta(days=gap * rule.own_rhythm.value)
    because = f"no purchase for {rule.own_rhythm} of the own rhythm of {gap:g} days"
    if rule.at_least is not None and later(last, rule.at_least, zone_name) > at:
        return later(last, rule.at_least, zone_name), f"{because}, but at least {rule.at_least}"
    if rule.at_most is not None and later(last, rule.at_most, zone_name) < at:
        return later(last, rule.at_most, zone_name), f"{because}, but at most {rule.at_most}"
    return at, because


def _warning(rule: Lapsed, last: datetime, at: datetime, zone_name: str, closed: Closed | None) -> datetime | None:
    if rule.warn_at is None:
        return None
    if isinstance(rule.warn_at, Percent):
        return last + (at - last) * rule.warn_at.fraction
    return min(at, silent_until(last, rule.warn_at, zone_name, closed))


def _fading(rule: Fading, purchases: Sequence[int], zone_name: str) -> Limit | None:
    """Fewer purchases within four of the own gaps than the share allows, but still some: when only so many are left."""
    gap = median_gap(purchases, zone_name)
    few = ceil(rule.below.fraction * GAPS_LOOKED_AT) - 1
    if not gap or few < 1 or len(purchases) <= few:
        return None
    at = _instant(purchases[-few - 1]) + timedelta(days=GAPS_LOOKED_AT * gap)
    because = f"{few} purchase(s) in {GAPS_LOOKED_AT * gap:g} days, below {rule.below} of one every {gap:g} days"
    return Limit(at=max(at, _instant(purchases[-1])), warn_at=None, because=because)


def _instant(micros: int) -> datetime:
    return EPOCH + timedelta(microseconds=micros)
