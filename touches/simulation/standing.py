"""What stands against selling when the play begins, and when it ends by itself: people settle the rest."""

from datetime import datetime

from touches.care.complaint_clock import keeps_selling_away
from touches.care.holds import leads_held, standing
from touches.model.care import CareState
from touches.simulation.people import NEVER
from touches.simulation.timetable import to_micros
from touches.store.units import Unit


def held_until(unit: Unit, now: datetime) -> dict[int, int]:
    """For each lead that something stands against, the instant from which on nothing does: when a conversation has
    stalled, or the peace after a complaint is over. NEVER for an open complaint and a broken promise."""
    against = standing(unit, now)
    ends = dict.fromkeys(leads_held(unit, against), 0)
    for talk in unit.conversations.open():
        if talk.lead_id in against.talking:
            _extend(ends, [talk.lead_id], to_micros(talk.stalled_at))
    for complaint in unit.complaints.unsettled():
        if keeps_selling_away(complaint, now):
            settled = complaint.state is not CareState.OPEN and complaint.cool_until is not None
            until = to_micros(complaint.cool_until) if settled and complaint.cool_until is not None else NEVER
            colleagues = unit.leads.ids(company_id=complaint.company_id) if complaint.company_id is not None else []
            _extend(ends, [complaint.lead_id, *colleagues], until)
    _extend(ends, list(against.let_down), NEVER)
    return ends


def _extend(ends: dict[int, int], lead_ids: list[int], until: int) -> None:
    for lead_id in lead_ids:
        ends[lead_id] = max(ends.get(lead_id, 0), until)
