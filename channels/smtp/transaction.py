"""One message on one session, in the phases that decide what is certain: MAIL, RCPT, DATA, body, marker, dot.

Until the dot is written the server must forget the message if the connection ends (RFC 5321 4.1.1.10), so every failure
before it is certain. After it only a reply is.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from channels.protocol import Accepted, Failure, Marker, Prepared, Refused, Result, Unknown, Withdrawn
from channels.smtp.classify import Phase, refusal
from channels.smtp.connection import Session
from channels.smtp.replies import Reply, reference_in
from channels.smtp.settings import Timeouts
from channels.smtp.wire import SessionEndedError

DOT: Final = b"\r\n.\r\n"
_ADDRESS: Final = re.compile(r"[^\x00-\x20\x7f<>]*")
_STRAY: Final = re.compile(rb"\r(?!\n)|(?<!\r)\n")


def steady_seconds() -> float:
    """Seconds that also pass while this machine sleeps, so that a marker from before a pause is seen to be old."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


def body_on_the_wire(payload: bytes) -> bytes:
    """The payload with CRLF line ends and stuffed dots, without its last line end: `DOT` brings that.

    What arrives is one message whatever the payload holds: no bare CR or LF is left to be read differently.
    """
    if not payload.count(b"\n") == payload.count(b"\r") == payload.count(b"\r\n"):
        payload = _STRAY.sub(b"\r\n", payload)
    payload = payload.removesuffix(b"\r\n").replace(b"\r\n.", b"\r\n..")
    return b"." + payload if payload.startswith(b".") else payload


