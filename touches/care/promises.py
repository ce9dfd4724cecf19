"""Promises: made, warned of, kept, renewed, and what happens when one is broken."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from touches.care.holds import apply_holds
from touches.care.local import clock_of
from touches.care.promise_clock import PromiseStep, is_overdue, promise_due
from touches.care.record import note
from touches.care.telling import name_of, tell_lead, tell_mailboxes, tell_owner
from touches.care.wording import wording_for
from touches.engine.office import Office
from touches.errors import NotFound, Refused
from touches.model.care import CareState, Promise, PromiseDraft
from touches.model.people import Lead
from touches.store.units import Unit

ENGINE = "engine"
OWN_SHARE = 3 / 4  # of the time goes to a department, the rest is ours to pass its answer on


class UnknownPromise(NotFound):
    """No promise has this number."""

    noun = "promise"
    listing = "touches promise list"


class UnknownDepartment(NotFound):
    """The settings name no such department."""

    noun = "department"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a promise needs from others: their part has a clock of its own. `by` None: three quarters of the time."""

    department: str
    by: datetime | None = None


def add_promise(
    unit: Unit,
    office: Office,
    lead: Lead,
    text: str,
    *,
    by: datetime,
    actor: str,
    owner: str = "",
    need: Need | None = None,
    touch_id: int | None = None,
) -> Promise:
    """Record a promise and start its clock. Refused for no words or a time that has passed; UnknownDepartment."""
    now = office.clock.now()
    if not text.strip():
        raise Refused("A promise without words is none.", hint="Write what we said we would do.")
    if by <= now:
        shown = clock_of(lead, office.house).shown(by)
        raise Refused(f"{shown} (local time of the lead) has passed.", hint="A promise needs a time to come.")
    draft = PromiseDraft(
        lead_id=lead.id,
        text=text,
        by=by,
        owner=owner or lead.owner,
        made_at=now,
        made_by=actor,
        touch_id=touch_id,
    )
    promise_id = unit.promises.add([draft])[0]
    data = {"promise": promise_id}
    because = f"{text}, by {by.isoformat()}"
    note(unit, action="promised", because=because, actor=actor, at=now, lead_id=lead.id, data=data)
    if need is not None:
        _ask_department(unit, office, lead, draft, promise_id, need, now)
    return get_promise(unit, promise_id)


def _ask_department(
    unit: Unit, office: Office, lead: Lead, draft: PromiseDraft, promise_id: int, need: Need, now: datetime
) -> None:
    mailbox = office.desk.departments.get(need.department)
    if mailbox is None:
        raise UnknownDepartment(need.department, office.desk.departments)
    by = need.by or now + (draft.by - now) * OWN_SHARE
    if not now < by <= draft.by:
        raise Refused("The department's time must lie between now and the promise's own.")
    part = PromiseDraft(
        lead_id=lead.id,
        text=draft.text,
        by=by,
        owner=draft.owner,
        made_at=now,
        made_by=draft.made_by,
        department=need.department,
        parent_id=promise_id,
    )
    part_id = unit.promises.add([part])[0]
    owner = name_of(draft.owner, office)
    tell_mailboxes(
        unit,
        office,
        [mailbox],
        key=f"need/{part_id}",
        purpose="warning",
        subject=f"Needed by {by:%Y-%m-%d %H:%M} UTC: {draft.text[:80]}",
        body=f"{owner} promised a customer: {draft.text}\n\n"
        f"Your part is needed by {by:%Y-%m-%d %H:%M} UTC. Answer {owner}. This is promise {part_id}.",
    )


def get_promise(unit: Unit, promise_id: int) -> Promise:
    """The promise of this number; UnknownPromise."""
    found = unit.promises.get(promise_id)
    if found is None:
        raise UnknownPromise(str(promise_id))
    return found


def _running(unit: Unit, promise_id: int) -> Promise:
    promise = get_promise(unit, promise_id)
    if promise.state not in (CareState.OPEN, CareState.BROKEN):
        raise Refused(f"Promise {promise_id} is {promise.state} already.")
    return promise


