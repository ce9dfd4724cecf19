"""Whether a touch is too late to be sent."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, Literal, TypeAlias

from policies.durations import Duration
from touches.time.closed import Closed
from touches.time.instants import utc
from touches.time.local import later, local_date, local_instant
from touches.time.workdays import next_working_day

SAME_WORKING_DAY: Final = "same working day"
SendWithin: TypeAlias = Duration | Literal["same working day"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTime:
    """It may go; `until` is the last moment (None: there is none)."""

    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TooLate:
    """It may not go as planned: the policy's `late` says whether it shifts or expires."""

    until: datetime
    by: timedelta
    because: str


def lateness(
    due_at: datetime, now: datetime, send_within: SendWithin, zone_name: str, closed: Closed | None = None
) -> OnTime | TooLate:
    """Compare `now` with the step's `send_within`.

    A duration counts from `due_at` by the lead's calendar and includes its last instant. "same working day"
    ends with the local date of `due_at` (of the next working day, when nobody works on that date); its
    midnight is too late. None is never too late, and nothing is too late before it is due."""
    if send_within is None:
        return OnTime(until=None)
    until = send_by(due_at, send_within, zone_name, closed)
    moment = utc(now)
    past = moment > until if isinstance(send_within, Duration) else moment >= until
    if not past or moment <= utc(due_at):
        return OnTime(until=until)
    return TooLate(until=until, by=moment - until, because=f"later than {send_within} after it was due")


def send_by(
    due_at: datetime, send_within: Duration | Literal["same working day"], zone_name: str, closed: Closed | None
) -> datetime:
    """The instant that `send_within` ends at, in UTC."""
    if isinstance(send_within, Duration):
        return later(due_at, send_within, zone_name, closed)
    day = next_working_day(local_date(due_at, zone_name), closed)
    return local_instant(day + timedelta(days=1), time(), zone_name)
