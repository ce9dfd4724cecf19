"""What a promise needs from a department: a part of it, with a clock of its own."""

from dataclasses import dataclass
from datetime import datetime

from touches.care.local import our_clock
from touches.care.telling import name_of, tell_mailboxes
from touches.engine.office import Office
from touches.errors import NotFound, Refused
from touches.model.care import Promise, PromiseDraft
from touches.model.people import Lead
from touches.store.units import Unit

OWN_SHARE = 3 / 4  # of the time goes to a department, the rest is ours to pass its answer on


class UnknownDepartment(NotFound):
    """The settings name no such department."""

    noun = "department"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a promise needs from others: their part has a clock of its own. `by` None: three quarters of the time."""

    department: str
    by: datetime | None = None


def ask_department(unit: Unit, office: Office, lead: Lead, promise: Promise, need: Need, *, actor: str) -> None:
    """Start the clock of their part and tell them. Raises UnknownDepartment; Refused for a time outside our own."""
    mailbox = office.desk.departments.get(need.department)
    if mailbox is None:
        raise UnknownDepartment(need.department, office.desk.departments)
    now = office.clock.now()
    by = need.by or now + (promise.by - now) * OWN_SHARE
    if not now < by <= promise.by:
        raise Refused("The department's time must lie between now and the promise's own.")
    part = PromiseDraft(
        lead_id=lead.id,
        text=promise.text,
        by=by,
        owner=promise.owner,
        made_at=now,
        made_by=actor,
        department=need.department,
        parent_id=promise.id,
    )
    number = unit.promises.add([part])[0]
    tell_mailboxes(
        unit,
        office,
        [mailbox],
        key=f"need/{number}",
        purpose="warning",
        subject=f"Needed by {our_clock(office.house).named(by)}: {promise.text[:80]}",
        body=asked_of_them(office, lead, part, number),
    )


def asked_of_them(office: Office, lead: Lead, part: Promise | PromiseDraft, number: int) -> str:
    """What they owe, in our own time: they need not know where the customer lives."""
    owner, by = name_of(part.owner, office), our_clock(office.house).named(part.by)
    return (
        f"{owner} promised {lead.full_name or lead.key}: {part.text}\n\n"
        f"Your part is needed by {by}. Answer {owner}. This is promise {number}."
    )
