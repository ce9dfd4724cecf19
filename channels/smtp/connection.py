"""The seam to aiosmtplib: it connects, reads the greeting, secures and logs in; then we take the transport over.

The hand-over is asyncio's own `Transport.set_protocol`, done between two replies, when the library waits for nothing.
Its client object is dropped afterwards and never used again: it neither reads nor closes what is ours.
"""

import asyncio
import contextlib
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from channels.errors import ChannelSettingsError
from channels.protocol import Failure, Prepared, Refused
from channels.smtp.classify import Phase, refusal
from channels.smtp.replies import Reply, ReplyReader
from channels.smtp.settings import SmtpSettings
from channels.smtp.wire import SessionEndedError, Wire

if TYPE_CHECKING:
    from aiosmtplib import SMTP


@dataclass(slots=True, kw_only=True)
class Session:
    """An open, greeted, secured and logged-in connection, and what the server offers on it.

    `rested_at` is the loop's time of its last use; `unreset` says that a
    transaction was left half way and RSET has to come before the next one; `begun` is a message whose envelope has been
    sent together with the end of the one before: it is the next on this session, or the session goes. `size_limit` 0
    means none.
    """

    wire: Wire
    pipelining: bool = False
    eight_bit: bool = False
    smtputf8: bool = False
    sizes: bool = False
    size_limit: int = 0
    rested_at: float = 0.0
    unreset: bool = False
    begun: Prepared | None = None

    async def leave(self, seconds: float) -> None:
        """Say QUIT, wait so long for the answer, close."""
        with contextlib.suppress(SessionEndedError):
            self.wire.write(b"QUIT\r\n")
            await self.wire.reply(seconds)
        self.wire.close()


async def open_session(settings: SmtpSettings, tls: ssl.SSLContext | None) -> Session | Refused:
    """A fresh session. Whatever fails on the way is a Refused: nothing of a message has been offered yet."""
    from aiosmtplib import SMTP, SMTPException

    client = SMTP(
        hostname=settings.host,
        port=settings.port,
        timeout=settings.timeouts.greeting,
        local_hostname=settings.local_hostname or None,
        use_tls=settings.security == "tls",
        start_tls=False,
        tls_context=tls,
    )
    step = _Step(client)
    try:
        return await step.run(settings)
    except (SMTPException, OSError, ssl.SSLError, SessionEndedError, TimeoutError, ValueError) as error:
        client.close()
        return _refused(step.phase, error)
    except BaseException:  # cancelled: nobody else would close it
        client.close()
        raise


class _Step:
    """Walks the opening and remembers where it is, for the blame."""

    def __init__(self, client: "SMTP") -> None:
        self._client = client
        self.phase = Phase.CONNECT

    async def run(self, settings: SmtpSettings) -> Session | Refused:
        client, limit = self._client, settings.timeouts.greeting
        async with asyncio.timeout(settings.timeouts.connect + limit):
            await client.connect()
        async with asyncio.timeout(limit):
            await _hello(client)
        if settings.security == "starttls":
            self.phase = Phase.STARTTLS
            async with asyncio.timeout(limit):
                await client.starttls()
                await _hello(client)
        if settings.username:
            self.phase = Phase.AUTH
            async with asyncio.timeout(limit):
                await client.login(settings.username, settings.password.reveal())
        return _taken_over(client)


async def _hello(client: "SMTP") -> None:
    """EHLO, or HELO where a server knows nothing else."""
    from aiosmtplib import SMTPHeloError

    try:
        await client.ehlo()
    except SMTPHeloError as error:
        if not client.is_connected or error.code == 421:
            raise
        await client.helo()


def _taken_over(client: "SMTP") -> Session:
    if client.transport is None or client.transport.is_closing():
        raise SessionEndedError("the server closed the connection")
    offers = client.esmtp_extensions
    size = offers.get("size", "").strip()
    # The library types a base transport; create_connection and start_tls only ever give whole ones.
    transport = cast("asyncio.Transport", client.transport)
    return Session(
        wire=Wire(transport, asyncio.get_running_loop()),
        pipelining="pipelining" in offers,
        eight_bit="8bitmime" in offers,
        smtputf8="smtputf8" in offers,
        sizes="size" in offers,
        size_limit=int(size) if size.isascii() and size.isdigit() and len(size) < 20 else 0,
    )


def tls_context(settings: SmtpSettings) -> ssl.SSLContext | None:
    """What TLS asks of the server; None without TLS. Reads the authorities. Raises ChannelSettingsError."""
    if settings.security == "none":
        return None
    context = ssl.create_default_context()
    if settings.ca_file:
        try:
            context.load_verify_locations(cafile=settings.ca_file)
        except OSError as error:
            raise ChannelSettingsError(
                "channels.email.ca_file",
                f"{settings.ca_file!r} cannot be read as certificates: {error.strerror or error}",
            ) from None
    if not settings.verifies:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _refused(phase: Phase, error: Exception) -> Refused:
    from aiosmtplib import SMTPResponseException

    if isinstance(error, SMTPResponseException) and 400 <= error.code < 600:
        return refusal(phase, _as_reply(error.code, error.message))
    text = f"{phase}: {error}" if str(error) else f"{phase}: {type(error).__name__}"
    return Refused(failure=_way_or_settings(phase, error), permanent=False, text=text)


def _way_or_settings(phase: Phase, error: Exception) -> Failure:
    """A line that breaks is the way's fault; a bad certificate or a missing extension is a setting's."""
    if isinstance(error, ssl.SSLCertVerificationError) or isinstance(error.__cause__, ssl.SSLCertVerificationError):
        return Failure.CONFIGURATION
    broken = isinstance(error, OSError | SessionEndedError)
    return Failure.CONNECT if broken or phase is Phase.CONNECT else Failure.CONFIGURATION


def _as_reply(code: int, message: str) -> Reply:
    reader = ReplyReader()
    reader.feed(f"{code} {' '.join(message.split())[:1500]}\r\n".encode("utf-8", "replace"))
    return reader.take() or Reply(code=code)
