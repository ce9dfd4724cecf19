"""Replies of an SMTP server: read with limits on everything, RFC 5321 section 4.2 and RFC 2034."""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

LINE_LIMIT: Final = 2048  # bytes; RFC 5321 4.5.3.1.5 asks for 512
LINES_LIMIT: Final = 100  # of one reply
_LINE: Final = re.compile(rb"([2-5][0-9]{2})(?:([ -])(.*))?", re.DOTALL)
_ENHANCED: Final = re.compile(r"([245]\.\d{1,3}\.\d{1,3})(?:\s+|$)")


class MalformedReplyError(Exception):
    """What came is no reply, or has no end: nothing on this connection can be trusted any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One reply. `enhanced` is its RFC 3463 code or empty; `text` is one printable line without the codes."""

    code: int
    enhanced: str = ""
    text: str = ""
    lines: tuple[str, ...] = ()

    @property
    def accepted(self) -> bool:
        return 200 <= self.code < 300

    @property
    def refused(self) -> bool:
        return self.code >= 400


class ReplyReader:
    """Turns received bytes into replies; never holds more than one reply's limit."""

    __slots__ = ("_lines", "_rest", "_size", "_whole")

    def __init__(self) -> None:
        self._whole: deque[bytes] = deque()  # lines without their ends
        self._rest = bytearray()  # the beginning of the next one
        self._size = 0  # bytes of both
        self._lines: list[tuple[int, bytes]] = []

    @property
    def empty(self) -> bool:
        """Whether nothing is left over: no line, no part of one."""
        return not self._size and not self._lines

    def feed(self, data: bytes) -> None:
        """Take what came. Raises MalformedReplyError when it piles up."""
        self._size += len(data)
        if self._size > LINE_LIMIT * LINES_LIMIT:
            self._whole.clear()
            self._rest.clear()
            self._size = 0
            raise MalformedReplyError("more than any reply may have")
        *whole, rest = data.split(b"\n")
        if whole and self._rest:
            whole[0] = bytes(self._rest) + whole[0]
            self._rest.clear()
        self._whole.extend(whole)
        self._rest += rest

    def take(self) -> Reply | None:
        """The next whole reply, or None until more comes. Raises MalformedReplyError."""
        while self._whole:
            line = self._whole.popleft()
            self._size -= len(line) + 1
            line = line.removesuffix(b"\r")
            if not self._lines and (known := _reply_of(line)) is not None:
                return known
            if self._last(line):
                lines, self._lines = self._lines, []
                return _reply(lines)
        if len(self._rest) > LINE_LIMIT:
            raise MalformedReplyError(f"a line of more than {LINE_LIMIT} bytes")
        return None

    def _last(self, line: bytes) -> bool:
        found = _LINE.fullmatch(line) if len(line) <= LINE_LIMIT else None
        if found is None:
            raise MalformedReplyError("no reply code at the beginning of a line")
        code = int(found[1])
        if self._lines and self._lines[0][0] != code:
            raise MalformedReplyError("two codes in one reply")
        self._lines.append((code, found[3] or b""))
        if len(self._lines) > LINES_LIMIT:
            raise MalformedReplyError(f"a reply of more than {LINES_LIMIT} lines")
        return found[2] != b"-"


@lru_cache(maxsize=512)
def _reply_of(line: bytes) -> Reply | None:
    """The reply of a single line, for a server says the same to nearly every command; None where it is none."""
    found = _LINE.fullmatch(line) if len(line) <= LINE_LIMIT else None
    return None if found is None or found[2] == b"-" else _reply([(int(found[1]), found[3] or b"")])


def _reply(lines: list[tuple[int, bytes]]) -> Reply:
    texts = [_printable(text) for _, text in lines]
    enhanced = _ENHANCED.match(texts[0])
    bare = [_ENHANCED.sub("", text, count=1) if enhanced else text for text in texts]
    return Reply(
        code=lines[0][0],
        enhanced=enhanced[1] if enhanced else "",
        text=" ".join(filter(None, map(str.strip, bare)))[:1000],
        lines=tuple(texts),
    )


def _printable(text: bytes) -> str:
    shown = text.decode("utf-8", "replace")
    return shown if shown.isprintable() else "".join(char if char.isprintable() else "?" for char in shown)


_REFERENCES: Final[tuple[Callable[[str], re.Match[str] | None], ...]] = tuple(
    re.compile(pattern, re.IGNORECASE).search
    for pattern in (
        r"queued (?:mail )?as <?([^\s<>;,]+)",  # Postfix, Haraka, many relays
        r"\bid[=: ]<?([^\s<>;,]+)",  # Exim
        r"internalid=(\d+)",  # Exchange
        r"\bqp (\d+)",  # qmail
        r"^(\S+) message accepted for delivery",  # sendmail
        r"^ok:? <?([A-Za-z0-9][^\s<>;,]{7,})",  # SES and others
    )
)


def reference_in(reply: Reply) -> str:
    """The server's own name for a message it took, such as a Postfix queue id; empty when it gave none."""
    found = next((found for search in _REFERENCES if (found := search(reply.text))), None)
    return found[1].rstrip(".") if found else ""
