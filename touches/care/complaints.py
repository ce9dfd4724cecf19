"""Complaints: opened, worked through in five steps, solved, and peace afterwards. While one lasts, nothing is sold."""

from datetime import datetime
from typing import Any

from policies.durations import Duration
from touches.care.complaint_clock import (
    COOL_OFF,
    ComplaintStep,
    Harm,
    Reaction,
    gravity,
    has_cooled,
    is_late,
    priority_of,
    step_after,
    step_deadline,
    why_not_step,
)
from touches.care.holds import apply_holds
from touches.care.local import clock_of
from touches.care.record import note
from touches.care.telling import tell_owner
from touches.engine.enrolling import enroll_by_trigger
from touches.engine.office import Office
from touches.errors import NotFound, Refused
from touches.model.care import COMPLAINT, Activity, CareState, Complaint
from touches.model.people import Lead
from touches.store.units import Unit

ENGINE = "engine"


class UnknownComplaint(NotFound):
    """No complaint has this number."""

    noun = "complaint"
    listing = "touches complaint list"


def open_complaint(
    unit: Unit,
    office: Office,
    lead: Lead,
    text: str,
    *,
    actor: str,
    harm: Harm = Harm.MIDDLE,
    reaction: Reaction = Reaction.CALM,
    cause: str = "",
    owner: str = "",
    company: bool = False,
    source: str = "",
) -> Complaint:
    """Open a case and freeze every policy and channel for the lead, with `company` for everybody there, in the caller's
    transaction. What was planned is held. Harm and reaction set clocks and priority; a cause that is known is not
    looked for. Refused for the company of a lead who has none."""
    if company and lead.company is None:
        raise Refused(f"{lead.key} belongs to no company.", hint="Without --company the lead alone is left in peace.")
    office.library.refresh(unit)
    now = office.clock.now()
    deadline = step_deadline(ComplaintStep.CALM, gravity(harm, reaction), now, clock_of(lead, office.house))
    company_id = lead.company.id if company and lead.company is not None else None
    complaint_id = unit.complaints.add(
        lead_id=lead.id,
        text=text,
        opened_at=now,
        company_id=company_id,
        source=source or actor,
        cause=cause,
        harm=harm.value,
        reaction=reaction.value,
        owner=owner or lead.owner,
        step=ComplaintStep.CALM.value,
        step_by=deadline,
        priority=priority_of(harm, reaction),
        steps=[],
    )
    unit.activities.add([Activity(lead_id=lead.id, kind="complaint", at=now, source=f"complaint {complaint_id}")])
    data = {"complaint": complaint_id}
    note(unit, action="complaint_opened", because=text, actor=actor, at=now, lead_id=lead.id, data=data)
    if company_id is not None:
        unit.complaints.freeze_company(company_id, f"complaint {complaint_id}")
    apply_holds(unit, office, _concerned(unit, lead.id, company_id), because=COMPLAINT, actor=actor)
    opened = get_complaint(unit, complaint_id)
    _tell(unit, office, lead, opened, headline="A complaint", key="opened")
    return opened


def _concerned(unit: Unit, lead_id: int, company_id: int | None) -> list[int]:
    return [lead_id, *(unit.leads.ids(company_id=company_id) if company_id is not None else [])]


def get_complaint(unit: Unit, complaint_id: int) -> Complaint:
    """The case of this number; UnknownComplaint."""
    found = unit.complaints.get(complaint_id)
    if found is None:
        raise UnknownComplaint(str(complaint_id))
    return found


def step_done(
    unit: Unit, office: Office, complaint_id: int, step: ComplaintStep, *, note_text: str, actor: str, compensation: str
) -> Complaint:
    """Note that a step is done; the clock of the next one starts. Raises UnknownComplaint, Refused."""
    complaint = get_complaint(unit, complaint_id)
    why_not = why_not_step(complaint, step)
    if why_not:
        raise Refused(f"Complaint {complaint_id}: {why_not}.")
    now = office.clock.now()
    lead = unit.leads.by_ids([complaint.lead_id])[complaint.lead_id]
    coming = step_after(step, cause_known=bool(complaint.cause))
    changes: dict[str, Any] = {
        "steps": [*complaint.steps, _entry(step, note_text, actor, now)],
        "step": (coming or step).value,
        "step_by": _deadline(office, lead, complaint, coming, now),
        "escalated_at": None,
    }
    if step is ComplaintStep.CAUSE and note_text:
        changes["cause"] = note_text
    if step is ComplaintStep.SOLUTION and note_text:
        changes["solution"] = note_text
    if compensation:
        changes["compensation"] = compensation
    unit.complaints.update(complaint_id, **changes)
    data = {"complaint": complaint_id, "step": step.value}
    because = f"{step}: {note_text}" if note_text else str(step)
    note(unit, action="complaint_step", because=because, actor=actor, at=now, lead_id=complaint.lead_id, data=data)
    return get_complaint(unit, complaint_id)


def _entry(step: ComplaintStep, text: str, actor: str, at: datetime) -> dict[str, str]:
    return {"step": step.value, "at": at.isoformat(), "by": actor, "note": text}


