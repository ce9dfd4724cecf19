"""Writes down what touches promise when they are handed over, in the transaction that records it."""

from datetime import datetime

from touches.engine.office import Office
from touches.model.cadence import Touch
from touches.model.care import CareState
from touches.model.people import Lead
from touches.planning.house import closed_for, zones_of
from touches.planning.promises import promises_of_touch
from touches.store.events import Event
from touches.store.units import Unit


def make_promises(unit: Unit, office: Office, touch: Touch, lead: Lead, *, at: datetime) -> list[int]:
    """The promises of the touch's step, each once for a touch, unless it was taken back; the ids of those that were
    made. Urgent news promises nothing."""
    if touch.enrollment_id is None:
        return []
    policy, _ = office.library.policy(unit, touch.policy, touch.version)
    step = policy.step_by_id(touch.step)
    if step is None or not step.promises:
        return []
    standing = {one.text for one in unit.promises.of_touch(touch.id) if one.state is not CareState.CLOSED}
    wanted = promises_of_touch(
        step,
        lead_id=lead.id,
        owner=lead.owner,
        touch_id=touch.id,
        handed_over_at=at,
        zone=zones_of(lead, None, office.house).main,
        closed=closed_for(policy, lead, office.house),
    )
    drafts = [draft for draft in wanted if draft.text not in standing]
    made = unit.promises.add(drafts)
    events = [
        Event(
            at=at,
            action="promised",
            because=f"{draft.text}, by {draft.by.isoformat()}",
            lead_id=lead.id,
            enrollment_id=touch.enrollment_id,
            touch_id=touch.id,
            data={"promise": promise_id},
        )
        for promise_id, draft in zip(made, drafts, strict=True)
    ]
    unit.events.add(events)
    return made
