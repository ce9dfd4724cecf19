"""Caps in microseconds: the fast twin of touches.planning.caps for a history that lies in the past."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from policies.amounts import Rate
from policies.durations import Duration, Unit
from policies.schema import Caps
from touches.model.people import PERSONAL_CHANNELS
from touches.planning.caps import caps_by_name
from touches.simulation.timetable import CLOCK_DAYS, DAY_MICROS, Timetable, to_instant, to_micros
from touches.time.rates import LONGEST, cap_free_at

_LONGEST = {unit: span // timedelta(microseconds=1) for unit, span in LONGEST.items()}


@dataclass(frozen=True, slots=True)
class Limit:
    """One rate with the name that reasons use. `whose` is lead, company, owner, or a channel's name; `reached` says in
    words that no more fit."""

    name: str
    rate: Rate
    whose: str
    reached: str


def _limit(name: str, rate: Rate, whose: str) -> Limit:
    reached = f"the cap of {rate} {name} is reached" if rate.count else f"the cap {rate} {name} allows none"
    return Limit(name, rate, whose, reached)


def limits_of(caps: Caps, channel: str) -> tuple[Limit, ...]:
    """The caps that bind a touch by a channel, in the order in which they are asked."""
    owner = caps.per_owner if channel in PERSONAL_CHANNELS else None
    limits = tuple(
        _limit(name, rate, _whose(name, channel))
        for name, cap in caps_by_name(channel)
        if (rate := cap(caps)) is not None and not rate.unlimited
    )
    return (*limits, _limit("per owner", owner, "owner")) if owner is not None and not owner.unlimited else limits


def limits_among(caps: Caps, others: Sequence[tuple[str, Caps]], channel: str) -> tuple[Limit, ...]:
    """The same for a lead who runs in other policies (name, caps) as well: their caps bind where ours do not say
    `unlimited`."""
    limits: list[Limit] = []
    for name, cap in caps_by_name(channel):
        own = cap(caps)
        if own is None or not own.unlimited:
            found = [(name, own), *((f"{name} of {policy}", cap(other)) for policy, other in others)]
            limits += [
                _limit(said, rate, _whose(name, channel))
                for number, (said, rate) in enumerate(found)
                if rate is not None and not rate.unlimited and (number == 0 or rate.count)
            ]
    return (*limits, *(limit for limit in limits_of(caps, channel) if limit.whose == "owner"))


def _whose(name: str, channel: str) -> str:
    return {"per lead": "lead", "per company": "company"}.get(name, channel)


def owner_free_at(times: Sequence[int], rate: Rate, at: int, zone: str) -> int | None:
    """As `free_at` for the calls of an owner (sorted), by the days of the workspace."""
    since = at - _LONGEST[rate.per] if rate.per is not None else at
    recent = [to_instant(each) for each in times[bisect_left(times, since) :]]
    free = cap_free_at(recent, rate, to_instant(at), zone)
    return None if free is None else to_micros(free)


def surely_free(times: Sequence[int], rate: Rate, at: int) -> bool:
    """Whether the newest of these events (sorted) tell already that the cap lets one more happen at `at`, as they do
    most of the time; then it does so for a part of them too."""
    if not rate.count or rate.per is None:
        return False
    if len(times) < rate.count:
        return True
    return times[-rate.count] <= at - _LONGEST[rate.per] and (rate.calendar or times[-1] <= at)


def free_at(times: Sequence[int], rate: Rate, at: int, table: Timetable) -> int | None:
    """The first instant from `at` on that keeps the cap; None: never. `times` are sorted."""
    if rate.per is None or rate.count is None:
        return None if rate.count == 0 else at
    if rate.count == 0:
        return None
    if len(times) < rate.count:
        return at
    if times[-1] > at:
        return _with_future(times, rate, at, table)
    if rate.calendar:
        begins, ends = table.period(at, rate.per)
        return at if len(times) - bisect_left(times, begins) < rate.count else ends
    since, newest = at - _LONGEST[rate.per], times[-rate.count]
    if newest <= since:
        return at
    # An earlier event never holds longer than a later one, but for the hours that a clock is set back.
    recent = times[bisect_left(times, max(since, newest - DAY_MICROS - 1)) :]
    over = _ends(recent, rate.per, table)
    if len(over) == rate.count:
        return max(at, min(over))
    holding = sorted(end for end in over if end > at)
    return at if len(holding) < rate.count else holding[-rate.count]


def _ends(times: Sequence[int], per: Unit, table: Timetable) -> list[int]:
    """When the periods that begin at these events are over."""
    days = CLOCK_DAYS.get(per)
    if days is None:
        return [table.later(each, Duration(1, per)) for each in times]
    return [table.days_later(each, days) for each in times]


def _with_future(times: Sequence[int], rate: Rate, at: int, table: Timetable) -> int | None:
    """The plain way, for the rare history that reaches beyond `at`: calls that stand on today's lists."""
    free = cap_free_at([to_instant(each) for each in times], rate, to_instant(at), table.zones[0])
    return None if free is None else to_micros(free)
