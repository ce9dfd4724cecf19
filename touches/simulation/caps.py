"""Caps and gaps in microseconds: the fast twin of touches.planning.caps for a history that lies in the past."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from policies.amounts import Rate
from policies.durations import Duration, Unit
from policies.schema import Caps
from touches.simulation.timetable import DAY_MICROS, Timetable, to_instant, to_micros
from touches.time.rates import cap_free_at

# No period lasts longer than this, clock changes included: older events do not count.
_LONGEST = {
    Unit.HOURS: DAY_MICROS // 8,
    Unit.DAYS: 2 * DAY_MICROS,
    Unit.WEEKS: 9 * DAY_MICROS,
    Unit.MONTHS: 33 * DAY_MICROS,
    Unit.YEARS: 368 * DAY_MICROS,
}


@dataclass(frozen=True, slots=True)
class Limit:
    """One rate with the name that reasons use. `whose` is lead, company, or a channel's name."""

    name: str
    rate: Rate
    whose: str


def limits_of(caps: Caps, channel: str) -> tuple[Limit, ...]:
    """The caps that bind a touch by a channel, in the order in which they are asked."""
    by_channel = {str(name): rate for name, rate in caps.per_channel.items()}.get(channel)
    wanted = (
        ("per lead", caps.per_lead, "lead"),
        (f"per lead by {channel}", by_channel, channel),
        ("per company", caps.per_company, "company"),
    )
    return tuple(Limit(name, rate, whose) for name, rate, whose in wanted if rate is not None and not rate.unlimited)


def free_at(times: Sequence[int], more: Sequence[int], rate: Rate, at: int, table: Timetable) -> int | None:
    """The first instant from `at` on that keeps the cap; None: never. `times` and `more` are sorted; what stands in
    both counts twice."""
    if rate.per is None or rate.count is None:
        return None if rate.count == 0 else at
    if rate.count == 0:
        return None
    if len(times) + len(more) < rate.count:
        return at
    if (times and times[-1] > at) or (more and more[-1] > at):
        return _with_future([*times, *more], rate, at, table)
    if rate.calendar:
        begins, ends = table.period(at, rate.per)
        number = len(times) - bisect_left(times, begins) + len(more) - bisect_left(more, begins)
        return at if number < rate.count else ends
    since = at - _LONGEST[rate.per]
    if not more:
        # An earlier event never holds longer than a later one, but for the hours that a clock is set back.
        newest = times[-rate.count]
        if newest <= since:
            return at
        since = max(since, newest - DAY_MICROS - 1)
    recent = [*times[bisect_left(times, since) :], *more[bisect_left(more, since) :]]
    if len(recent) < rate.count:
        return at
    wait = Duration(1, rate.per)
    holding = sorted(end for end in (table.later(each, wait) for each in recent) if end > at)
    return at if len(holding) < rate.count else holding[-rate.count]


def _with_future(times: Sequence[int], rate: Rate, at: int, table: Timetable) -> int | None:
    """The plain way, for the rare history that reaches beyond `at`: calls that stand on today's lists."""
    free = cap_free_at([to_instant(each) for each in times], rate, to_instant(at), table.zones[0])
    return None if free is None else to_micros(free)
