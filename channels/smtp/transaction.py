"""One message on one session, in the phases that decide what is certain: MAIL, RCPT, DATA, body, marker, dot.

Until the dot is written the server must forget the message if the connection ends (RFC 5321 4.1.1.10), so every failure
before it is certain. After it only a reply is.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from channels.protocol import Accepted, Failure, Marker, Prepared, Refused, Result, Unknown, Withdrawn
from channels.smtp.classify import Phase, refusal
from channels.smtp.connection import Session
from channels.smtp.envelope import DATA, mail_from, rcpt_to, unfit, whole
from channels.smtp.replies import Reply, reference_in
from channels.smtp.settings import Timeouts
from channels.smtp.wire import SessionEndedError
from channels.steady import steady_seconds

DOT: Final = b"\r\n.\r\n"
# One character at the front of each: the search for it costs a tenth of the search for two.
_LONE_CR: Final = re.compile(rb"\r(?!\n)")
_LF_OR_DOT: Final = re.compile(rb"\n(?:\.|(?<!\r\n))")
_STRAY: Final = re.compile(rb"\r(?!\n)|(?<!\r)\n")


def body_on_the_wire(payload: bytes) -> bytes:
    """The payload with CRLF line ends and stuffed dots, without its last line end: `DOT` brings that.

    What arrives is one message whatever the payload holds: no bare CR or LF is left to be read differently.
    """
    if _LONE_CR.search(payload) or _LF_OR_DOT.search(payload):
        payload = _STRAY.sub(b"\r\n", payload).replace(b"\r\n.", b"\r\n..")
    payload = payload.removesuffix(b"\r\n")
    return b"." + payload if payload.startswith(b".") else payload


def body_of(prepared: Prepared) -> bytes | memoryview:
    """The same of a message; its composer may have seen to it that there is nothing to change, nor to copy."""
    return memoryview(prepared.payload)[:-2] if prepared.transparent else body_on_the_wire(prepared.payload)


@dataclass(slots=True, kw_only=True)
class Transaction:
    """Runs once. `following` is begun with the end of this one where that can be. `stale` tells afterwards that the
    session had ended before: no answer to this message at all, or 421 to its MAIL."""

    session: Session
    prepared: Prepared
    marker: Marker
    following: Prepared | None = None
    timeouts: Timeouts = field(default_factory=Timeouts)
    clock: Callable[[], float] = steady_seconds
    phase: Phase = Phase.MAIL
    stale: bool = True

    async def run(self) -> Result:
        """Never raises for what the server does. A session that cannot be trusted afterwards is dropped."""
        begun = self.session.begun is self.prepared  # then it was looked at before
        if not begun and (misfit := unfit(self.prepared, self.session)) is not None:
            self.stale = False
            return misfit
        try:
            return await self._offer() or await self._commit()
        except SessionEndedError as error:
            self.session.wire.drop()
            return self._ended(str(error))
        except BaseException:  # cancelled, or the marker failed: this session is half way through a message
            self.session.wire.drop()
            raise

    async def _offer(self) -> Refused | None:
        """MAIL, RCPT and DATA: in one write where the server offers PIPELINING (RFC 2920), else one by one."""
        session, wait = self.session, self.timeouts
        wire, pipelining = session.wire, session.pipelining
        begun, session.begun = session.begun is self.prepared, None
        first = b"RSET\r\n" if session.unreset else b""
        if first or (pipelining and not begun):
            wire.write(first + (whole(self.prepared, session) if pipelining else b""))
        if first:
            await self._reset()
        refused: Refused | None = None
        for phase, seconds in ((Phase.MAIL, wait.mail), (Phase.RCPT, wait.rcpt), (Phase.DATA, wait.data)):
            self.phase = phase
            if not pipelining:
                wire.write(self._command(phase))
            refused = self._judged(phase, await wire.reply(seconds), refused)
            if refused is not None and not (pipelining and wire.open):
                break
        return refused

    def _command(self, phase: Phase) -> bytes:
        if phase is Phase.MAIL:
            return mail_from(self.prepared, self.session)
        return rcpt_to(self.prepared) if phase is Phase.RCPT else DATA

    async def _reset(self) -> None:
        if not (await self.session.wire.reply(self.timeouts.mail)).accepted:
            raise SessionEndedError("the server refused RSET")
        self.session.unreset = False

    def _judged(self, phase: Phase, reply: Reply, before: Refused | None) -> Refused | None:
        """The first refusal stands. A go-ahead after it would begin an empty message: then the session goes; and so it
        does where DATA gets the answer of another command, for then nobody knows which answers which."""
        wanted = reply.code == 354 if phase is Phase.DATA else reply.accepted
        if phase is Phase.DATA and reply.accepted:
            raise SessionEndedError(f"an answer out of turn: {reply.code}")
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
        wire.write_soon(body_of(self.prepared))
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
        wire.write(DOT + self._next_envelope())
        self.phase = Phase.DOT
        return self._outcome(await wire.reply(self.timeouts.dot))

    def _next_envelope(self) -> bytes:
        """The beginning of the next message, which RFC 2920 section 3.1 allows in one group with the end of this one.
        Nothing of it is irrevocable: the server forgets it with the session."""
        session, following = self.session, self.following
        if following is None or not session.pipelining or unfit(following, session) is not None:
            return b""
        session.begun = following
        return whole(following, session)

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
        wire, begun = self.session.wire, self.session.begun is not None  # then further answers are about the next
        contradicted = "" if begun else self._contradicted(reply)
        if reply.code == 421 or not (begun or wire.silent):
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


def _not_offered(why: str) -> Refused:
    return Refused(failure=Failure.TEMPORARY, permanent=False, text=f"not offered: {why}")
