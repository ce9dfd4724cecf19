"""Reads one mail: every message ends in exactly one class. The order of the rules is the meaning."""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from channels.inbound import limits
from channels.inbound.bounces import BounceFound, find_bounce
from channels.inbound.feedback import feedback_type
from channels.inbound.letter import Letter, read_letter
from channels.inbound.machines import machine_reason
from channels.inbound.marks import Marks, find_marks, loop_reason
from channels.inbound.optouts import by_a_program, opt_out_reason
from channels.inbound.replies import reply_text
from channels.inbound.return_dates import return_date
from channels.inbound.senders import sender_address
from channels.inbound.values import InboundKind, InboundMail, OurMarks

_DISOWNED = re.compile(r"\bdmarc\s*=\s*fail\b", re.IGNORECASE)
_COMPLAINTS_NOT = frozenset({"not-spam"})  # "this is no spam after all"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verdict:
    kind: InboundKind
    because: str
    machine: bool = True
    bounce: BounceFound | None = None
    feedback: str = ""


def classify_mail(raw: bytes, *, now: datetime, ours: OurMarks, size: int | None = None) -> InboundMail:
    """Read one message as it lies in a mailbox. Never raises; what breaks the reader is POISON with the reason.

    Only the first MB is looked at; `size` is the whole size where the caller fetched less. `now` (aware) gives years
    and weekdays in absence notes their meaning. For mail from outside prefer `worker.MailWorker`, which also bounds
    time and memory.
    """
    total = len(raw) if size is None else size
    try:
        data = limits.unix_lines(raw[: limits.READ_AT_MOST])
        limits.refuse_hostile(data)
        mail = _read(read_letter(data), now=now, ours=ours)
    except limits.TooMuchError as error:
        mail = poison(f"over a limit: {error}")
    except Exception as error:  # noqa: BLE001 - a mail may break any reader; it must still end in a class
        mail = poison(f"unreadable: {type(error).__name__}")
    return replace(mail, size=total, digest=digest_of(raw))


def poison(because: str) -> InboundMail:
    """The mail that could not be read: a person looks at it."""
    return InboundMail(kind=InboundKind.POISON, because=because, machine=True)


def digest_of(raw: bytes) -> str:
    """Names the bytes, for de-duplication: blake2b of 128 bits, hex."""
    return hashlib.blake2b(raw, digest_size=16).hexdigest()


def _read(letter: Letter, *, now: datetime, ours: OurMarks) -> InboundMail:
    marks = find_marks(letter, ours)
    written = reply_text(letter.body)
    verdict = _judge(letter, marks=marks, written=written, ours=ours)
    return InboundMail(
        kind=verdict.kind,
        because=verdict.because,
        machine=verdict.machine,
        sender=sender_address(letter),
        recipients=marks.recipients[:50],
        token=marks.tokens[0] if marks.tokens else "",
        tokens=marks.tokens[:20],
        references=marks.references[:50],
        in_reply_to=marks.in_reply_to[:50],
        message_id=_message_id(letter),
        subject=letter.header("subject")[:1000],
        sent_at=_sent_at(letter),
        text=written,
        full_text=letter.body[: limits.FULL_TEXT],
        bounces=verdict.bounce.facts if verdict.bounce else (),
        feedback=verdict.feedback,
        return_date=_back_on(letter, now=now) if _may_name_a_return(verdict) else None,
        disowned=any(_DISOWNED.search(value) for value in letter.all_headers("authentication-results")),
        auto_submitted=letter.header("auto-submitted").partition(";")[0].strip().lower()[:60],
    )


def _judge(letter: Letter, *, marks: Marks, written: str, ours: OurMarks) -> _Verdict:
    """Loops first, then reports about mail, then opt-outs, then machines; who is left is a person."""
    if reason := loop_reason(letter, ours):
        return _Verdict(kind=InboundKind.LOOP, because=reason)
    if feedback := feedback_type(letter):
        kind = InboundKind.AUTO_REPLY if feedback in _COMPLAINTS_NOT else InboundKind.COMPLAINT_FEEDBACK
        return _Verdict(kind=kind, because=f"feedback: {feedback}", feedback=feedback)
    if bounce := find_bounce(letter):
        return _Verdict(kind=bounce.kind or InboundKind.AUTO_REPLY, because=bounce.because, bounce=bounce)
    asked = marks.to_unsubscribe or by_a_program(letter)
    if asked and (reason := opt_out_reason(letter, written=written, to_unsubscribe=True)):
        return _Verdict(kind=InboundKind.UNSUBSCRIBE, because=reason, machine=True)
    addressed = any("+" in address and address.rpartition("@")[2] in ours.domains for address in marks.recipients)
    if reason := machine_reason(letter, quotes_us=bool(marks.references), addressed=addressed):
        return _Verdict(kind=InboundKind.AUTO_REPLY, because=reason)
    if reason := opt_out_reason(letter, written=written, to_unsubscribe=False):
        return _Verdict(kind=InboundKind.UNSUBSCRIBE, because=reason, machine=False)
    return _Verdict(kind=InboundKind.HUMAN_REPLY, because="no rule of a machine", machine=False)


def _message_id(letter: Letter) -> str:
    value = letter.header("message-id").strip()
    found = re.search(r"<([^<>\s]{1,400})>", value)
    return found[1] if found else value[:400]


def _sent_at(letter: Letter) -> datetime | None:
    """The Date header, aware; a zone it does not name counts as UTC."""
    from email.utils import parsedate_to_datetime

    try:
        sent = parsedate_to_datetime(letter.header("date")[:200])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return sent if sent.tzinfo else sent.replace(tzinfo=UTC)


def _may_name_a_return(verdict: _Verdict) -> bool:
    """Receipts and reports name the day of the mail, acknowledgements the hours of a desk; neither is a return."""
    others = ("receipt", "dsn", "feedback", "acknowledgement", "calendar", "sender: domain report", "list copy")
    return verdict.kind is InboundKind.AUTO_REPLY and not verdict.because.startswith(others)


def _back_on(letter: Letter, *, now: datetime) -> date | None:
    sent = _sent_at(letter)
    offset = sent.strftime("%z") if sent else ""
    lines = [line for line in letter.body.splitlines() if not line.lstrip().startswith(">")]
    note = "\n".join([letter.header("subject"), *lines[:200]])
    return return_date(note, now=now, sent_offset=offset)
