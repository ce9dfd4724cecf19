"""The last look before the irrevocable byte, over facts that were read in the marker's own transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from touches.model.care import BROKEN_PROMISE
from touches.model.states import EnrollmentState


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """What the marker's transaction read. `stopped` is why nothing at all may leave (pause, hold), or empty.
    `crowded` are touches whose lead, or whose company where that is counted, another touch reached since their
    decision. `let_down` are leads to whom a promise is broken."""

    stopped: str
    enrollments: Mapping[int, EnrollmentState]
    dead: Mapping[int, str]
    closed: Mapping[str, frozenset[str]]  # address hash -> channels or "all"
    crowded: frozenset[int] = frozenset()
    let_down: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """A touch at the gate. `lead_id` is None for notices to staff; `sells` is False for notices. `company_id` is set
    where a cap per company was asked, `minds_promises` where a broken promise holds the touch."""

    touch_id: int
    lead_id: int | None
    enrollment_id: int | None
    channel: str
    address_hash: str
    open_until: datetime | None
    sells: bool = True
    company_id: int | None = None
    minds_promises: bool = False


def why_not_now(passing: Passing, fresh: Fresh, now: datetime) -> str:
    """Why the touch must not leave now; empty when it may. A notice passes an opt-out of advertising, never a stop of
    everything."""
    if fresh.stopped:
        return fresh.stopped
    if not passing.sells:
        return ""
    if passing.lead_id is not None and fresh.dead.get(passing.lead_id):
        return fresh.dead[passing.lead_id]
    closed = fresh.closed.get(passing.address_hash, frozenset())
    if "all" in closed or passing.channel in closed:
        return "opted out"
    if passing.enrollment_id is not None:
        state = fresh.enrollments.get(passing.enrollment_id, EnrollmentState.STOPPED)
        if state is not EnrollmentState.ACTIVE:
            return f"the enrollment is {state}"
    if passing.minds_promises and passing.lead_id in fresh.let_down:
        return f"paused: {BROKEN_PROMISE}"
    if passing.open_until is not None and now >= passing.open_until:
        return "the open hours have ended"
    if passing.touch_id in fresh.crowded:
        return "another touch came first"  # caps and gaps are counted anew
    return ""
