"""Letters to the printer that the Printer Working Group's own reference program plays."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from channels.letter.channel import LetterChannel
from channels.letter.spool import Spool
from channels.protocol import Accepted
from channels.settings import LetterSettings
from tests.servers.gateways import unused_port
from tests.servers.processes import listening, need, running, wait_until
from tests.unit.channels.marker import CountingMarker
from tests.unit.channels.outgoing import outgoing

pytestmark = pytest.mark.system

# Even with service discovery off this program refuses to start without a bus and a responder: private ones on loopback.
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/><allow user="*"/></policy></busconfig>
"""
RESPONDER = """[server]
use-ipv4=yes
use-ipv6=no
allow-interfaces=lo
[publish]
disable-publishing=no
publish-addresses=no
"""


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Its address, and the folder where it keeps what it printed."""
    need("ippeveprinter", package="cups-ipp-utils")
    need("dbus-daemon", package="dbus")
    need("avahi-daemon", package="avahi-daemon")
    log, port, kept = tmp_path / "log", unused_port(), tmp_path / "kept"
    kept.mkdir()
    bus = {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={tmp_path}/bus"}
    (tmp_path / "bus.conf").write_text(BUS.format(socket=tmp_path / "bus"))
    (tmp_path / "avahi.conf").write_text(RESPONDER)
    with ExitStack() as stack:
        config = f"--config-file={tmp_path}/bus.conf"
        stack.enter_context(running("dbus-daemon", config, "--nofork", "--nopidfile", log=log))
        wait_until((tmp_path / "bus").exists, "the bus", log=log)
        responder = ("avahi-daemon", "-f", f"{tmp_path}/avahi.conf", "--no-drop-root", "--no-chroot", "--no-rlimits")
        stack.enter_context(running(*responder, log=log, environment=bus))
        wait_until(lambda: "startup complete" in log.read_text(errors="replace"), "the responder", log=log)
        options = ("-p", str(port), "-n", "localhost", "-r", "off", "-k", "-d", str(kept), "-s", "10,10")
        program = ("ippeveprinter", *options, "-f", "application/pdf", "-c", "/bin/true", "Letterbox")
        stack.enter_context(running(*program, log=log, environment=bus))
        wait_until(lambda: listening(port), "the printer", log=log)
        yield f"ipp://127.0.0.1:{port}/ipp/print", kept


async def test_three_letters_come_out_once_each_though_it_takes_one_at_a_time(
    printer: tuple[str, Path], tmp_path: Path
) -> None:
    address, kept = printer
    spool = tmp_path / "spool"
    channel = LetterChannel(LetterSettings(spool=spool, home="FI", printer=address, printer_timeout=30))
    made = [channel.prepare(outgoing("letter", key=f"touch-{number}")) for number in range(3)]
    for prepared in made:
        assert isinstance(await channel.hand_over(prepared, CountingMarker()), Accepted)
    await channel.close()
    assert Spool(spool).keys("done") == ["touch-0", "touch-1", "touch-2"]
    assert sorted(path.read_bytes() for path in kept.rglob("*.pdf")) == sorted(one.payload for one in made)
