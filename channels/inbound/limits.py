"""How much of a mail we are willing to read, checked by cheap counting before any parser sees it.

The counts come from mails that hung or exhausted parsers: deep nesting, part floods, comment and encoded-word bombs.
"""

import re

READ_AT_MOST = 1024 * 1024  # bytes of one mail; the rest is not looked at
HEADER_BLOCK = 256 * 1024
HEADER_LINES = 5_000
DEPTH = 20
PARTS = 100
BRACKETS = 1_000  # "(" in the header block: comments are parsed recursively
ENCODED_WORDS = 2_000
ADDRESSES = 5_000  # "@" in the header block
TEXT = 64 * 1024
FULL_TEXT = 256 * 1024

_BLANK_LINE = re.compile(rb"\n[ \t]*\n")
_BOUNDARY = re.compile(rb"boundary\s{0,20}=\s{0,20}(?:\"([^\"\r\n]{1,300})\"|([^\s;\"]{1,300}))", re.IGNORECASE)
_DASH_LINE = re.compile(rb"^--([^\r\n]{1,302})$", re.MULTILINE)
_MESSAGE_PART = re.compile(rb"^content-type:\s{0,20}(?:message/rfc822|message/global)\b", re.MULTILINE | re.IGNORECASE)


class TooMuchError(Exception):
    """A mail is over a limit; the text says which and by how much."""


def unix_lines(raw: bytes) -> bytes:
    """LF line ends whatever came in: CRLF, CR, CR CR LF, and the lone CR of a mail that otherwise uses LF."""
    data = raw.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n")
    if b"\r" not in data:
        return data
    mostly_cr = data.count(b"\r") > data.count(b"\n")
    return data.replace(b"\r", b"\n" if mostly_cr else b" ")


def refuse_hostile(data: bytes) -> None:
    """Raise TooMuchError when `data` (LF line ends, already cut to READ_AT_MOST) would cost a parser too much."""
    end = _BLANK_LINE.search(data)
    header = data[: end.start()] if end else data
    _at_most("bytes of headers", len(header) if end or _looks_like_headers(data) else 0, HEADER_BLOCK)
    header = header[:HEADER_BLOCK]
    _at_most("header lines", header.count(b"\n") if end else 0, HEADER_LINES)
    _at_most("brackets in headers", header.count(b"("), BRACKETS)
    _at_most("encoded words", header.count(b"=?"), ENCODED_WORDS)
    _at_most("addresses in headers", header.count(b"@"), ADDRESSES)
    _at_most("nested messages", len(_MESSAGE_PART.findall(data)), PARTS)
    _at_most("parts", _parts(data), PARTS)


def _looks_like_headers(data: bytes) -> bool:
    return re.match(rb"[!-9;-~]{1,100}[ \t]*:", data) is not None


def _parts(data: bytes) -> int:
    """Lines that open a part of any boundary the mail declares; an unfinished nesting counts by its boundaries."""
    boundaries = {(quoted or bare).rstrip() for quoted, bare in _BOUNDARY.findall(data)}
    if len(boundaries) > PARTS:
        return len(boundaries)
    opened = sum(1 for found in _DASH_LINE.finditer(data) if found.group(1).rstrip() in boundaries)
    return max(opened, len(boundaries))


def _at_most(what: str, found: int, allowed: int) -> None:
    if found > allowed:
        raise TooMuchError(f"{found} {what}, at most {allowed} are read")
