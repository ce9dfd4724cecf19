"""What the clock of a promise does: warns, answers the customer for the time being, tells others."""

from datetime import datetime

from touches.care.departments import asked_of_them
from touches.care.holds import apply_holds
from touches.care.local import clock_of, our_clock
from touches.care.promise_clock import PromiseStep, how_to_keep, promise_due
from touches.care.record import note
from touches.care.telling import name_of, tell_lead, tell_mailboxes, tell_owner
from touches.care.wording import wording_for
from touches.engine.office import Office
from touches.model.care import CareState, Promise
from touches.model.people import Lead
from touches.store.units import Unit

ENGINE = "engine"


def settle_promise(unit: Unit, office: Office, promise: Promise, now: datetime) -> bool:
    """Do what its clock asks for; whether anything was done."""
    steps = promise_due(promise, now)
    lead = unit.leads.by_ids([promise.lead_id])[promise.lead_id] if steps else None
    if lead is None:
        return False
    for step in steps:
        if step is PromiseStep.WARN:
            _warn(unit, office, lead, promise, now)
        elif step is PromiseStep.INTERIM:
            _answer_for_now(unit, office, lead, promise, now)
        else:
            _escalate(unit, office, lead, promise, now)
    return True


def _warn(unit: Unit, office: Office, lead: Lead, promise: Promise, now: datetime) -> None:
    unit.promises.update([promise.id], warned_at=now)
    _tell(unit, office, lead, promise, purpose="warning", headline="Soon due", others=False)


def _answer_for_now(unit: Unit, office: Office, lead: Lead, promise: Promise, now: datetime) -> None:
    """With or without a result, the customer hears from us at the time that we named."""
    words = wording_for(lead.language)
    by = clock_of(lead, office.house).shown(promise.by)
    owner = name_of(promise.owner, office)
    body = "\n\n".join(
        (
            words.greet(lead.first_name or lead.full_name),
            words.interim.format(by=by, text=promise.text),
            words.interim_next.format(owner=owner),
        )
    )
    told = tell_lead(
        unit,
        office,
        lead,
        key=f"interim/{promise.id}/{promise.renewals}",
        purpose="interim",
        subject=words.interim_subject.format(text=promise.text[:80]),
        body=body,
    )
    unit.promises.update([promise.id], interim_at=now)
    because = "told that it is not done yet" if told else "no mailbox: the customer was not told, call"
    data = {"promise": promise.id}
    note(unit, action="interim_answer", because=because, actor=ENGINE, at=now, lead_id=lead.id, data=data)


def _escalate(unit: Unit, office: Office, lead: Lead, promise: Promise, now: datetime) -> None:
    unit.promises.update([promise.id], state=CareState.BROKEN.value, escalated_at=now)
    _tell(unit, office, lead, promise, purpose="escalation", headline="Overdue", others=True)
    data = {"promise": promise.id}
    because = f"overdue: {promise.text}"
    note(unit, action="escalated", because=because, actor=ENGINE, at=now, lead_id=lead.id, data=data)
    apply_holds(unit, office, [lead.id], because=because, actor=ENGINE)


def tell_of_delay(unit: Unit, office: Office, promise: Promise) -> None:
    """It was put off so often that somebody else must see to it."""
    lead = unit.leads.by_ids([promise.lead_id])[promise.lead_id]
    times = f"Put off {promise.renewals} times"
    _tell(unit, office, lead, promise, purpose="escalation", headline=times, others=True, key="delay")


def _tell(
    unit: Unit,
    office: Office,
    lead: Lead,
    promise: Promise,
    *,
    purpose: str,
    headline: str,
    others: bool,
    key: str = "",
) -> None:
    key = f"promise/{promise.id}/{promise.renewals}/{key or purpose}"
    subject = f"{headline}: {promise.text[:80]} ({lead.full_name or lead.key})"
    mailbox = office.desk.departments.get(promise.department, "")
    if mailbox:
        asked = asked_of_them(office, lead, promise, promise.id)
        tell_mailboxes(unit, office, [mailbox], key=key, purpose=purpose, subject=subject, body=asked)
    if not mailbox or others:
        body = _for_owner(office, lead, promise)
        tell_owner(unit, office, promise.owner, key=key, purpose=purpose, subject=subject, body=body, others=others)


def _for_owner(office: Office, lead: Lead, promise: Promise) -> str:
    name, by = lead.full_name or lead.key, clock_of(lead, office.house).named(promise.by)
    what = f"Promised to {name} by {by}, local time of the lead: {promise.text}"
    if promise.department:
        needed = our_clock(office.house).named(promise.by)
        what = f"{promise.department} owes its part of what was promised to {name}, needed by {needed}: {promise.text}"
    return (
        f"{what}\n\nDone: {how_to_keep(promise)}\n\n"
        f'Not yet: call, then touches promise renew {promise.id} --by … --reason "…"'
    )
