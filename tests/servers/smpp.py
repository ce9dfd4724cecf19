"""An operator of text messages that speaks SMPP 3.4 on loopback, as Kannel's and everybody's operators do."""

import socketserver
import struct
import threading
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

SUBMIT, DELIVER, ENQUIRE = 0x04, 0x05, 0x15
ANSWER = 0x80000000  # the bit that makes an answer of a request
BINDS = (0x01, 0x02, 0x09)
RECEIPT, HAS_HEADER = 0x04, 0x40  # esm_class
UCS2 = 8  # data_coding
OURS = "358401234567"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """One part of a message of ours. `name` is the operator's, by which it reports."""

    source: str
    to: str
    coding: int
    text: bytes
    name: str


@dataclass(slots=True)
class Operator:
    """Takes whatever is submitted; `deliver` sends what a phone wrote, `report` what became of a message."""

    port: int
    submitted: list[Submitted] = field(default_factory=list)
    bound: threading.Event = field(default_factory=threading.Event)
    taken: int = 0  # of what it delivered, by the other side
    _line: "_Line | None" = None
    _server: socketserver.ThreadingTCPServer | None = None
    _numbers: int = 1000

    def __enter__(self) -> Self:
        operator = self

        class Line(_Line):
            at = operator

        socketserver.ThreadingTCPServer.allow_reuse_address = True
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", self.port), Line)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    def deliver(
        self, source: str, text: bytes, *, to: str = "358401234567", coding: int = 0, esm_class: int = 0
    ) -> None:
        """A message from a phone: `text` in the bytes that it has in the air."""
        body = b"\0" + _address(source) + _address(to) + bytes([esm_class, 0, 0]) + b"\0\0"
        self._send(DELIVER, body + bytes([0, 0, coding, 0, len(text)]) + text)

    def report(self, message: Submitted, state: str, *, error: str = "000") -> None:
        """A receipt as SMPP 3.4, appendix B, has it."""
        days = "submit date:2611222105 done date:2611222106"
        text = f"id:{message.name} sub:001 dlvrd:001 {days} stat:{state} err:{error} text:{message.text[:20]!r}"
        self.deliver(message.to, text.encode(), to=message.source, esm_class=RECEIPT)

    def _send(self, command: int, body: bytes) -> None:
        assert self._line is not None, "nobody is connected"
        self._numbers += 1
        self._line.send(command, self._numbers, body)


class _Line(socketserver.StreamRequestHandler):
    """One connection."""

    at: Operator

    def handle(self) -> None:
        while len(head := self.rfile.read(16)) == 16:
            length, command, _, number = struct.unpack(">IIII", head)
            body = self.rfile.read(length - 16)
            if command in BINDS:
                self.at._line = self
                self.send(command | ANSWER, number, b"operator\0")
                self.at.bound.set()
            elif command == SUBMIT:
                self._submit(number, body)
            elif command == DELIVER | ANSWER:
                self.at.taken += 1
            elif not command & ANSWER:
                self.send(command | ANSWER, number, b"")

    def send(self, command: int, number: int, body: bytes) -> None:
        self.wfile.write(struct.pack(">IIII", 16 + len(body), command, 0, number) + body)

    def _submit(self, number: int, body: bytes) -> None:
        source, rest = _text(body[body.index(0) + 3 :])  # after service_type, ton and npi
        to, rest = _text(rest[2:])
        rest = rest[3:]  # esm_class, protocol_id, priority_flag
        _, rest = _text(rest)
        _, rest = _text(rest)
        coding, length = rest[2], rest[4]
        name = f"{0xABC000 + len(self.at.submitted):x}"
        self.at.submitted.append(Submitted(source=source, to=to, coding=coding, text=rest[5 : 5 + length], name=name))
        self.send(SUBMIT | ANSWER, number, name.encode() + b"\0")


def parts(text: bytes, *, size: int, reference: int = 9) -> list[bytes]:
    """A long message as a phone sends it: pieces that a header numbers (3GPP TS 23.040, 9.2.3.24.1)."""
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    return [bytes([5, 0, 3, reference, len(pieces), at]) + piece for at, piece in enumerate(pieces, 1)]


def _address(number: str) -> bytes:
    return bytes([1, 1]) + number.encode() + b"\0"


def _text(content: bytes) -> tuple[str, bytes]:
    """A C string, and what comes after it."""
    text, _, rest = content.partition(b"\0")
    return text.decode("latin-1"), rest
