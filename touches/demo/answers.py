"""Mails that people and mail servers of the demo write, as the bytes that a mail server would hand in."""

from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from touches.demo.arrivals import Arrival
from touches.demo.chance import Chance
from touches.demo.crowd import Deed, Kind
from touches.demo.wording import ABSENCES, REPLIES, STOPS


def answer_to(deed: Deed, arrival: Arrival, *, name: str, language: str, chance: Chance) -> bytes:
    """The mail that a deed sends in answer to `arrival`. ValueError for a deed that sends none."""
    match deed.kind:
        case Kind.REPLY:
            return _reply(deed, arrival, name, chance.pick(REPLIES.get(language, REPLIES["en"]), "words", deed.lead))
        case Kind.OPT_OUT if arrival.opt_out_to and chance.happens(0.5, "button", deed.lead):
            return _unsubscribe(deed, arrival)
        case Kind.OPT_OUT:
            return _reply(deed, arrival, name, STOPS.get(language, STOPS["en"]))
        case Kind.AWAY:
            return _absence(deed, arrival, name, language)
        case Kind.LATE_BOUNCE:
            return _bounce(deed, arrival)
    raise ValueError(f"{deed.kind} writes no mail")


def _reply(deed: Deed, arrival: Arrival, name: str, text: str) -> bytes:
    mail = _answer(deed, arrival, name, f"Re: {arrival.subject}")
    quoted = "\n".join(f"> {line}" for line in arrival.text.strip().splitlines()[:12])
    mail.set_content(f"{text}\n\n{name}\n\n{quoted}\n")
    return mail.as_bytes()


def _unsubscribe(deed: Deed, arrival: Arrival) -> bytes:
    mail = _new(deed.at, arrival.address, arrival.opt_out_to, "unsubscribe", deed)
    mail.set_content("")
    return mail.as_bytes()


def _absence(deed: Deed, arrival: Arrival, name: str, language: str) -> bytes:
    subject, text = ABSENCES.get(language, ABSENCES["en"])
    mail = _answer(deed, arrival, name, f"{subject}: {arrival.subject}")
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content(text.format(day=f"{deed.at + timedelta(days=7):%d.%m.%Y}") + f"\n\n{name}\n")
    return mail.as_bytes()


def _answer(deed: Deed, arrival: Arrival, name: str, subject: str) -> EmailMessage:
    mail = _new(deed.at, arrival.address, arrival.reply_to, subject, deed, name=name)
    mail["In-Reply-To"] = mail["References"] = f"<{arrival.message_id}>"
    return mail


def _new(at: datetime, sender: str, to: str, subject: str, deed: Deed, *, name: str = "") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = Address(display_name=name, addr_spec=sender)
    mail["To"] = to
    mail["Subject"] = " ".join(subject.split())
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{deed.kind}.{at:%Y%m%d%H%M%S}.{deed.lead}@{sender.rpartition('@')[2]}>"
    return mail


def _bounce(deed: Deed, arrival: Arrival) -> bytes:
    """A delivery report by RFC 3464."""
    host = arrival.address.rpartition("@")[2]
    report = EmailMessage()
    report["From"] = f"Mail Delivery System <mailer-daemon@{host}>"
    report["To"] = arrival.back_to
    report["Subject"] = "Undelivered Mail Returned to Sender"
    report["Date"] = format_datetime(deed.at)
    report["Message-ID"] = f"<dsn.{deed.at:%Y%m%d%H%M%S}.{deed.lead}@{host}>"
    report["Auto-Submitted"] = "auto-replied"
    report["Return-Path"] = "<>"
    boundary = "=_demo-report"
    report["MIME-Version"] = "1.0"
    report["Content-Type"] = f'multipart/report; report-type=delivery-status; boundary="{boundary}"'
    failure = (
        f"Reporting-MTA: dns; mx.{host}\n\nFinal-Recipient: rfc822; {arrival.address}\nAction: failed\n"
        "Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n"
    )
    parts = (
        ("text/plain", f"{arrival.address} has left us; the mail could not be delivered.\n"),
        ("message/delivery-status", failure),
        ("text/rfc822-headers", f"Message-ID: <{arrival.message_id}>\nTo: {arrival.address}\n"),
    )
    body = "".join(f"--{boundary}\nContent-Type: {kind}\n\n{text}\n" for kind, text in parts) + f"--{boundary}--\n"
    head = "".join(f"{name}: {value}\n" for name, value in report.items())
    return f"{head}\n{body}".encode()
