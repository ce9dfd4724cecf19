"""Notices to leads and to colleagues: confirmations, interim answers, warnings, escalations."""

from touches.engine.office import Office
from touches.model.people import Lead, PointKind
from touches.store.notices import Notice
from touches.store.units import Unit
from touches.time.local import local_date


def mailbox_of(lead: Lead) -> str:
    """Where a notice reaches the lead: a mailbox that works and whose owner did not ask for silence; or empty. An
    opt-out of advertising does not stop an answer."""
    fitting = (point for point in lead.points if point.kind is PointKind.EMAIL and not point.broken)
    return next((point.address for point in fitting if "all" not in point.opted_out), "")


def name_of(owner: str, office: Office) -> str:
    """How customers see an owner; ourselves where nobody owns."""
    colleague = office.colleagues.get(owner)
    return colleague.name if colleague is not None else office.sender.name


def is_away(owner: str, office: Office) -> bool:
    """Whether a colleague is absent today, by the workspace's calendar."""
    colleague = office.colleagues.get(owner)
    today = local_date(office.clock.now(), office.house.timezone)
    return colleague is not None and any(span.holds(today) for span in colleague.absent)


def tell_lead(unit: Unit, office: Office, lead: Lead, *, key: str, purpose: str, subject: str, body: str) -> bool:
    """One notice to the lead; False where no mailbox can be used. The same key is told once."""
    mailbox = mailbox_of(lead)
    if not mailbox or lead.dead:
        return False
    notice = Notice(key=key, purpose=purpose, recipient=mailbox, subject=subject, body=body, lead_id=lead.id)
    unit.notices.add(notice, at=office.clock.now())
    return True


def tell_owner(
    unit: Unit, office: Office, owner: str, *, key: str, purpose: str, subject: str, body: str, others: bool = False
) -> int:
    """One notice to the owner; with `others`, and where the owner is away or has no mailbox, to everybody of
    `[alerts] to` as well. How many go out."""
    colleague = office.colleagues.get(owner)
    mailboxes = [colleague.email] if colleague is not None and colleague.email else []
    if others or not mailboxes or is_away(owner, office):
        mailboxes += office.desk.alerts
    return tell_mailboxes(unit, office, mailboxes, key=key, purpose=purpose, subject=subject, body=body)


def tell_mailboxes(
    unit: Unit, office: Office, mailboxes: list[str], *, key: str, purpose: str, subject: str, body: str
) -> int:
    """One notice to each mailbox, once for the key."""
    return sum(
        unit.notices.add(
            Notice(key=f"{key}/{mailbox}", purpose=purpose, recipient=mailbox, subject=subject, body=body),
            at=office.clock.now(),
        )
        for mailbox in dict.fromkeys(mailboxes)
    )
