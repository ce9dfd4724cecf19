"""When a promise is warned of, answered for the time being, and escalated: pure decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from touches.model.care import CareState, Promise

WARN_SHARE = 4  # a quarter of the time before the deadline …
WARN_AT_LEAST = timedelta(minutes=30)  # … and at least so long
RUNNING = frozenset({CareState.OPEN, CareState.BROKEN})
CALL_AT = "Call at "
CALL_BACK_GRACE = timedelta(minutes=15)  # a call agreed for ten is kept at five past


class PromiseStep(StrEnum):
    """What its clock asks for."""

    WARN = "warn"  # the owner, before it is too late
    INTERIM = "interim"  # the customer hears from us at the deadline, with or without a result
    ESCALATE = "escalate"  # others hear of it


def warn_at(promise: Promise) -> datetime:
    """A quarter of the time before the deadline, at least half an hour; half the time of a very short promise."""
    length = promise.by - promise.made_at
    before = min(max(length / WARN_SHARE, WARN_AT_LEAST), length / 2)
    return promise.by - max(before, timedelta())


def promise_due(promise: Promise, now: datetime) -> tuple[PromiseStep, ...]:
    """What has to be done for a promise at `now` and was not done yet, in this order. A department's part is not the
    customer's business: it has no interim answer."""
    if promise.state not in RUNNING:
        return ()
    if now < promise.by:
        warned = promise.warned_at is not None or now < warn_at(promise)
        return () if warned else (PromiseStep.WARN,)
    due = []
    if promise.interim_at is None and promise.parent_id is None:
        due.append(PromiseStep.INTERIM)
    if promise.escalated_at is None:
        due.append(PromiseStep.ESCALATE)
    return tuple(due)


def is_call_back(promise: Promise) -> bool:
    """Whether it was given for a call at an agreed hour: whoever enters that call's result keeps it."""
    return promise.touch_id is not None and promise.text.startswith(CALL_AT)


def how_to_keep(promise: Promise) -> str:
    """The command for whoever has kept it."""
    if is_call_back(promise):
        return f"touches done {promise.touch_id} --outcome …"
    return f'touches promise keep {promise.id} --evidence "…"'


def is_overdue(promise: Promise, now: datetime) -> bool:
    """Whether its time has passed and it is neither kept nor taken back."""
    return promise.state in RUNNING and now >= promise.by


def breaks_word(promise: Promise, now: datetime) -> bool:
    """Whether selling stops for the lead: a promise to the customer, not a department's part of one, is overdue."""
    return promise.parent_id is None and is_overdue(promise, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRate:
    """Promises to customers whose time has come: kept in time, kept late, broken; and how often one was renewed."""

    kept: int = 0
    late: int = 0
    broken: int = 0
    renewals: int = 0

    @property
    def rate(self) -> float | None:
        """The share that was kept in time; None while none has come due."""
        known = self.kept + self.late + self.broken
        return self.kept / known if known else None


def kept_rate(promises: Iterable[Promise], now: datetime) -> KeptRate:
    """How well we keep our word. A time that passed is not made good by a new one that is agreed afterwards."""
    ours = [promise for promise in promises if promise.parent_id is None]
    done = [promise for promise in ours if promise.kept_at is not None]
    in_time = sum(_is_in_time(promise) for promise in done)
    return KeptRate(
        kept=in_time,
        late=len(done) - in_time,
        broken=sum(is_overdue(promise, now) for promise in ours),
        renewals=sum(promise.renewals for promise in ours),
    )


def _is_in_time(promise: Promise) -> bool:
    return promise.kept_at is not None and promise.kept_at <= promise.by and not promise.missed
