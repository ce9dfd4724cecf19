"""What follows a refusal: when to try again, when to give up, and whom to blame."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from channels.protocol import Failure, Refused

BACK_OFF = (5, 15, 30, 60, 120, 240)  # minutes; RFC 5321 4.5.4.1 asks for at least 30 on average, less at first
GREYLIST_FIRST = timedelta(minutes=10)
BUSY_FOR = timedelta(minutes=5)
LONGEST_RETRY_AFTER = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=4)  # RFC 5321 4.5.4.1: 4-5 days
GIVE_UP_SMS_AFTER = timedelta(hours=24)
JITTER = 0.2
ALARM_PAUSE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class TryAgain:
    """Back to ready, due at `at`. `counts` is False where the touch had no part in it."""

    at: datetime
    because: str
    counts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUp:
    """Failed for good. `breaks_address` says that the address must not be used any more, `opts_out` that its owner
    said stop to the provider."""

    because: str
    breaks_address: bool = False
    opts_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseTransport:
    """Our own side is wrong: nobody is blamed, the channel rests until `until`, an operator is told."""

    until: datetime
    because: str


Retry: TypeAlias = TryAgain | GiveUp | PauseTransport


def after_refusal(
    refused: Refused, *, key: str, channel: str, attempts: int, first_at: datetime, now: datetime
) -> Retry:
    """Decide by the class of failure. `attempts` counts this one; `key` seeds the jitter, so that equal inputs give
    equal answers; `first_at` is when the first try was made."""
    said = " ".join(part for part in (refused.code, refused.text) if part)[:300]
    match refused.failure:
        case Failure.BAD_ADDRESS:
            return GiveUp(because=f"the address does not exist: {said}", breaks_address=True)
        case Failure.OPTED_OUT:
            return GiveUp(because=f"the provider knows an opt-out: {said}", opts_out=True)
        case Failure.CONFIGURATION:
            return PauseTransport(until=now + ALARM_PAUSE, because=f"our own side is refused: {said}")
        case Failure.POLICY if refused.permanent:
            return PauseTransport(until=now + ALARM_PAUSE, because=f"they refuse us as a sender: {said}")
        case _ if refused.permanent:
            return GiveUp(because=f"refused: {said}")
    return _later(refused, said, key=key, channel=channel, attempts=attempts, first_at=first_at, now=now)


def _later(
    refused: Refused, said: str, *, key: str, channel: str, attempts: int, first_at: datetime, now: datetime
) -> Retry:
    limit = GIVE_UP_SMS_AFTER if channel == "sms" else GIVE_UP_AFTER
    wait = _wait(refused, key, attempts)
    if now + wait > first_at + limit:
        return GiveUp(because=f"tried {attempts} times since {first_at:%Y-%m-%d %H:%M}Z: {said}")
    ours = refused.failure in (Failure.CONNECT, Failure.BUSY, Failure.THROTTLED)
    return TryAgain(at=now + wait, because=f"{refused.failure}: {said}", counts=not ours)


def _wait(refused: Refused, key: str, attempts: int) -> timedelta:
    if refused.retry_after is not None:
        return min(timedelta(seconds=max(refused.retry_after, 1.0)), LONGEST_RETRY_AFTER)
    if refused.failure is Failure.BUSY:
        return BUSY_FOR
    if refused.failure is Failure.GREYLIST and attempts <= 1:
        return GREYLIST_FIRST
    minutes = BACK_OFF[min(max(attempts, 1), len(BACK_OFF)) - 1]
    return timedelta(minutes=minutes) * (1 + JITTER * _share(f"{key}:{attempts}"))


def _share(seed: str) -> float:
    return int.from_bytes(hashlib.blake2b(seed.encode(), digest_size=4).digest(), "big") / 2**32
