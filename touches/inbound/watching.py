"""Too many complaints, or a flood of messages that nobody can read: an operator is told, and selling stops where
mailbox providers would stop it."""

from datetime import datetime, timedelta

from touches.engine.alarms import alarm
from touches.engine.office import Office
from touches.engine.recording import OWED_ONLY
from touches.store.units import Unit

RELEASED = "complaints released"
COMPLAINT = "complaint_feedback"
POISON = "poison"
WEEK = timedelta(days=7)
# Mailbox providers: stay below 0.1 %, never reach 0.3 %.
WARN_ABOVE, NEVER_ABOVE = 0.001, 0.003
AT_LEAST = 2  # complaints, before anything stops: one among a few mails is no rate
POISON_AN_HOUR = 10


def too_many_complaints(complaints: int, sent: int) -> str:
    """What to say of so many "this is spam" among so many mails; empty while there are few."""
    rate = complaints / max(sent, complaints, 1)
    if rate > NEVER_ABOVE:
        return "more than 0.3 % of our mails are reported as spam"
    return "more than 0.1 % of our mails are reported as spam" if rate > WARN_ABOVE else ""


def watch_complaints(unit: Unit, office: Office) -> str:
    """Count the last seven days, or since a person let mail go on; each level is told once a day. Above 0.3 % nothing
    but notices leaves by mail until a person has looked."""
    now = office.clock.now()
    since = max(now - WEEK, released_at(unit) or now - WEEK)
    complaints, sent = unit.inbound.count(COMPLAINT, since=since), unit.vitals.handed_over_since("email", since)
    subject = too_many_complaints(complaints, sent)
    if subject and complaints >= AT_LEAST and complaints / max(sent, complaints) > NEVER_ABOVE:
        unit.switches.set(OWED_ONLY + "email", f"{subject}: {complaints} of {sent}", at=now)
    if subject and unit.switches.first_time("complaint rate", f"{subject}/{now:%Y%m%d}", at=now):
        body = (
            f"{complaints} of {sent} mails of the last seven days.\n\nMailbox providers take 0.1 % as the limit and "
            "block from 0.3 % on. Above that nothing but notices leaves by mail, from the second complaint on. Look at "
            "who is enrolled and how they came to us; then: touches outbox release"
        )
        alarm(unit, office, subject=subject, body=body)
    return subject


def released_at(unit: Unit) -> datetime | None:
    """When a person last let mail go on after too many complaints."""
    found = unit.switches.get(RELEASED)
    return datetime.fromisoformat(found) if found else None


def release(unit: Unit, *, at: datetime, by: str) -> dict[str, str]:
    """Let everything leave again on the channels where only notices did; they, with the reasons. What was complained of
    before counts no more."""
    stopped = {key.removeprefix(OWED_ONLY): why for key, why in unit.switches.under(OWED_ONLY).items() if why}
    for channel in stopped:
        unit.switches.set(OWED_ONLY + channel, "", at=at, by=by)
        unit.switches.set(RELEASED, at.isoformat(), at=at, by=by)
    return stopped


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
