"""How many touches a lead, a company or a channel may get in a time, and the gap between two."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from policies.amounts import Rate
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
    caps = situation.policy.caps
    times = [when for touch in situation.history if reached(touch) and (when := _when(touch.handed_over_at, now))]
    on_channel = [
        when
        for touch in situation.history
        if touch.channel == channel and reached(touch) and (when := _when(touch.handed_over_at, now))
    ]
    checks: tuple[tuple[str, Rate | None, Sequence[datetime]], ...] = (
        ("per lead", caps.per_lead, times),
        (f"per lead by {channel}", caps.per_channel.get(channel), on_channel),  # type: ignore[call-overload]
        ("per company", caps.per_company, situation.colleagues),
    )
    for name, rate, history in checks:
        defer = _capped(name, rate, history, at, zone)
        if defer is not None:
            return defer
    return _gap(times, house, at)


def _when(handed_over_at: datetime | None, now: datetime) -> datetime:
    return handed_over_at or now  # in hand or in doubt: as if it left now


def _capped(name: str, rate: Rate | None, history: Sequence[datetime], at: datetime, zone: str) -> Defer | None:
    if rate is None or rate.unlimited:
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
