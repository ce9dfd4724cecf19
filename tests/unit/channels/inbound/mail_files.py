"""Reads `mails/*.txt`: mails as the field sends them, one entry each, and builds their bytes.

An entry is `=== CLASS [DATE] | NAME`, headers, a blank line and a body. `%charset NAME ENCODING [raw]` says how the
text travels, `%none` leaves a header out, and a line `%%status`, `%%original`, `%%message`, `%%feedback` or
`%%disposition` begins another part of a report (an empty original is one of our own mails).
"""

import base64
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.header import Header
from pathlib import Path

from channels.inbound.values import InboundKind
from tests.unit.channels.inbound.letters import Sample, original

_CLASSES = {
    "hard": InboundKind.HARD_BOUNCE, "soft": InboundKind.SOFT_BOUNCE, "policy": InboundKind.POLICY_BOUNCE,
    "delay": InboundKind.DELAY, "auto": InboundKind.AUTO_REPLY, "complaint": InboundKind.COMPLAINT_FEEDBACK,
    "unsubscribe": InboundKind.UNSUBSCRIBE, "human": InboundKind.HUMAN_REPLY,
}  # fmt: skip
_PARTS = {
    "status": ("message/delivery-status", "delivery-status"),
    "feedback": ("message/feedback-report", "feedback-report"),
    "disposition": ("message/disposition-notification", "disposition-notification"),
    "original": ("text/rfc822-headers", ""), "message": ("message/rfc822", ""),
}  # fmt: skip
_USUAL = {
    "From": "Ann Customer <ann@customer.example>", "To": "Aino <hello@kahvila.example>",
    "Date": "Sun, 22 Nov 2026 10:00:00 +0200", "Message-ID": "<a1@customer.example>", "MIME-Version": "1.0",
}  # fmt: skip


@dataclass(frozen=True)
class FieldMail(Sample):
    """A sample that also says which day an absence note names."""

    back_on: date | None = None


def field_mails() -> Iterator[FieldMail]:
    """Every entry of every file, in order."""
    for path in sorted((Path(__file__).parent / "mails").glob("*.txt")):
        for entry in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
            title, _, rest = entry.partition("\n")
            given, _, name = title.partition(" | ")
            kind, _, day = given.partition(" ")
            yield FieldMail(name, _CLASSES[kind], _mail(rest), date.fromisoformat(day) if day else None)


def _mail(entry: str) -> bytes:
    head, _, body = entry.replace("\\0", "\0").partition("\n\n")
    coding = re.search(r"(?m)^%charset (\S+) (\S+) ?(raw)?$", head)
    charset, encoding, raw = (coding[1], coding[2], coding[3]) if coding else ("utf-8", "8bit", "")
    headers = _USUAL | dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    content, lines = _content(body, charset=charset, encoding=encoding)
    if "Content-Type" in headers:
        lines = [line for line in lines if not line.startswith("Content-Type")]
    if not raw:
        lines += [f"{name}: {_header(value, charset)}" for name, value in headers.items() if value != "%none"]
        return "\n".join(lines).encode("ascii") + b"\n\n" + content
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\n".join(lines).encode(charset) + b"\n\n" + content


def _header(value: str, charset: str) -> str:
    return value if value.isascii() else Header(value, charset, maxlinelen=900).encode()


def _content(body: str, *, charset: str, encoding: str) -> tuple[bytes, list[str]]:
    """The body as it travels, and the header lines that describe it."""
    text, *parts = re.split(r"(?m)^%%(\w+)\n", body)
    told = [
        f"Content-Type: text/plain; charset={charset}",
        f"Content-Transfer-Encoding: {_LONG.get(encoding, encoding)}",
    ]
    if not parts:
        return _ENCODERS[encoding](text.encode(charset)), told
    pairs = list(zip(parts[::2], parts[1::2], strict=True))
    kind = next(report for name, _ in pairs if (report := _PARTS[name][1]))
    inner = [
        _part("text/plain; charset=utf-8", text),
        *(_part(_PARTS[name][0], given or original()) for name, given in pairs),
    ]
    return (
        "".join([*inner, "--=_r--\n"]).encode(),
        [f'Content-Type: multipart/report; report-type={kind}; boundary="=_r"'],
    )


def _part(kind: str, text: str) -> str:
    return f"--=_r\nContent-Type: {kind}\n\n{text}\n"


_LONG = {"qp": "quoted-printable"}
_ENCODERS = {
    "8bit": bytes, "7bit": bytes, "base64": base64.encodebytes, "qp": quopri.encodestring,
}  # fmt: skip