def keep_promise(unit: Unit, office: Office, promise_id: int, *, evidence: str, actor: str) -> Promise:
    """It is done: what departments owed to it is closed, and selling goes on. Raises UnknownPromise, Refused."""
    promise = _running(unit, promise_id)
    now = office.clock.now()
    unit.promises.update([promise_id], state=CareState.KEPT.value, evidence=evidence, kept_at=now)
    parts = [part.id for part in unit.promises.parts_of(promise_id) if part.state in (CareState.OPEN, CareState.BROKEN)]
    unit.promises.update(parts, state=CareState.CLOSED.value)
    late = "" if now <= promise.by else ", late"
    because = f"kept{late}: {evidence}" if evidence else f"kept{late}"
    data = {"promise": promise_id}
    note(unit, action="promise_kept", because=because, actor=actor, at=now, lead_id=promise.lead_id, data=data)
    apply_holds(unit, office, [promise.lead_id], because="the promise was kept", actor=actor)
    return get_promise(unit, promise_id)


def renew_promise(unit: Unit, office: Office, promise_id: int, *, by: datetime, reason: str, actor: str) -> Promise:
    """A new deadline, which is counted and needs a reason. Raises UnknownPromise, Refused."""
    promise = _running(unit, promise_id)
    now = office.clock.now()
    if not reason.strip():
        raise Refused("A renewed promise needs a reason.", hint="Say with --reason what the customer was told.")
    if by <= now:
        raise Refused("The new time has passed.", hint="A promise needs a time to come.")
    unit.promises.update(
        [promise_id],
        state=CareState.OPEN.value,
        by=by,
        renewals=promise.renewals + 1,
        renewal_reason=reason,
        warned_at=None,
        interim_at=None,
        escalated_at=None,
    )
    data = {"promise": promise_id, "from": promise.by.isoformat(), "to": by.isoformat()}
    note(unit, action="promise_renewed", because=reason, actor=actor, at=now, lead_id=promise.lead_id, data=data)
    apply_holds(unit, office, [promise.lead_id], because="the promise was renewed", actor=actor)
    return get_promise(unit, promise_id)


def close_promise(unit: Unit, promise: Promise) -> None:
    """Take it back: what made it was undone."""
    unit.promises.update([promise.id], state=CareState.CLOSED.value)


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


def _tell(
    unit: Unit, office: Office, lead: Lead, promise: Promise, *, purpose: str, headline: str, others: bool
) -> None:
    by = clock_of(lead, office.house).shown(promise.by)
    key = f"promise/{promise.id}/{promise.renewals}/{purpose}"
    subject = f"{headline}: {promise.text[:80]} ({lead.full_name or lead.key})"
    body = (
        f"Promised to {lead.full_name or lead.key} by {by}, local time of the lead: {promise.text}\n\n"
        f'Done: touches promise keep {promise.id} --evidence "…"\n\n'
        f'Not yet: call, then touches promise renew {promise.id} --by … --reason "…"'
    )
    mailbox = office.desk.departments.get(promise.department, "")
    if mailbox:
        tell_mailboxes(unit, office, [mailbox], key=key, purpose=purpose, subject=subject, body=body)
    if not mailbox or others:
        tell_owner(unit, office, promise.owner, key=key, purpose=purpose, subject=subject, body=body, others=others)


def promise_rows(
    unit: Unit, now: datetime, *, open_only: bool = False, overdue_only: bool = False, lead_id: int | None = None
) -> Iterator[Mapping[str, Any]]:
    """The rows of `promise list`, the earliest deadline first."""
    promises = unit.promises.running() if open_only or overdue_only else unit.promises.all()
    leads = unit.leads.by_ids({promise.lead_id for promise in promises})
    for promise in promises:
        overdue = is_overdue(promise, now)
        if (overdue_only and not overdue) or (lead_id is not None and promise.lead_id != lead_id):
            continue
        yield promise_row(promise, leads[promise.lead_id].key, overdue=overdue)


def promise_row(promise: Promise, lead: str, *, overdue: bool) -> Mapping[str, Any]:
    """The stable keys of a promise."""
    return {
        "promise": promise.id,
        "lead": lead,
        "lead_id": promise.lead_id,
        "text": promise.text,
        "by": promise.by,
        "owner": promise.owner,
        "state": promise.state,
        "overdue": overdue,
        "department": promise.department,
        "part_of": promise.parent_id,
        "touch": promise.touch_id,
        "renewals": promise.renewals,
        "renewal_reason": promise.renewal_reason,
        "made_at": promise.made_at,
        "kept_at": promise.kept_at,
        "evidence": promise.evidence,
    }


def call_back_promise(
    unit: Unit, office: Office, lead: Lead, *, at: datetime, grace: timedelta, touch_id: int, actor: str
) -> Promise:
    """A call agreed for an hour is a promise like any other."""
    shown = clock_of(lead, office.house).shown(at)
    return add_promise(unit, office, lead, f"Call at {shown}", by=at + grace, actor=actor, touch_id=touch_id)
