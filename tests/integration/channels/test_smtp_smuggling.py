"""Whatever a payload holds, one message arrives: at our own strict server and at aiosmtpd."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from channels.protocol import Accepted, Prepared, Unknown
from channels.smtp import SmtpChannel, SmtpSettings
from tests.servers.smtpd import Smtpd
from tests.unit.channels.mail.samples import mail_to

SECOND = b"MAIL FROM:<e@x.test>\r\nRCPT TO:<v@x.test>\r\nDATA\r\nSubject: smuggled\r\n\r\nx\r\n.\r\n"
PAYLOADS = [
    b"x\r\n.\r\n" + SECOND,
    b"x\n.\r\n" + SECOND,
    b"x\r\n.\n" + SECOND,
    b"x\n.\n" + SECOND,
    b"x\r.\r" + SECOND,
    b"x\r\n.\r" + SECOND,
    b"x\r.\r\n" + SECOND,
    b"x\r\r\n.\r\r\n" + SECOND,
    b"x\r\n\x00.\r\n" + SECOND,
    b".",
    b".\r\n",
    b"..\r\n...\r\n",
    b".\r\n.\r\n",
    b"\r\n.\r\n",
    b"\n.\n",
    b"\r.\r",
    b"x\r\n.",
    b"x\n.",
    b"x\r",
    b"x\n",
    b"x",
    b"",
    b"\r\n",
    b"\r\n\r\n",
    b"From me\r\nFrom you\r\n",
    b"x" * 1_000_000,
    b".x\r\n" * 10_000,
]
HEAD = b"Subject: one\r\n\r\n"


def lines_of(payload: bytes) -> list[bytes]:
    """The lines of a text however they end; a last line end more or less is no difference."""
    text = payload.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return text.removesuffix(b"\n").split(b"\n")


def prepared_with(payload: bytes) -> Prepared:
    composed = SmtpChannel(SmtpSettings(security="none")).prepare(mail_to())
    return replace(composed, payload=payload, transparent=False)


async def yes() -> bool:
    return True


@pytest.mark.parametrize("payload", [*PAYLOADS, *(HEAD + payload for payload in PAYLOADS)], ids=lambda p: repr(p[:24]))
async def test_one_message_arrives_at_a_strict_server(payload: bytes) -> None:
    async with Smtpd() as server:
        channel = SmtpChannel(SmtpSettings(host="127.0.0.1", port=server.port, security="none"))
        assert isinstance(await channel.hand_over(prepared_with(payload), yes), Accepted)
        assert isinstance(await channel.hand_over(prepared_with(b"next\r\n"), yes), Accepted)
        first, second = server.mails
        assert first.recipients == ("matti@customer.test",)
        assert lines_of(first.content) == lines_of(payload)
        assert b"\n" not in first.content.replace(b"\r\n", b"")
        assert b"\r" not in first.content.replace(b"\r\n", b"")
        assert second.content == b"next\r\n"
        await channel.close()


class Keeper:
    """Keeps what aiosmtpd takes."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], bytes]] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.taken.append((list(envelope.rcpt_tos), bytes(envelope.original_content or b"")))
        return "250 OK"


@pytest.fixture
async def other_server() -> AsyncIterator[tuple[Keeper, int]]:
    keeper, loop = Keeper(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(keeper, hostname="localhost", loop=loop), "127.0.0.1", 0)
    yield keeper, server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()


@pytest.mark.parametrize(
    "payload",
    [HEAD + payload for payload in PAYLOADS if max(map(len, payload.splitlines() or [b""])) < 1000],
    ids=lambda p: repr(p[16:40]),
)
async def test_one_message_arrives_at_aiosmtpd(payload: bytes, other_server: tuple[Keeper, int]) -> None:
    keeper, port = other_server
    channel = SmtpChannel(SmtpSettings(host="127.0.0.1", port=port, security="none"))
    assert isinstance(await channel.hand_over(prepared_with(payload), yes), Accepted)
    await channel.close()
    ((recipients, content),) = keeper.taken
    assert recipients == ["matti@customer.test"]
    assert lines_of(content) == lines_of(payload)


class CuttingProxy:
    """Forwards both ways until so many bytes of the end of a message have gone through; then it cuts both sides."""

    def __init__(self, port: int, *, end_bytes: int) -> None:
        self._port = port
        self._end_bytes = end_bytes

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server_reader, server_writer = await asyncio.open_connection("127.0.0.1", self._port)
        back = asyncio.create_task(self._back(server_reader, writer))
        passed = b""
        while data := await reader.read(65536):
            passed += data
            end = passed.find(b"\r\n.\r\n")
            if end >= 0:
                keep = len(passed) - len(data)
                server_writer.write(data[: max(0, end + self._end_bytes - keep)])
                break
            server_writer.write(data)
        await server_writer.drain()
        server_writer.close()
        await server_writer.wait_closed()
        writer.transport.abort()
        await back

    async def _back(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(65536):
                if b"queued" not in data:
                    target.write(data)
        except ConnectionError:
            return


@pytest.mark.parametrize("end_bytes", [0, 1, 2, 3, 4, 5])
async def test_a_cut_inside_the_end_of_the_message_is_doubt_and_the_server_takes_only_a_whole_one(
    end_bytes: int,
) -> None:
    """F39: from here nobody can know how much of the end arrived, so no offset may look certain."""
    async with Smtpd() as server:
        proxy = CuttingProxy(server.port, end_bytes=end_bytes)
        front = await asyncio.start_server(proxy.connected, "127.0.0.1", 0)
        port = front.sockets[0].getsockname()[1]
        channel = SmtpChannel(SmtpSettings(host="127.0.0.1", port=port, security="none"))
        result = await channel.hand_over(prepared_with(HEAD + b"x\r\n"), yes)
        assert isinstance(result, Unknown)
        while server.sessions:
            await asyncio.sleep(0.001)
        assert len(server.mails) == (1 if end_bytes == 5 else 0)
        front.close()
        await front.wait_closed()
        await channel.close()
