"""How many touches a channel may take now: switches, a rested transport, rates and daily ceilings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """`count` may be claimed; 0 goes with `stopped`, the reason."""

    count: int
    stopped: str = ""


def allowance(
    *,
    stopped: str,
    rested: str,
    sent: Callable[[str, datetime], int],
    channel: str,
    per_minute: int,
    per_day: int,
    batch: int,
    now: datetime,
) -> Allowance:
    """The smallest of all limits; 0 in `per_minute` or `per_day` is no limit. `sent` is only asked where one is set.

    `rested` is "INSTANT REASON" of a transport that refused us, or empty.
    """
    if stopped:
        return Allowance(count=0, stopped=stopped)
    until, _, reason = rested.partition(" ")
    if until and datetime.fromisoformat(until) > now:
        return Allowance(count=0, stopped=f"{channel} rests until {until}: {reason}")
    count = batch
    for limit, span, name in ((per_minute, timedelta(minutes=1), "minute"), (per_day, timedelta(days=1), "day")):
        if limit:
            count = min(count, limit - sent(channel, now - span))
            if count <= 0:
                return Allowance(count=0, stopped=f"{channel}: the limit of {limit} per {name} is reached")
    return Allowance(count=count)
