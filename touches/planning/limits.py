"""How many touches a channel may take now: switches, a rested transport, rates and ceilings, disk, and backlogs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

OUTAGE = timedelta(hours=1)  # without a sign of life for longer: what waits is a backlog
BACKLOG_FACTOR = 2  # times the normal hourly rate
LEAST_PER_HOUR = 60  # where little or nothing is known of the normal rate
LOOKS_BACK = timedelta(days=7)


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
    per_hour: int = 0,
) -> Allowance:
    """The smallest of all limits; 0 is no limit. `sent` is only asked where one is set.

    `rested` is "INSTANT REASON" of a transport that refused us, or empty. `per_hour` is the pace of a backlog: it is
    kept for every minute as well, so that an hour's share does not leave in its first minute.
    """
    if stopped:
        return Allowance(count=0, stopped=stopped)
    until, _, reason = rested.partition(" ")
    if until and datetime.fromisoformat(until) > now:
        return Allowance(count=0, stopped=f"{channel} rests until {until}: {reason}")
    count = batch
    limits = (
        (per_minute, timedelta(minutes=1), "minute"),
        (per_day, timedelta(days=1), "day"),
        (per_hour, timedelta(hours=1), "hour while a backlog drains"),
        (ceil(per_hour / 60), timedelta(minutes=1), "minute while a backlog drains"),
    )
    for limit, span, name in limits:
        if limit:
            count = min(count, limit - sent(channel, now - span))
            if count <= 0:
                return Allowance(count=0, stopped=f"{channel}: the limit of {limit} per {name} is reached")
    return Allowance(count=count)


def disk_is_low(*, free: int, floor: int) -> str:
    """Why nothing is claimed for lack of space (bytes); empty when there is enough, or when `floor` is 0."""
    if not floor or free >= floor:
        return ""
    return f"only {free // 1_000_000} MB are free, [limits] free_space is {floor // 1_000_000} MB"


def backlog_pace(*, last_alive: datetime | None, now: datetime, overdue: int, by_hour: Mapping[datetime, int]) -> int:
    """How many may leave in an hour after an outage: twice the mean of the hours that had any before; 0 is no limit.

    `overdue` are the touches that wait, `by_hour` what left before the outage. A first start, a short break or a
    backlog that fits into an hour needs no pace.
    """
    if last_alive is None or now - last_alive <= OUTAGE:
        return 0
    normal = sum(by_hour.values()) / len(by_hour) if by_hour else 0.0
    pace = max(ceil(BACKLOG_FACTOR * normal), LEAST_PER_HOUR)
    return pace if overdue > pace else 0


def smallest(*limits: int) -> int:
    """The strictest of some limits, of which 0 is none."""
    return min((limit for limit in limits if limit), default=0)
