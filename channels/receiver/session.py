"""One connection to a receiver: commands in, replies out."""

import asyncio
import re
import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, cast

from channels.receiver.framing import Frames, TooLongError
from channels.receiver.login import Login
from channels.receiver.values import ReceivedMail, Stage

if TYPE_CHECKING:
    from channels.receiver.server import Receiver

_PATH: Final = re.compile(r"(?:FROM|TO):\s?<([^<>]*)>((?: \S+)*)", re.IGNORECASE)


class ReceiverSession(asyncio.Protocol):
    """Every reply leaves by `answer`; all replies to one packet leave in one write. What is public may be overridden
    by those who want a server that behaves differently."""

    def __init__(self, receiver: "Receiver") -> None:
        self.receiver = receiver
        self.options = receiver.options
        self.frames = Frames(self.options.size_limit)
        self.transport: asyncio.Transport | None = None
        self.secured = False
        self.account = ""
        self.in_content = False
        self.sender: str | None = None
        self.recipients: list[str] = []
        self.parameters: tuple[str, ...] = ()
        self._replies: list[bytes] = []
        self._login: Login | None = None
        self._upgrade: asyncio.Task[None] | None = None
        self._commands: dict[str, Callable[[str], None]] = {
            "EHLO": self._ehlo, "HELO": self._helo, "STARTTLS": self._starttls, "AUTH": self._auth, "MAIL": self._mail,
            "RCPT": self._rcpt, "DATA": self._data, "RSET": self._rset, "NOOP": self._noop, "QUIT": self._quit,
        }  # fmt: skip

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.receiver.sessions.add(self)
        self.answer(Stage.CONNECT, f"220 {self.options.hostname} ESMTP")
        self.flush()

    def data_received(self, data: bytes) -> None:
        self.frames.feed(data)
        try:
            while self.open and self._upgrade is None and self._step():
                pass
        except TooLongError:
            self.hang_up(Stage.OTHER, "500 5.5.2 Too long")
        self.flush()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        self.receiver.sessions.discard(self)
        self.transport = None

    @property
    def open(self) -> bool:
        return self.transport is not None and not self.transport.is_closing()

    @property
    def idle(self) -> bool:
        """Whether no message is under way."""
        return self.sender is None

    def answer(self, stage: Stage, reply: str) -> None:  # noqa: ARG002
        """Give one reply; it leaves with the next `flush`. `stage` is for those who answer differently."""
        self._replies.append(reply.encode("utf-8") + b"\r\n")

    def begin(self) -> None:
        """The recipients are there: let the content come."""
        self.in_content = True
        self.answer(Stage.DATA, "354 End data with <CR><LF>.<CR><LF>")

    def recipient(self, address: str) -> None:
        """A recipient was named."""
        self.recipients.append(address)
        self.answer(Stage.RCPT, "250 2.1.5 Ok")

    def finish(self, mail: ReceivedMail) -> None:
        """A whole message is here."""
        self.answer(Stage.DOT, f"250 2.0.0 Ok: queued as {self.receiver.take(mail)}")

    def secure(self, context: ssl.SSLContext) -> None:
        """Agree to TLS; what was sent in the clear behind the command is forgotten (RFC 3207 section 4.2)."""
        self.answer(Stage.STARTTLS, "220 2.0.0 Ready to start TLS")
        self.flush()
        self.frames.clear()
        self._forget()
        self._upgrade = asyncio.get_running_loop().create_task(self._start_tls(context))

    def flush(self) -> None:
        """Send the replies given so far in one write."""
        if self._replies and self.transport is not None and self.open:
            self.transport.write(b"".join(self._replies))
        self._replies.clear()

    def cut(self) -> None:
        """Drop the connection without a word."""
        if self.transport is not None:
            self.transport.abort()

    def hang_up(self, stage: Stage, reply: str) -> None:
        """Say one more thing and close."""
        self.answer(stage, reply)
        self.flush()
        if self.transport is not None:
            self.transport.close()

    def _step(self) -> bool:
        """Work on what has come; False when more has to come first."""
        if self.in_content:
            content = self.frames.content()
            if content is not None:
                self._take(content)
            return content is not None
        line = self.frames.line()
        if line is not None:
            self._command(line)
        return line is not None

    def _take(self, content: bytes) -> None:
        self.in_content = False
        mail = ReceivedMail(
            sender=self.sender or "", recipients=tuple(self.recipients), content=content,
            parameters=self.parameters, secured=self.secured, account=self.account,
        )  # fmt: skip
        self._forget()
        if len(content) > self.options.size_limit:
            self.answer(Stage.DOT, "552 5.3.4 Message too big")
        else:
            self.finish(mail)

    def _command(self, line: str) -> None:
        verb, _, rest = line.partition(" ")
        if self._login is not None:
            self._login.take(line)
            self._answer_login(self._login)
        elif "\n" in line or "\r" in line:
            self.answer(Stage.OTHER, "500 5.5.2 A bare CR or LF ends no line")
        else:
            self._commands.get(verb.upper(), self._unknown)(rest)

    def _unknown(self, _rest: str) -> None:
        self.answer(Stage.OTHER, "502 5.5.1 Command not known")

    def _ehlo(self, rest: str) -> None:
        if not self.options.extended:
            self._unknown(rest)
            return
        self._forget()
        *more, last = self.options.offers(secured=self.secured)
        self.answer(Stage.EHLO, "".join(f"250-{line}\r\n" for line in more) + f"250 {last}")

    def _helo(self, _rest: str) -> None:
        self._forget()
        self.answer(Stage.EHLO, f"250 {self.options.hostname}")

    def _mail(self, rest: str) -> None:
        found = _PATH.fullmatch(rest)
        if self.options.accounts and not self.account:
            self.answer(Stage.MAIL, "530 5.7.0 Authentication required")
        elif found is None:
            self.answer(Stage.MAIL, "501 5.5.4 Expected FROM:<address>")
        elif self.sender is not None:
            self.answer(Stage.MAIL, "503 5.5.1 Nested MAIL command")
        else:
            self.sender, self.parameters = found[1], tuple(found[2].split())
            self.answer(Stage.MAIL, "250 2.1.0 Ok")

    def _rcpt(self, rest: str) -> None:
        found = _PATH.fullmatch(rest)
        if self.sender is None:
            self.answer(Stage.RCPT, "503 5.5.1 Need MAIL command")
        elif found is None or not found[1]:
            self.answer(Stage.RCPT, "501 5.1.3 Expected TO:<address>")
        else:
            self.recipient(found[1])

    def _data(self, _rest: str) -> None:
        if self.recipients:
            self.begin()
        else:
            self.answer(Stage.DATA, "554 5.5.1 No valid recipients")

    def _rset(self, _rest: str) -> None:
        self._forget()
        self.answer(Stage.RSET, "250 2.0.0 Ok")

    def _noop(self, _rest: str) -> None:
        self.answer(Stage.OTHER, "250 2.0.0 Ok")

    def _quit(self, _rest: str) -> None:
        self.hang_up(Stage.QUIT, "221 2.0.0 Bye")

    def _auth(self, rest: str) -> None:
        self._answer_login(Login(self.options.accounts, rest))

    def _answer_login(self, login: Login) -> None:
        self._login = login if login.open else None
        self.account = login.account
        self.answer(Stage.AUTH, login.reply)

    def _starttls(self, rest: str) -> None:
        if self.options.tls is None or self.secured:
            self._unknown(rest)
        else:
            self.secure(self.options.tls)

    async def _start_tls(self, context: ssl.SSLContext) -> None:
        if self.transport is None:
            return
        plain = self.transport
        try:
            upgraded = await asyncio.get_running_loop().start_tls(plain, self, context, server_side=True)
        except OSError:  # the other side did not like our certificate and left
            plain.abort()
            return
        finally:
            self._upgrade = None
        self.transport, self.secured = upgraded, True
        self.data_received(b"")  # what came while the handshake was not yet known to be over

    def _forget(self) -> None:
        """Between two messages."""
        self.sender, self.recipients, self.parameters = None, [], ()