def _deadline(
    office: Office, lead: Lead, complaint: Complaint, coming: ComplaintStep | None, now: datetime
) -> datetime:
    """After the last step, its own time runs on: prove it, then say that it is solved."""
    grave = gravity(Harm(complaint.harm or Harm.MIDDLE), Reaction(complaint.reaction or Reaction.CALM))
    return step_deadline(coming or ComplaintStep.PROVE, grave, now, clock_of(lead, office.house))


def solve_complaint(
    unit: Unit,
    office: Office,
    complaint_id: int,
    *,
    note_text: str,
    actor: str,
    compensation: str = "",
    cool_off: Duration = COOL_OFF,
) -> Complaint:
    """It is solved: the `complaint_solved` policies begin, and selling rests for a while yet. Raises UnknownComplaint,
    Refused."""
    complaint = get_complaint(unit, complaint_id)
    if complaint.state is not CareState.OPEN:
        raise Refused(f"Complaint {complaint_id} is {complaint.state} already.")
    office.library.refresh(unit)
    now = office.clock.now()
    lead = unit.leads.by_ids([complaint.lead_id])[complaint.lead_id]
    unit.complaints.update(
        complaint_id,
        state=CareState.SOLVED.value,
        solved_at=now,
        cool_until=clock_of(lead, office.house).later(now, cool_off),
        step_by=None,
        solution=note_text or complaint.solution,
        compensation=compensation or complaint.compensation,
    )
    data = {"complaint": complaint_id, "cool_off": str(cool_off)}
    note(unit, action="complaint_solved", because=note_text, actor=actor, at=now, lead_id=lead.id, data=data)
    enroll_by_trigger(unit, office, "complaint_solved", [lead.id])
    if cool_off.amount == 0:
        settle_complaint(unit, office, get_complaint(unit, complaint_id), now)
    return get_complaint(unit, complaint_id)


def withdraw_complaint(unit: Unit, office: Office, complaint_id: int, *, because: str, actor: str) -> str:
    """Take it back, for it was entered by mistake: selling goes on, and no figure counts it. Where somebody has worked
    on it since it stays: why, or empty. UnknownComplaint."""
    complaint = get_complaint(unit, complaint_id)
    if complaint.state is not CareState.OPEN:
        return f"it is {complaint.state} already"
    if complaint.steps:
        return f"{complaint.steps[-1]['step']} was done since; `touches complaint solve {complaint_id}` ends it"
    lead = unit.leads.by_ids([complaint.lead_id])[complaint.lead_id]
    unit.activities.take_back(lead.id, "complaint", source=f"complaint {complaint_id}")
    _close(unit, office, complaint, action="complaint_withdrawn", because=because, actor=actor)
    tell_owner(
        unit,
        office,
        complaint.owner,
        key=f"complaint/{complaint_id}/withdrawn",
        purpose="escalation",
        subject=f"Taken back: the complaint of {lead.full_name or lead.key}",
        body=f"{complaint.text}\n\nIt was opened by mistake: {because}. Nothing has to be done.",
    )
    return ""


def settle_complaint(unit: Unit, office: Office, complaint: Complaint, now: datetime) -> bool:
    """Do what its clock asks for; whether anything was done."""
    if has_cooled(complaint, now):
        because = "the time of peace after the complaint is over"
        _close(unit, office, complaint, action="complaint_closed", because=because, actor=ENGINE)
        return True
    if not is_late(complaint, now) or complaint.escalated_at is not None:
        return False
    lead = unit.leads.by_ids([complaint.lead_id])[complaint.lead_id]
    unit.complaints.update(complaint.id, escalated_at=now)
    _tell(unit, office, lead, complaint, headline="Late with a complaint", key=f"late/{complaint.step_by}", others=True)
    because = f"complaint {complaint.id}: {complaint.step} is late"
    note(unit, action="escalated", because=because, actor=ENGINE, at=now, lead_id=lead.id)
    return True


def _close(unit: Unit, office: Office, complaint: Complaint, *, action: str, because: str, actor: str) -> None:
    """Nothing stands against selling for it any more."""
    unit.complaints.update(complaint.id, state=CareState.CLOSED.value, step_by=None)
    others = [one for one in unit.complaints.unsettled() if one.company_id == complaint.company_id]
    if complaint.company_id is not None and not others:
        unit.complaints.freeze_company(complaint.company_id, "")
    data, lead_id = {"complaint": complaint.id}, complaint.lead_id
    note(unit, action=action, because=because, actor=actor, at=office.clock.now(), lead_id=lead_id, data=data)
    waiting = unit.enrollments.leads_waiting_for(COMPLAINT)  # also who works for another company by now
    apply_holds(unit, office, [lead_id, *waiting], because=because, actor=actor)


def _tell(
    unit: Unit, office: Office, lead: Lead, complaint: Complaint, *, headline: str, key: str, others: bool = False
) -> None:
    name = lead.full_name or lead.key
    by = clock_of(lead, office.house).named(complaint.step_by) if complaint.step_by else ""
    tell_owner(
        unit,
        office,
        complaint.owner,
        key=f"complaint/{complaint.id}/{key}",
        purpose="escalation",
        subject=f"{headline}: {name}",
        body=f"{complaint.text}\n\nHarm: {complaint.harm}, reaction: {complaint.reaction}.\n\n"
        f"Now: {complaint.step}, by {by}, local time of the lead."
        f'\n\nWhen it is done: touches complaint step {complaint.id} {complaint.step} --note "…"',
        others=others,
    )
