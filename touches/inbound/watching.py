"""Too many complaints, or a flood of messages that nobody can read: an operator is told."""

from datetime import timedelta

from touches.engine.alarms import alarm
from touches.engine.office import Office
from touches.store.units import Unit

COMPLAINT = "complaint_feedback"
POISON = "poison"
WEEK = timedelta(days=7)
# Mailbox providers: stay below 0.1 %, never reach 0.3 %.
WARN_ABOVE, NEVER_ABOVE = 0.001, 0.003
POISON_AN_HOUR = 10


def too_many_complaints(complaints: int, sent: int) -> str:
    """What to say of so many "this is spam" among so many mails; empty while there are few."""
    rate = complaints / max(sent, complaints, 1)
    if rate > NEVER_ABOVE:
        return "more than 0.3 % of our mails are reported as spam"
    return "more than 0.1 % of our mails are reported as spam" if rate > WARN_ABOVE else ""


def watch_complaints(unit: Unit, office: Office) -> str:
    """Count the last seven days; each level is told once a day."""
    now = office.clock.now()
    complaints = unit.inbound.count(COMPLAINT, since=now - WEEK)
    sent = unit.touches.handed_over_since("email", now - WEEK)
    subject = too_many_complaints(complaints, sent)
    if subject and unit.switches.first_time("complaint rate", f"{subject}/{now:%Y%m%d}", at=now):
        body = (
            f"{complaints} of {sent} mails of the last seven days.\n\nMailbox providers take 0.1 % as the limit and "
            "block from 0.3 % on. Look at who is enrolled and how they came to us; `touches pause --all` stops sending."
        )
        alarm(unit, office, subject=subject, body=body)
    return subject


def watch_poison(unit: Unit, office: Office) -> str:
    """Ten an hour are no accident."""
    now = office.clock.now()
    count = unit.inbound.count(POISON, since=now - timedelta(hours=1))
    if count < POISON_AN_HOUR:
        return ""
    subject = "messages that cannot be read keep coming"
    body = f"{count} within an hour. Look at them: touches inbound review list"
    if unit.switches.first_time("poison", f"{now:%Y%m%d%H}", at=now):
        alarm(unit, office, subject=subject, body=body)
    return subject
