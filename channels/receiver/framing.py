"""Bytes cut into command lines and message contents. Pure."""

from typing import Final

LINE_LIMIT: Final = 12_288  # bytes of one command line, the answers of AUTH included
_END: Final = b"\r\n.\r\n"


class TooLongError(Exception):
    """A line or a message grew past its limit without an end in sight."""


class Frames:
    """Holds what has come and gives it out piece by piece."""

    __slots__ = ("_buffer", "_limit", "_scanned")

    def __init__(self, size_limit: int) -> None:
        self._buffer = bytearray()
        self._limit = size_limit + 1_000_000  # so much more is read, only to be refused
        self._scanned = 0

    def feed(self, data: bytes) -> None:
        self._buffer += data

    def clear(self) -> None:
        """Forget what has come and was not given out."""
        self._buffer.clear()
        self._scanned = 0

    @property
    def waiting(self) -> int:
        """How many bytes have come and were not given out."""
        return len(self._buffer)

    def line(self) -> str | None:
        """The next line without its end, or None until it is whole. Raises TooLongError."""
        end = self._buffer.find(b"\r\n")
        if end > LINE_LIMIT or (end < 0 and len(self._buffer) > LINE_LIMIT):
            raise TooLongError("line")
        if end < 0:
            return None
        found = self._buffer[:end].decode("utf-8", "replace")
        del self._buffer[: end + 2]
        return found

    def content(self) -> bytes | None:
        """The next content, its stuffed dots taken out, or None until it is whole. Raises TooLongError."""
        if self._buffer.startswith(b".\r\n"):
            return self._cut(0, 3)
        end = self._buffer.find(_END, max(0, self._scanned - len(_END)))
        self._scanned = len(self._buffer)
        if end < 0:
            if self._scanned > self._limit:
                raise TooLongError("content")
            return None
        return self._cut(end + 2, end + len(_END))

    def _cut(self, end: int, after: int) -> bytes:
        stuffed = bytes(self._buffer[:end]).replace(b"\r\n.", b"\r\n")
        del self._buffer[:after]
        self._scanned = 0
        return stuffed.removeprefix(b".")