@dataclass(slots=True, kw_only=True)
class Transaction:
    """Runs once. `stale` tells afterwards that the session had ended before: no answer to this message at all, or
    421 to its MAIL."""

    session: Session
    prepared: Prepared
    marker: Marker
    timeouts: Timeouts = field(default_factory=Timeouts)
    clock: Callable[[], float] = steady_seconds
    phase: Phase = Phase.MAIL
    stale: bool = True

    async def run(self) -> Result:
        """Never raises for what the server does. A session that cannot be trusted afterwards is dropped."""
        if (unfit := self._unfit()) is not None:
            self.stale = False
            return unfit
        try:
            return await self._offer() or await self._commit()
        except SessionEndedError as error:
            self.session.wire.drop()
            return self._ended(str(error))
        except BaseException:  # cancelled, or the marker failed: this session is half way through a message
            self.session.wire.drop()
            raise

    def _unfit(self) -> Refused | None:
        """What this server cannot take, known before anything is said to it."""
        prepared, session = self.prepared, self.session
        if not prepared.address or not all(map(_ADDRESS.fullmatch, (prepared.address, prepared.return_path))):
            return _ours("501", "an address with a space, a control character or an angle bracket")
        if (prepared.smtputf8 or not prepared.address.isascii()) and not session.smtputf8:
            return _ours("553 5.6.7", "the address needs SMTPUTF8, which the mail server does not offer")
        if not prepared.payload.isascii() and not session.eight_bit:
            return _ours("554 5.6.3", "the message needs 8BITMIME, which the mail server does not offer")
        if session.size_limit and len(prepared.payload) > session.size_limit:
            return _ours("552 5.3.4", f"{len(prepared.payload)} bytes; the mail server takes {session.size_limit}")
        return None

    def _commands(self) -> list[tuple[Phase, float, bytes]]:
        prepared, session, wait = self.prepared, self.session, self.timeouts
        parameters = f" SIZE={len(prepared.payload)}" if session.sizes else ""
        parameters += "" if prepared.payload.isascii() else " BODY=8BITMIME"
        parameters += " SMTPUTF8" if prepared.smtputf8 else ""
        return [
            (Phase.MAIL, wait.mail, f"MAIL FROM:<{prepared.return_path}>{parameters}\r\n".encode()),
            (Phase.RCPT, wait.rcpt, f"RCPT TO:<{prepared.address}>\r\n".encode()),
            (Phase.DATA, wait.data, b"DATA\r\n"),
        ]

    async def _offer(self) -> Refused | None:
        """MAIL, RCPT and DATA: in one write where the server offers PIPELINING (RFC 2920), else one by one."""
        wire, pipelining = self.session.wire, self.session.pipelining
        commands = self._commands()
        first = b"RSET\r\n" if self.session.unreset else b""
        wire.write(first + b"".join([command for _, _, command in commands if pipelining]))
        if first:
            await self._reset()
        refused: Refused | None = None
        for phase, seconds, command in commands:
            self.phase = phase
            if not pipelining:
                wire.write(command)
            reply = await wire.reply(seconds)
            refused = self._judged(phase, reply, refused)
            if refused is not None and not (pipelining and wire.open):
                break
        return refused

    async def _reset(self) -> None:
        if not (await self.session.wire.reply(self.timeouts.mail)).accepted:
            raise SessionEndedError("the server refused RSET")
        self.session.unreset = False

    def _judged(self, phase: Phase, reply: Reply, before: Refused | None) -> Refused | None:
        """The first refusal stands. A go-ahead after it would begin an empty message: then the session goes."""
        wanted = reply.code == 354 if phase is Phase.DATA else reply.accepted
        goodbye = reply.code == 421
        self.stale = goodbye and phase is Phase.MAIL
        if goodbye or (wanted and phase is Phase.DATA and before is not None):
            self.session.wire.drop()
        if before is not None or wanted:
            return before
        if not reply.refused:
            raise SessionEndedError(f"an answer out of turn: {reply.code}")
        self.session.unreset = phase is not Phase.MAIL
        return refusal(phase, reply)

    async def _commit(self) -> Result:
        wire = self.session.wire
        self.phase = Phase.BODY
        wire.write_soon(body_on_the_wire(self.prepared.payload))
        await wire.drained(self.timeouts.block)
        if not wire.silent:
            return self._interrupted()
        asked_at = self.clock()
        if not await self.marker():
            wire.drop()
            return Withdrawn()
        if not wire.silent:
            return self._interrupted()
        if self.clock() - asked_at > self.timeouts.marker:
            wire.drop()
            return _not_offered(f"the marker is older than {self.timeouts.marker:g} seconds")
        wire.write(DOT)
        self.phase = Phase.DOT
        return self._outcome(await wire.reply(self.timeouts.dot))

    def _interrupted(self) -> Refused:
        """The server spoke or left before the dot: certainly not accepted."""
        try:
            reply = self.session.wire.taken()
        finally:
            self.session.wire.drop()
        if reply is not None and reply.refused:
            return refusal(Phase.BODY, reply)
        return _not_offered("an answer out of turn" if reply else "the server closed the connection")

    def _outcome(self, reply: Reply) -> Result:
        wire = self.session.wire
        contradicted = self._contradicted(reply)
        if reply.code == 421 or not wire.silent:
            wire.drop()
        if contradicted or not (reply.accepted or reply.refused):
            wire.drop()
            return Unknown(
                phase=Phase.DOT, text=f"{contradicted or 'an answer out of turn'}: {reply.code} {reply.text}"
            )
        if reply.refused:
            return refusal(Phase.DOT, reply)
        return Accepted(reference=reference_in(reply), detail=f"{reply.code} {reply.enhanced} {reply.text}")

    def _contradicted(self, reply: Reply) -> str:
        """Why the reply cannot be believed: another one of another class came with it."""
        try:
            while (other := self.session.wire.taken()) is not None:
                self.session.wire.drop()
                if other.code // 100 != reply.code // 100:
                    return "two answers that contradict each other"
        except SessionEndedError:
            self.session.wire.drop()
        return ""

    def _ended(self, why: str) -> Refused | Unknown:
        if self.phase is Phase.DOT:
            return Unknown(phase=Phase.DOT, text=why)
        return Refused(failure=Failure.CONNECT, permanent=False, text=f"{self.phase}: {why}")


def _ours(code: str, text: str) -> Refused:
    return Refused(failure=Failure.REJECTED, permanent=True, code=code, text=text)


def _not_offered(why: str) -> Refused:
    return Refused(failure=Failure.TEMPORARY, permanent=False, text=f"not offered: {why}")
