"""How many touches a channel may take now: switches, a rested transport, rates and ceilings, disk, and backlogs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

OUTAGE = timedelta(hours=1)  # a daemon without a sign of life for longer: what waits is a backlog
BACKLOG_FACTOR = 2  # times the normal hourly rate
LEAST_PER_HOUR = 60  # where little or nothing is known of the normal rate
LOOKS_BACK = timedelta(days=7)
DRAINING = "while a backlog drains"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Ceilings of a channel; 0 is no limit. `per_hour` is the pace of a backlog; `evenly` keeps it for every minute as
    well, so that an hour's share does not leave in its first minute."""

    per_minute: int = 0
    per_day: int = 0
    per_hour: int = 0
    evenly: bool = True

    def ceilings(self) -> list[tuple[int, timedelta, str]]:
        """Each limit with the span that it holds for, and that span's name."""
        minutely = ceil(self.per_hour / 60) if self.evenly else 0
        limits = (
            (self.per_minute, timedelta(minutes=1), "minute"),
            (self.per_day, timedelta(days=1), "day"),
            (self.per_hour, timedelta(hours=1), f"hour {DRAINING}"),
            (minutely, timedelta(minutes=1), f"minute {DRAINING}"),
        )
        return [limit for limit in limits if limit[0]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """`count` may be claimed; 0 goes with `stopped`, the reason. `counted` says that what left before was counted for
    it: the next one is only right when all that is under way has been recorded."""

    count: int
    stopped: str = ""
    counted: bool = False


def allowance(
    *,
    stopped: str,
    rested: str,
    sent: Callable[[str, datetime], int],
    channel: str,
    rates: Rates,
    batch: int,
    now: datetime,
) -> Allowance:
    """The smallest of all limits. `sent` tells how many left (or may have) on a channel since an instant, and is only
    asked where a rate is set. `rested` is "INSTANT REASON" of a transport that refused us, or empty."""
    if stopped:
        return Allowance(count=0, stopped=stopped)
    until, _, reason = rested.partition(" ")
    if until and datetime.fromisoformat(until) > now:
        return Allowance(count=0, stopped=f"{channel} rests until {until}: {reason}")
    count, ceilings = batch, rates.ceilings()
    for limit, span, name in ceilings:
        count = min(count, limit - sent(channel, now - span))
        if count <= 0:
            return Allowance(count=0, stopped=f"{channel}: the limit of {limit} per {name} is reached", counted=True)
    return Allowance(count=count, counted=bool(ceilings))


def disk_is_low(*, free: int, floor: int) -> str:
    """Why nothing is claimed for lack of space (bytes); empty when there is enough, or when `floor` is 0."""
    if not floor or free >= floor:
        return ""
    return f"only {free // 1_000_000} MB are free, [limits] free_space is {floor // 1_000_000} MB"


def is_outage(*, last_alive: datetime | None, now: datetime, longest: timedelta = OUTAGE) -> bool:
    """Whether we were away for so long that what waits is a backlog. A first start is none, nor is a short break."""
    return last_alive is not None and now - last_alive > longest


def backlog_pace(*, overdue: int, by_hour: Mapping[datetime, int]) -> int:
    """How many may leave in an hour after an outage: twice the mean of the hours that had any before; 0 is no limit.

    `overdue` are the touches that wait, `by_hour` what left before the outage. A backlog that fits into an hour needs
    no pace.
    """
    normal = sum(by_hour.values()) / len(by_hour) if by_hour else 0.0
    pace = max(ceil(BACKLOG_FACTOR * normal), LEAST_PER_HOUR)
    return pace if overdue > pace else 0


def smallest(*limits: int) -> int:
    """The strictest of some limits, of which 0 is none."""
    return min((limit for limit in limits if limit), default=0)
