"""SMS through a real Kannel to the simulated operator that comes with it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import pytest

from channels.protocol import Accepted, Failure, Prepared, Refused
from channels.settings import Secret, SmsSettings
from channels.sms.callbacks import callbacks_of
from channels.sms.kannel import KannelChannel
from tests.servers.gateways import HttpGateway, Reply, Request, unused_port
from tests.servers.processes import listening, need, running, wait_until
from tests.unit.channels.marker import CountingMarker
from tests.unit.channels.outgoing import outgoing

pytestmark = pytest.mark.system

OPERATOR = "/usr/lib/kannel/test/fakesmsc"
CONFIG = """
group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = admin
admin-allow-ip = "127.0.0.1"
smsbox-port = {box}
smsbox-interface = 127.0.0.1
box-allow-ip = "127.0.0.1"
box-deny-ip = "*.*.*.*"
dlr-storage = internal

group = smsc
smsc = fake
smsc-id = FAKE1
port = {operator}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {send}
sendsms-interface = 127.0.0.1
http-request-retry = 3
http-queue-delay = 1

group = sendsms-user
username = touch
password = secret
concatenation = true
max-messages = 6
"""


class Reports(HttpGateway):
    """Our own web page, as Kannel sees it."""

    def respond(self, request: Request) -> Reply:
        return Reply(status=200)


@dataclass(slots=True, kw_only=True)
class Kannel:
    folder: Path
    ports: dict[str, int]
    stack: ExitStack

    @classmethod
    def start(cls, folder: Path, stack: ExitStack) -> Self:
        ports = {name: unused_port() for name in ("admin", "box", "operator", "send")}
        (folder / "kannel.conf").write_text(CONFIG.format(**ports))
        started = cls(folder=folder, ports=ports, stack=stack)
        started._run("/usr/sbin/bearerbox", ports["box"])
        started._run("/usr/sbin/smsbox", ports["send"])
        return started

    def _run(self, program: str, port: int) -> None:
        log = self.folder / f"{Path(program).name}.log"
        self.stack.enter_context(running(program, "-v", "1", str(self.folder / "kannel.conf"), log=log))
        wait_until(lambda: listening(port), program, log=log)

    def connect_operator(self) -> None:
        port = str(self.ports["operator"])
        hello = "4915112345678 67890 text hello"
        command = (OPERATOR, "-H", "127.0.0.1", "-r", port, "-i", "1", "-m", "1", hello)
        self.stack.enter_context(running(*command, log=self.heard_log))
        said = self.folder / "bearerbox.log"
        wait_until(lambda: "accepted connection" in _text(said).lower() or "connected" in _text(said).lower(),
                   "the operator's connection", log=said)  # fmt: skip

    @property
    def heard_log(self) -> Path:
        return self.folder / "operator.log"

    def heard(self) -> int:
        """How many messages of ours the operator got; it prints one line for each, so ours are of one line."""
        return _text(self.heard_log).count("<KAHVILA +358401234567 ")

    def settings(self, password: str = "secret", **more: object) -> SmsSettings:
        url = f"http://127.0.0.1:{self.ports['send']}/cgi-bin/sendsms"
        known = {"url": url, "account": "touch", "password": Secret(password), "sender": "KAHVILA"}
        return SmsSettings(**{**known, **more})  # type: ignore[arg-type]


@pytest.fixture
def kannel(tmp_path: Path) -> Iterator[Kannel]:
    need("/usr/sbin/bearerbox", "/usr/sbin/smsbox", package="kannel")
    need(OPERATOR, package="kannel-extras")
    with ExitStack() as stack:
        yield Kannel.start(tmp_path, stack)


async def hand_over(settings: SmsSettings, **changes: object) -> tuple[Prepared, object]:
    channel = KannelChannel(settings)
    prepared = channel.prepare(outgoing("sms", purpose="notice", **changes))  # type: ignore[arg-type]
    result = await channel.hand_over(prepared, CountingMarker())
    await channel.close()
    return prepared, result


async def test_the_operator_gets_the_text_once_in_its_own_letters(kannel: Kannel) -> None:
    kannel.connect_operator()
    _, result = await hand_over(kannel.settings(), piece={"body": "Ääkköset & 100 % = ok?", "ask": ""})
    assert result == Accepted(reference="touch-000042", detail="0: Accepted for delivery")
    wait_until(lambda: kannel.heard() == 1, "the message", log=kannel.heard_log)
    assert "KAHVILA +358401234567" in _text(kannel.heard_log)
    assert "Ääkköset & 100 % = ok?" in _text(kannel.heard_log)


async def test_a_long_text_leaves_in_as_many_parts_as_we_counted(kannel: Kannel) -> None:
    kannel.connect_operator()
    prepared, _ = await hand_over(kannel.settings(), piece={"body": "a€" * 130, "ask": ""})
    wait_until(lambda: kannel.heard() >= prepared.parts, "all parts", log=kannel.heard_log)
    assert (kannel.heard(), prepared.parts) == (3, 3)


async def test_reports_come_back_under_our_key_with_our_token(kannel: Kannel) -> None:
    kannel.connect_operator()
    async with Reports() as ours:
        settings = kannel.settings(callback_base=ours.origin, callback_secret=Secret("k"))
        await hand_over(settings)
        await _received(lambda: {"1", "8"} <= {request.query["state"] for request in ours.requests})
        assert {request.path for request in ours.requests} == {"/sms/status/kannel"}
        for request in ours.requests:
            assert callbacks_of(settings).known(request.query["key"], request.query["token"])


async def test_without_an_operator_kannel_queues_and_it_is_handed_over(kannel: Kannel) -> None:
    _, result = await hand_over(kannel.settings())
    assert isinstance(result, Accepted)
    assert result.detail.startswith("3: Queued")


async def test_a_wrong_password_is_our_own_fault(kannel: Kannel) -> None:
    _, result = await hand_over(kannel.settings(password="wrong"))
    assert isinstance(result, Refused)
    assert (result.failure, result.code) == (Failure.CONFIGURATION, "403")


async def _received(true: Callable[[], bool]) -> None:
    """Let our own server work until the foreign process has called; the deadline is the test's."""
    import asyncio

    async with asyncio.timeout(20):
        while not true():
            await asyncio.sleep(0.05)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
