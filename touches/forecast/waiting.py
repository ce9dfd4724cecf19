"""Touches that wait for news already: for whom the next piece is wanted now, not in the weeks to come."""

from dataclasses import dataclass
from datetime import datetime

from touches.care.finding_news import NO_NEWS
from touches.engine.office import Office
from touches.model.cadence import Touch
from touches.planning.next_touch import spec_of
from touches.simulation.timetable import to_micros
from touches.store.units import Unit

BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One of them: whose it is, and which kinds of news would let it go. `since` is today at the earliest."""

    policy: str
    step: str
    number: int
    segment: str
    language: str
    since: int
    kinds: tuple[str, ...]


def waiting_for_news(unit: Unit, office: Office, start: datetime) -> dict[tuple[int, str, str], Waiting]:
    """By lead, policy and step: what is held for want of news."""
    found: dict[tuple[int, str, str], Waiting] = {}
    after = 0
    while touches := unit.touches.held(after=after, limit=BATCH):
        after = touches[-1].id
        starved = [touch for touch in touches if touch.reason == NO_NEWS and touch.lead_id is not None]
        leads = unit.leads.by_ids({touch.lead_id for touch in starved if touch.lead_id is not None})
        for touch in starved:
            lead = leads[touch.lead_id or 0]
            found[lead.id, touch.policy, touch.step] = Waiting(
                policy=touch.policy,
                step=touch.step,
                number=touch.number,
                segment=lead.segment,
                language=lead.language,
                since=to_micros(start),
                kinds=_kinds(unit, office, touch),
            )
    return found


def _kinds(unit: Unit, office: Office, touch: Touch) -> tuple[str, ...]:
    if touch.enrollment_id is None:
        return ("any",)
    policy, _ = office.library.policy(unit, touch.policy, touch.version)
    step = policy.step_by_id(touch.step)
    return (spec_of(step, touch.variant).kind if step is not None else ()) or ("any",)
