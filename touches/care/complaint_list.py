"""Complaints as rows, for lists and answers."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from touches.care.complaint_clock import is_late
from touches.model.care import CareState, Complaint
from touches.store.units import Unit


def complaint_rows(
    unit: Unit, now: datetime, *, open_only: bool = False, lead_id: int | None = None
) -> Iterator[Mapping[str, Any]]:
    """The rows of `complaint list`: open ones first, then by priority and age."""
    complaints = unit.complaints.all()
    leads = unit.leads.by_ids({complaint.lead_id for complaint in complaints})
    for complaint in complaints:
        if open_only and complaint.state is not CareState.OPEN:
            continue
        if lead_id is None or complaint.lead_id == lead_id:
            yield complaint_row(complaint, leads[complaint.lead_id].key, now)


def complaint_row(complaint: Complaint, lead: str, now: datetime) -> Mapping[str, Any]:
    """The stable keys of a complaint."""
    return {
        "complaint": complaint.id,
        "lead": lead,
        "lead_id": complaint.lead_id,
        "text": complaint.text,
        "state": complaint.state,
        "step": complaint.step,
        "step_by": complaint.step_by,
        "late": is_late(complaint, now),
        "harm": complaint.harm,
        "reaction": complaint.reaction,
        "priority": complaint.priority,
        "owner": complaint.owner,
        "company": complaint.company_id is not None,
        "cause": complaint.cause,
        "solution": complaint.solution,
        "compensation": complaint.compensation,
        "opened_at": complaint.opened_at,
        "solved_at": complaint.solved_at,
        "cool_until": complaint.cool_until,
        "steps": [dict(step) for step in complaint.steps],
    }
