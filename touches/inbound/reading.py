"""One mail as bytes, read apart from us, matched and acted on: what the mailbox and the MTA's filter share."""

from dataclasses import replace
from datetime import datetime, timedelta

from channels.inbound.mail import digest_of, poison
from channels.inbound.values import InboundMail, OurMarks
from channels.inbound.worker import MailWorker
from touches.engine.alarms import alarm
from touches.engine.office import Office
from touches.errors import DatabaseError
from touches.inbound.doing import Taken
from touches.inbound.mail import take_mail
from touches.inbound.marks import our_marks

LATE, BELIEVED = timedelta(days=1), timedelta(days=365)


def marks_of_office(office: Office) -> OurMarks:
    """By what a reader knows our own things."""
    return our_marks(mail_domain=office.desk.mail_domain, sender=office.sender.email)


def read(office: Office, worker: MailWorker, raw: bytes, *, size: int, recipient: str = "") -> InboundMail:
    """Classify in the child process. `recipient` is the envelope's, where an MTA tells it: a mark may stand nowhere
    else. Raises WorkerError."""
    offered = _with_recipient(raw, recipient)
    now, ours = office.clock.now(), marks_of_office(office)
    mail = worker.classify(offered, now=now, ours=ours, size=size)
    if _is_late_note(mail, now) and mail.sent_at is not None:
        mail = worker.classify(offered, now=mail.sent_at, ours=ours, size=size)
    return replace(mail, digest=digest_of(raw))


def _is_late_note(mail: InboundMail, now: datetime) -> bool:
    """Days and months in an absence note count from when it was written, not from when we came to read it."""
    return mail.return_date is not None and mail.sent_at is not None and LATE < now - mail.sent_at < BELIEVED


def take_or_set_aside(office: Office, mail: InboundMail) -> Taken:
    """Act on one mail. If acting on it breaks on our side it is set aside for a person, so that those behind it are not
    held up. Raises DatabaseError."""
    try:
        return take_mail(office, mail)
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 - one mail never holds up the mailbox
        reason = f"acting on it broke: {type(error).__name__}: {error}"
    with office.store.write() as unit:
        alarm(unit, office, subject="a message that came back could not be acted on", body=reason)
    broken = replace(poison(reason), digest=mail.digest, message_id=mail.message_id, size=mail.size)
    return take_mail(office, replace(broken, sender=mail.sender, subject=mail.subject, text=mail.text))


def _with_recipient(raw: bytes, recipient: str) -> bytes:
    if not recipient or not recipient.isascii() or not recipient.isprintable() or len(recipient) > 320:
        return raw
    return b"Delivered-To: " + recipient.encode("ascii") + b"\n" + raw
