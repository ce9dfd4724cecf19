"""A real SMTP server on loopback that keeps what it accepts, and misbehaves when told to.

`async with Smtpd() as server` on the running loop, or `with running_smtpd() as server` on a thread of its own.
"""

import asyncio
import contextlib
import threading
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from channels.receiver import ReceivedMail, Receiver, ReceiverOptions, Stage
from channels.receiver.session import ReceiverSession


class Act(StrEnum):
    """What may happen instead of the reply of a stage. At the dot only REPLY with 4yz or 5yz keeps the message out."""

    REPLY = "say `text` instead"
    REPLY_AND_CLOSE = "say `text` instead and close"
    CLOSE = "close without a reply"
    RESET = "reset the connection without a reply"
    SILENT = "never reply"
    LATE = "reply once `release` is set"
    TWICE = "say it, then `text` (or the same again)"
    GARBAGE = "send `text` as it is and no reply"
    ENDLESS = "continuation lines without an end"
    LONG_LINE = "ten megabytes without a line end"
    DRIP = "one byte at a time, for ever"
    STRAY = "send `text` as a line unasked, before the reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """`act` happens at the next `times` replies of `stage` (-1: always) to an envelope that holds `about`."""

    stage: Stage
    act: Act
    text: str = ""
    times: int = 1
    about: str = ""


@dataclass(slots=True, kw_only=True)
class CutBody:
    """Close after so many bytes of the next content; nothing of it is kept."""

    after: int


@dataclass(slots=True)
class _Pending:
    fault: Fault
    left: int = field(default=0)


class Smtpd(Receiver):
    """`mails` holds every accepted message in order; `commands` every line received, envelopes included."""

    def __init__(self, options: ReceiverOptions | None = None, *, greylist: bool = False) -> None:
        super().__init__(self._keep, options)
        self.mails: list[ReceivedMail] = []
        self.commands: list[str] = []
        self.connections = 0
        self.greylist = greylist
        self.release = asyncio.Event()
        self.misbehaved = asyncio.Event()
        self._seen: set[tuple[str, str]] = set()
        self._faults: list[_Pending] = []
        self._cuts: list[CutBody] = []

    def session(self) -> ReceiverSession:
        self.connections += 1
        return _Session(self)

    def fail(self, stage: Stage, act: Act, text: str = "", *, times: int = 1, about: str = "") -> None:
        """Misbehave from now on; several wait in line."""
        self._faults.append(_Pending(Fault(stage=stage, act=act, text=text, times=times, about=about), times))

    def cut_body(self, *, after: int) -> None:
        """Close once so many bytes of the next content have come."""
        self._cuts.append(CutBody(after=after))

    def behave(self) -> None:
        """Forget all misbehaviours."""
        self._faults.clear()
        self._cuts.clear()

    def drop_idle(self) -> int:
        """Close, without a word, every connection on which no message is under way."""
        idle = [session for session in self.sessions if session.idle]
        for session in idle:
            if session.transport is not None:
                session.transport.close()
        return len(idle)

    def fault_at(self, stage: Stage, envelope: str) -> Fault | None:
        for pending in self._faults:
            if pending.fault.stage is stage and pending.left != 0 and pending.fault.about in envelope:
                pending.left -= 1
                return pending.fault
        return None

    def cut_at(self) -> int | None:
        return self._cuts.pop(0).after if self._cuts else None

    def is_new(self, sender: str, recipient: str) -> bool:
        """Whether the pair is greylisted: it is, once."""
        new = self.greylist and (sender, recipient) not in self._seen
        self._seen.add((sender, recipient))
        return new

    def _keep(self, mail: ReceivedMail) -> str:
        self.mails.append(mail)
        return f"Q{len(self.mails):06}"


class _Session(ReceiverSession):
    def __init__(self, server: Smtpd) -> None:
        super().__init__(server)
        self._smtpd = server
        self._envelope = ""
        self._cut_after: int | None = None
        self._mute = False
        self._tasks: set[asyncio.Task[None]] = set()

    def data_received(self, data: bytes) -> None:
        if self._mute:
            return
        super().data_received(data)
        if self._cut_after is not None and self.in_content and self.frames.waiting >= self._cut_after:
            self.cut()

    def connection_lost(self, exc: Exception | None) -> None:
        for task in self._tasks:
            task.cancel()
        super().connection_lost(exc)

    def _command(self, line: str) -> None:
        self._smtpd.commands.append(line)
        if line.upper().startswith(("MAIL", "EHLO")):
            self._envelope = ""
        self._envelope += line + "\n"
        super()._command(line)

    def recipient(self, address: str) -> None:
        if self._smtpd.is_new(self.sender or "", address):
            self.answer(Stage.RCPT, "450 4.2.0 Greylisted, see you in a minute")
        else:
            super().recipient(address)

    def begin(self) -> None:
        fault = self._smtpd.fault_at(Stage.DATA, self._envelope)
        if fault is None or not fault.text.startswith(("4", "5")):
            self._cut_after = self._smtpd.cut_at()
            self.in_content = True
        self._act(fault, "354 End data with <CR><LF>.<CR><LF>")

    def finish(self, mail: ReceivedMail) -> None:
        fault = self._smtpd.fault_at(Stage.DOT, self._envelope)
        if fault is not None and fault.act in {Act.REPLY, Act.REPLY_AND_CLOSE} and fault.text.startswith(("4", "5")):
            self._act(fault, "")
        else:
            self._act(fault, f"250 2.0.0 Ok: queued as {self.receiver.take(mail)}")

    def answer(self, stage: Stage, reply: str) -> None:
        if stage in {Stage.DATA, Stage.DOT} and reply.startswith(("354", "250")):
            super().answer(stage, reply)  # begin and finish have looked for a fault already
        else:
            self._act(self._smtpd.fault_at(stage, self._envelope), reply)

    def _act(self, fault: Fault | None, reply: str) -> None:
        if fault is None:
            super().answer(Stage.OTHER, reply)
            return
        self._smtpd.misbehaved.set()
        if reply.startswith("250") and fault.stage in {Stage.MAIL, Stage.RCPT} and fault.text.startswith(("4", "5")):
            self._undo(fault.stage)
        self._misbehave(fault, reply)

    def _undo(self, stage: Stage) -> None:
        """A refused command has no effect."""
        if stage is Stage.MAIL:
            self.sender = None
        elif self.recipients:
            self.recipients.pop()

    def _misbehave(self, fault: Fault, reply: str) -> None:
        say = super().answer
        match fault.act:
            case Act.REPLY:
                say(Stage.OTHER, fault.text)
            case Act.REPLY_AND_CLOSE:
                say(Stage.OTHER, fault.text)
                self._leave()
            case Act.TWICE:
                say(Stage.OTHER, reply)
                say(Stage.OTHER, fault.text or reply)
            case Act.STRAY:
                say(Stage.OTHER, fault.text)
                say(Stage.OTHER, reply)
            case _:
                self.flush()
                self._misbehave_raw(fault, reply)

    def _misbehave_raw(self, fault: Fault, reply: str) -> None:
        match fault.act:
            case Act.CLOSE:
                self._leave()
            case Act.RESET:
                self.cut()
            case Act.SILENT:
                self._mute = True
            case Act.GARBAGE:
                self._raw(fault.text.encode("latin-1"))
            case Act.LONG_LINE:
                self._raw(b"250 " + b"x" * 10_000_000)
            case Act.LATE:
                self._spawn(self._late(reply))
            case Act.ENDLESS:
                self._spawn(self._endless(b"250-more\r\n" * 100))
            case Act.DRIP:
                self._spawn(self._endless(b"2"))

    def _leave(self) -> None:
        self.flush()
        if self.transport is not None:
            self.transport.close()

    def _raw(self, data: bytes) -> None:
        self.flush()
        if self.transport is not None:
            self.transport.write(data)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        self.flush()
        self._mute = True
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _late(self, reply: str) -> None:
        await self._smtpd.release.wait()
        self._mute = False
        super().answer(Stage.OTHER, reply)
        self.flush()

    async def _endless(self, data: bytes) -> None:
        """What is dripped comes slowly enough to look alive, and never ends."""
        while self.open:
            self._raw(data)
            await asyncio.sleep(0.005)


@contextlib.contextmanager
def running_smtpd(options: ReceiverOptions | None = None, *, greylist: bool = False) -> Iterator[Smtpd]:
    """A server on a thread of its own; lists may be read from here, everything else by `call_soon_threadsafe`."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="smtpd", daemon=True)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(_started(options, greylist=greylist), loop).result(10)
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(server.close(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _started(options: ReceiverOptions | None, *, greylist: bool) -> Smtpd:
    server = Smtpd(options, greylist=greylist)
    await server.start()
    return server
