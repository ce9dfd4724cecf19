"""How many touches a lead, a company, a channel or an owner may get in a time, and the gap between two."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from policies.amounts import Rate
from policies.schema import Caps
from touches.model.people import PERSONAL_CHANNELS
from touches.planning.house import House
from touches.planning.situation import Situation, reached
from touches.time.rates import cap_free_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Defer:
    """Not before `until`; None: never under this rule."""

    until: datetime | None
    because: str


def deferral(situation: Situation, channel: str, house: House, at: datetime, zone: str, now: datetime) -> Defer | None:
    """The first cap or gap that forbids a touch at `at`, or None. What is in doubt counts as sent."""
    times = [when for touch in situation.history if reached(touch) and (when := _when(touch.handed_over_at, now))]
    on_channel = [
        when
        for touch in situation.history
        if touch.channel == channel and reached(touch) and (when := _when(touch.handed_over_at, now))
    ]
    by_channel = f"per lead by {channel}"
    histories = {"per lead": times, by_channel: on_channel, "per company": situation.colleagues}
    for name, rate in binding(situation, channel):
        defer = _capped(name, rate, histories[name.partition(" of ")[0]], at, zone)
        if defer is not None:
            return defer
    return _of_owner(situation, channel, house, at) or _gap(times, house, at)


def binding(situation: Situation, channel: str) -> Iterator[tuple[str, Rate]]:
    """The caps on lead and company that bind a touch, each with the name that reasons use: those of its policy, and
    those of other policies in which the lead runs, unless its own says `unlimited`."""
    for name, cap in caps_by_name(channel):
        own = cap(situation.policy.caps)
        if own is not None and not own.unlimited:
            yield name, own
        if own is None or not own.unlimited:
            others = ((rival.policy.policy, cap(rival.policy.caps)) for rival in situation.rivals)
            yield from ((f"{name} of {policy}", rate) for policy, rate in others if rate is not None and rate.count)


def caps_by_name(channel: str) -> tuple[tuple[str, Callable[[Caps], Rate | None]], ...]:
    """What a policy may cap for a touch by a channel, in the order in which it is asked."""
    return (
        ("per lead", lambda caps: caps.per_lead),
        (f"per lead by {channel}", lambda caps: caps.per_channel.get(channel)),
        ("per company", lambda caps: caps.per_company),
    )


def _of_owner(situation: Situation, channel: str, house: House, at: datetime) -> Defer | None:
    """The owner's days are those of the workspace."""
    rate = situation.policy.caps.per_owner
    if channel not in PERSONAL_CHANNELS or rate is None:
        return None
    return _capped("per owner", rate, situation.owner_calls, at, house.timezone)


def _when(handed_over_at: datetime | None, now: datetime) -> datetime:
    return handed_over_at or now  # in hand or in doubt: as if it left now


def _capped(name: str, rate: Rate, history: Sequence[datetime], at: datetime, zone: str) -> Defer | None:
    if rate.unlimited:
        return None
    free = cap_free_at(history, rate, at, zone)
    if free is None:
        return Defer(until=None, because=f"the cap {rate} {name} allows none")
    return Defer(until=free, because=f"the cap of {rate} {name} is reached") if free > at else None


def _gap(times: Sequence[datetime], house: House, at: datetime) -> Defer | None:
    if house.min_gap is None or not times:
        return None
    free = max(times) + house.min_gap
    return Defer(until=free, because=f"less than {_hours(house.min_gap)} after the touch before") if free > at else None


def _hours(gap: timedelta) -> str:
    return f"{gap / timedelta(hours=1):g} hours"
