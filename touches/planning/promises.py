"""What a touch promises: the `promises:` of its step, each with its deadline."""

from datetime import datetime

from policies.schema.steps import Contact
from touches.model.care import PromiseDraft
from touches.time.closed import Closed
from touches.time.local import later


def promises_of_touch(
    step: Contact,
    *,
    lead_id: int,
    owner: str,
    touch_id: int,
    handed_over_at: datetime,
    zone: str,
    closed: Closed | None,
) -> list[PromiseDraft]:
    """One promise for each entry; the clock starts at the hand-over, in the lead's zone."""
    return [
        PromiseDraft(
            lead_id=lead_id,
            text=promise.text,
            by=later(handed_over_at, promise.by, zone, closed),
            owner=owner,
            made_at=handed_over_at,
            made_by=f"step {step.id}",
            touch_id=touch_id,
        )
        for promise in step.promises
    ]
