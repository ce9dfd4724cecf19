"""One mail taken apart: decoded headers and a flat list of parts with their depth. Knows no meaning."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from functools import cached_property

from channels.inbound import limits
from channels.inbound.charsets import decode, decode_header
from channels.inbound.html_text import html_to_text

_HEADER_LINE = re.compile(rb"[!-9;-~]{1,200}[ \t]{0,20}:")


@dataclass(frozen=True, kw_only=True)
class Part:
    """A leaf, or a container seen as one entry. `enclosed`: it lies inside a message/rfc822 part."""

    message: Message
    kind: str  # "text/plain", lower case
    enclosed: bool

    @cached_property
    def text(self) -> str:
        """The readable text of a text part, of any other leaf its bytes read as text."""
        payload = self.message.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        declared = self.message.get_param("charset", "")
        charset = declared if isinstance(declared, str) else declared[2]
        text = decode(data[: limits.READ_AT_MOST], charset)
        return html_to_text(text[: limits.FULL_TEXT]) if self.kind == "text/html" else text[: limits.FULL_TEXT]

    def param(self, name: str) -> str:
        """A parameter of Content-Type in lower case, empty when it is missing."""
        value = self.message.get_param(name, "")
        return (value if isinstance(value, str) else value[2]).strip().strip('"').lower()

    @cached_property
    def report_lines(self) -> str:
        """The field lines of a delivery-status, feedback-report or disposition part, whatever the parser made of it."""
        payload = self.message.get_payload() if self.message.is_multipart() else None
        if not isinstance(payload, list):
            return self.text
        blocks = ["\n".join(_field_lines(block)) for block in payload if isinstance(block, Message)]
        text = "\n\n".join(blocks)
        encoding = str(self.message.get("content-transfer-encoding", ""))  # a Header where its bytes are not ASCII
        if encoding.strip().lower() == "base64":
            return _from_base64(text)
        return text


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A parsed mail. Header lookups give decoded text on one line, empty or none when missing."""

    headers: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    message: Message

    def header(self, name: str) -> str:
        return next(iter(self.all_headers(name)), "")

    def all_headers(self, *names: str) -> tuple[str, ...]:
        wanted = {name.lower() for name in names}
        return tuple(value for name, value in self.headers if name in wanted)

    def has(self, *names: str) -> bool:
        return bool(self.all_headers(*names))

    def own(self, *kinds: str) -> tuple[Part, ...]:
        """Parts of these content types that are not inside an enclosed message."""
        return tuple(part for part in self.parts if part.kind in kinds and not part.enclosed)

    def enclosed(self, *kinds: str) -> tuple[Part, ...]:
        """Parts of these content types that lie inside an enclosed message."""
        return tuple(part for part in self.parts if part.kind in kinds and part.enclosed)

    @cached_property
    def body(self) -> str:
        """The readable text: the plain parts, or the HTML where there is no plain text with words in it."""
        plain = _joined(self.own("text/plain"))
        if plain.strip():
            return plain
        return _joined(self.own("text/html")) or _joined(
            part for part in self.own("text", "text/enriched", "text/richtext") if part.text
        )

    @cached_property
    def originals(self) -> str:
        """What reports give back of the original: enclosed messages and header parts, as lines of text."""
        found = []
        for part in self.parts:
            if part.kind in {"message/rfc822", "message/global"}:
                payload = part.message.get_payload() if part.message.is_multipart() else None
                inner = payload[0] if isinstance(payload, list) and payload else part.message
                found.append("\n".join(_field_lines(inner)) if isinstance(inner, Message) else part.text)
            elif part.kind in {
                "text/rfc822-headers",
                "text/rfc822-header",
                "message/rfc822-headers",
                "message/global-headers",
            }:
                found.append(part.text)
        return "\n".join(found)


def read_letter(data: bytes) -> Letter:
    """Parse bytes that `limits.refuse_hostile` let pass. Raises TooMuchError beyond the limits of depth and parts."""
    from email import message_from_bytes
    from email.policy import compat32

    message = message_from_bytes(_mended(data), policy=compat32)
    headers = tuple((name.lower(), decode_header(str(value))) for name, value in message.raw_items())
    return Letter(headers=headers, parts=tuple(_walk(message)), message=message)


def _mended(data: bytes) -> bytes:
    """Without a mailbox's "From " line, and with stray lines among the headers folded into the header before them:
    the parser would take everything after one for the body."""
    data = re.sub(rb"^(?:\xef\xbb\xbf|\s){1,20}|^>?From [^\n]{0,1000}\n", b"", data, count=2)
    if not _HEADER_LINE.match(data):
        return data
    head, blank, rest = data.partition(b"\n\n")
    lines = (line if line[:1] in b" \t" or _HEADER_LINE.match(line) else b" " + line for line in head.split(b"\n"))
    return b"\n".join(lines) + blank + rest


def _walk(message: Message) -> Iterator[Part]:
    """Every part in reading order, without recursion."""
    waiting = [(message, 0, False)]
    seen = 0
    while waiting:
        part, depth, enclosed = waiting.pop()
        seen += 1
        if depth > limits.DEPTH:
            raise limits.TooMuchError(f"parts nested deeper than {limits.DEPTH}")
        if seen > limits.PARTS:
            raise limits.TooMuchError(f"more than {limits.PARTS} parts")
        kind = part.get_content_type()
        if kind.startswith("multipart/") and not part.is_multipart():
            kind = "text/plain"  # its boundary is missing: what is there is text
        yield Part(message=part, kind=kind, enclosed=enclosed)
        if kind in {"message/delivery-status", "message/global-delivery-status"}:
            continue
        inside = enclosed or kind in {"message/rfc822", "message/global"}
        payload = part.get_payload() if part.is_multipart() else None  # a body with an odd charset is not read here
        if isinstance(payload, list):
            waiting += [(child, depth + 1, inside) for child in reversed(payload) if isinstance(child, Message)]


def _field_lines(block: Message) -> list[str]:
    """Header lines unfolded and decoded, then what the parser took for a body."""
    lines = [f"{name}: {decode_header(str(value))}" for name, value in block.raw_items()]
    try:
        payload = block.get_payload()
    except (ValueError, LookupError):  # a charset whose name no codec takes
        return lines
    return [*lines, decode(payload.encode("utf-8", "surrogateescape"))] if isinstance(payload, str) else lines


def _joined(parts: Iterator[Part] | tuple[Part, ...]) -> str:
    return "\n".join(part.text for part in parts)[: limits.FULL_TEXT]


def _from_base64(text: str) -> str:
    import binascii

    try:
        return decode(binascii.a2b_base64("".join(text.split())))
    except (binascii.Error, ValueError):
        return text
