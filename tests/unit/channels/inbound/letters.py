"""Builds mails for the tests: headers and parts as bytes, and what our own touches look like."""
# ruff: noqa: E501 - mails and messages keep their lines

import base64
from dataclasses import dataclass
from datetime import UTC, datetime

from channels.inbound.values import InboundKind, OurMarks

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TOKEN = "tafq3k-7hn2m5qz"
OURS = OurMarks(
    domains=frozenset({"kahvila.example"}),
    unsubscribe=frozenset({"unsubscribe@kahvila.example"}),
    message_id=r"touch\.[a-z0-9-]+@kahvila\.example",
)
OUR_ID = f"touch.{TOKEN}@kahvila.example"
RETURN_PATH = f"hello+{TOKEN}@kahvila.example"
FOOTER = "Kahvila Oy, Esimerkkikatu 1, Helsinki\nUnsubscribe: https://touch.kahvila.example/u/abc\nSTOP"


@dataclass(frozen=True)
class Sample:
    name: str
    kind: InboundKind
    raw: bytes


def letter(body: str, *, charset: str = "utf-8", **headers: str) -> bytes:
    """A mail of one text part. Header names by keyword: `auto_submitted="…"`; an empty value leaves a header out."""
    given = {"from": "Ann Customer <ann@customer.example>", "to": "Aino <hello@kahvila.example>",
             "subject": "Re: New opening hours", "date": "Sun, 22 Nov 2026 10:00:00 +0200",
             "message_id": "<a1@customer.example>", "mime_version": "1.0",
             "content_type": f"text/plain; charset={charset}", "content_transfer_encoding": "8bit"}  # fmt: skip
    given.update({name.removesuffix("_"): value for name, value in headers.items()})
    lines = [f"{name.replace('_', '-').title()}: {value}" for name, value in given.items() if value]
    return "\n".join([*lines, ""]).encode() + b"\n" + body.encode(charset, "replace") + b"\n"


def parts(*bodies: tuple[str, str], kind: str = "multipart/mixed", **headers: str) -> bytes:
    """A multipart mail of (content type with its extra header lines, body)."""
    inner = "".join(f"--=_b1\nContent-Type: {content}\n\n{body}\n" for content, body in bodies)
    headers.setdefault("content_type", f'{kind}; boundary="=_b1"')
    return letter(f"{inner}--=_b1--", **headers)


def original(*, recipient: str = "bob@gone.example") -> str:
    """The headers of a touch of ours, as reports give them back."""
    return (f"Return-Path: <{RETURN_PATH}>\nFrom: Aino <hello@kahvila.example>\nTo: {recipient}\n"
            f"Subject: New opening hours\nMessage-ID: <{OUR_ID}>\nX-Touches: 1\n\nWe are open until 22.\n{FOOTER}\n")  # fmt: skip


def status_block(
    *, recipient: str = "bob@gone.example", action: str = "failed", status: str = "5.1.1", more: str = ""
) -> str:
    return f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\n{more}"


def report(
    *blocks: str,
    words: str = "This is the mail system.\nYour message was not delivered.",
    kind: str = "multipart/report; report-type=delivery-status",
    **headers: str,
) -> bytes:
    """A delivery status notification as Postfix writes it."""
    given = {"from": "MAILER-DAEMON@mx.customer.example (Mail Delivery System)", "to": RETURN_PATH,
             "subject": "Undelivered Mail Returned to Sender", "auto_submitted": "auto-replied",
             "return_path": "<>", "message_id": "<d1@mx.customer.example>", **headers}  # fmt: skip
    fields = "\n".join(("Reporting-MTA: dns; mx.customer.example\n", *blocks))
    return parts(("text/plain; charset=us-ascii", words), ("message/delivery-status", fields),
                 ("message/rfc822", original()), kind=kind, **given)  # fmt: skip


def base64_of(text: str, charset: str = "utf-8") -> str:
    return base64.encodebytes(text.encode(charset)).decode()


def word(text: str, charset: str = "utf-8") -> str:
    """An encoded word (RFC 2047)."""
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="
