"""The service as systemd runs it: starts, sends what is due, refuses a second one, reloads, ends cleanly."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.acceptance.conftest import Touches
from tests.servers.smtpd import Smtpd, running_smtpd

CADENCE = """policy: hello
hours: {email: any}
holidays: ignore
touches:
  - {id: mail, day: 0, channel: email, news: any, ask: Reply by Friday.}
"""
NEWS = "---\nkind: schedule\nheadline: New hours\n---\nWe answer until ten in the evening now.\n"
PATIENCE = 60.0  # seconds that a slow machine gets before a test gives up


@pytest.fixture
def smtpd() -> Iterator[Smtpd]:
    """A mail server on loopback."""
    with running_smtpd() as server:
        yield server


@pytest.fixture
def shop(touches: Touches, smtpd: Smtpd, tmp_path: Path) -> Path:
    """A workspace with one lead enrolled and one mail due."""
    touches("init", "shop")
    shop = tmp_path / "shop"
    settings = shop / "touches.toml"
    text = settings.read_text(encoding="utf-8").replace("port = 25\n", f"port = {smtpd.port}\n")
    settings.write_text(text.replace('email = "every 5 seconds"', 'email = "every 1 second"'), encoding="utf-8")
    for old in [*(shop / "policies").iterdir(), *(shop / "news").iterdir()]:
        old.unlink()
    (shop / "policies" / "hello.yaml").write_text(CADENCE, encoding="utf-8")
    (shop / "news" / "hours.md").write_text(NEWS, encoding="utf-8")
    touches("publish", folder=shop)
    touches("lead", "add", "--external-id", "ann", "--email", "ann@customer.test", folder=shop)
    touches("enroll", "hello", "ann", folder=shop)
    return shop


@contextmanager
def daemon(command: str, shop: Path) -> Iterator[subprocess.Popen[str]]:
    """A running daemon; whatever a test leaves of it is killed by its id."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("TOUCHES_")}
    with (shop / "daemon.log").open("w") as log:
        process = subprocess.Popen([command, "daemon"], cwd=shop, env=known, stderr=log, text=True)
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()


def until(shop: Path, word: str) -> str:
    """Wait until the daemon has logged a word."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        log = (shop / "daemon.log").read_text()
        if word in log:
            return log
        time.sleep(0.1)
    raise AssertionError(f"the daemon never logged {word}: {(shop / 'daemon.log').read_text()}")


def test_what_is_due_leaves_at_the_start_however_seldom_the_schedule_sends(command: str, shop: Path) -> None:
    settings = shop / "touches.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('email = "every 1 second"', 'email = "every 24 hours"'), encoding="utf-8")
    with daemon(command, shop):
        assert '"claimed": 1' in until(shop, "drained")


def test_it_sends_what_is_due_and_ends_cleanly(touches: Touches, command: str, shop: Path, smtpd: Smtpd) -> None:
    with daemon(command, shop) as process:
        until(shop, "drained")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=PATIENCE) == 0

    assert len(smtpd.mails) == 1
    assert [row["state"] for row in touches("outbox", "--json", folder=shop).rows] == ["sent"]
    assert "stopped" in (shop / "daemon.log").read_text()


def test_a_second_one_is_told_who_holds_the_lock(touches: Touches, command: str, shop: Path) -> None:
    with daemon(command, shop) as process:
        until(shop, '"action": "started"')
        refused = touches("tick", folder=shop, code=7)
        allowed = touches("outbox", "--json", folder=shop)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=PATIENCE) == 0

    assert f":{process.pid}:" in refused.err
    assert len(allowed.rows) == 1


def test_settings_are_read_again_and_wrong_ones_change_nothing(command: str, shop: Path) -> None:
    settings = shop / "touches.toml"
    with daemon(command, shop) as process:
        until(shop, '"action": "started"')
        good = settings.read_text(encoding="utf-8")
        settings.write_text(good + "\n[nonsense]\n", encoding="utf-8")
        process.send_signal(signal.SIGHUP)
        until(shop, "settings_kept")
        settings.write_text(good, encoding="utf-8")
        process.send_signal(signal.SIGHUP)
        until(shop, "settings_reloaded")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=PATIENCE) == 0


def test_its_log_holds_nobodys_data(command: str, shop: Path) -> None:
    with daemon(command, shop) as process:
        log = until(shop, "drained")
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=PATIENCE)

    assert "ann@customer.test" not in log
