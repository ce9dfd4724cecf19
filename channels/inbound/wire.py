"""InboundMail and OurMarks as JSON, for the pipe to the child process. A round trip gives an equal value."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from channels.inbound.values import BounceFact, InboundKind, InboundMail, OurMarks
from channels.protocol import Failure


def request_line(ours: OurMarks, *, now: datetime, size: int) -> bytes:
    """What the child needs beside the message."""
    marks = {**asdict(ours), "domains": sorted(ours.domains), "unsubscribe": sorted(ours.unsubscribe)}
    return json.dumps({"ours": marks, "now": now.isoformat(), "size": size}).encode()


def read_request(line: bytes) -> tuple[OurMarks, datetime, int]:
    """The marks, now, and the whole size of the message."""
    asked = json.loads(line)
    marks = asked["ours"]
    ours = OurMarks(**{**marks, "domains": frozenset(marks["domains"]), "unsubscribe": frozenset(marks["unsubscribe"])})
    return ours, datetime.fromisoformat(asked["now"]), asked["size"]


def mail_line(mail: InboundMail) -> bytes:
    """One mail; lone surrogates survive as JSON escapes."""
    fields = asdict(mail)
    for name in ("sent_at", "return_date"):
        fields[name] = fields[name].isoformat() if fields[name] else None
    return json.dumps(fields).encode()


def read_mail(line: bytes) -> InboundMail:
    """The mail that `mail_line` wrote."""
    fields: dict[str, Any] = json.loads(line)
    for name in ("recipients", "tokens", "references", "in_reply_to"):
        fields[name] = tuple(fields[name])
    fields["kind"] = InboundKind(fields["kind"])
    fields["sent_at"] = datetime.fromisoformat(fields["sent_at"]) if fields["sent_at"] else None
    fields["return_date"] = date.fromisoformat(fields["return_date"]) if fields["return_date"] else None
    fields["bounces"] = tuple(_fact(fact) for fact in fields["bounces"])
    return InboundMail(**fields)


def _fact(fields: dict[str, Any]) -> BounceFact:
    return BounceFact(**{**fields, "failure": Failure(fields["failure"]) if fields["failure"] else None})
