"""Real senders over a prepared workspace, a receiver that counts, and the comparison of the two."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from policies.linter import LintContext
from touches.engine.enrolling import enroll
from touches.model.people import PointKind
from touches.publishing import publish, read_drafts
from touches.store.schema import upgrade
from touches.store.units import Store
from touches.wiring import open_office, open_store
from touches.workspace import Workspace, create_workspace

CONNECTIONS = 10
POLICY = """
policy: follow
hours: {email: {days: mon-sun, from: "00:00", until: "24:00"}}
holidays: ignore
touches:
  - {id: first, day: 0, channel: email, news: any, ask: Reply.}
  - {id: second, day: 3, channel: email, news: any, ask: Reply.}
"""
ROOT = Path(__file__).resolve().parents[2]
COLUMNS = "SELECT id, state, message_id FROM touch WHERE kind = 'touch' AND state NOT IN ('planned', 'ready', 'held')"


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a run came to. `lost` are touches that count as sent and never arrived."""

    kills: int = 0
    rows: int = 0
    doubled: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    in_doubt: int = 0
    doubted_and_arrived: int = 0
    unfinished: int = 0

    def said(self, name: str) -> str:
        """One line for people; by the rule of three the true share lies below the bound with 95 % confidence."""
        bound = f"{3 / self.kills:.1%}" if self.kills else "-"
        return (
            f"{name}: {self.kills} kills, {self.rows} touches, {len(self.doubled)} doubled, {len(self.lost)} silently "
            f"lost, {self.in_doubt} in doubt (of which {self.doubted_and_arrived} arrived), 3/n bound {bound} a kill"
        )


class Nursery:
    """Starts and ends senders, each a process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.nursery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._answer()

    def start(self, rig: "Rig", life: str) -> int:
        """The process id of a new sender."""
        order = {"life": life, "workspace": str(rig.workspace.root), "database": rig.url_given, "lease": rig.lease}
        return int(self._ask(order)["pid"])

    def reap(self, pid: int) -> Mapping[str, int]:
        """How it ended."""
        return self._ask({"reap": pid})

    def close(self) -> None:
        """End the nursery; senders that still run are the caller's."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()

    def _ask(self, order: Mapping[str, Any]) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the nursery died"
        return json.loads(line)


@contextmanager
def receiver(file: Path, *options: str) -> Iterator[int]:
    """The counting mail server; its port."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.servers.counting_smtpd", str(file), *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


class Rig:
    """One workspace on one database, with leads as they are needed."""

    def __init__(self, folder: Path, port: int, received: Path, *, url: str = "", host: str = "127.0.0.1") -> None:
        self.received = received
        self.url_given = url
        self.lease = 2 if url else 30  # seconds; on SQLite nobody waits for them to end
        made = create_workspace(folder, prepare_database=None if url else upgrade)
        settings = (made.root / "touches.toml").read_text(encoding="utf-8")
        settings = settings.replace('host = "localhost"', f'host = "{host}"', 1)
        settings = settings.replace("port = 25", f"port = {port}", 1)
        settings = settings.replace("connections = 8", f"connections = {CONNECTIONS}", 1)
        settings = settings.replace('email = "every 5 seconds"', 'email = "every 1 second"', 1)
        (made.root / "touches.toml").write_text(settings, encoding="utf-8")
        for folder_name in ("policies", "news"):
            for old in (made.root / folder_name).iterdir():
                old.unlink()
        (made.root / "policies" / "follow.yaml").write_text(POLICY, encoding="utf-8")
        for name, text in (("hello", "Who we are and what changes."), ("price", "The small plan costs nineteen.")):
            news = f"---\nkind: education\nheadline: About {name}\n---\n{text}\n"
            (made.root / "news" / f"{name}.md").write_text(news, encoding="utf-8")
        self.workspace = Workspace(made.root, environment={"TOUCHES_DATABASE": url} if url else {})
        self.store: Store = open_store(self.workspace.settings)
        self.office = open_office(self.workspace, self.store)
        self._leads = 0
        root = self.workspace.root
        drafts = read_drafts(root / "policies", root / "news", LintContext(), similar=lambda items: ())
        with self.store.write() as unit:
            publish(unit, drafts, author="rig", at=self.office.clock.now())

    def close(self) -> None:
        """Give the connections back."""
        self.store.close()

    def add_leads(self, count: int) -> None:
        """Leads with a touch that is due now."""
        ids = []
        with self.store.write() as unit:
            for number in range(self._leads, self._leads + count):
                lead_id = unit.leads.add(created_at=self.office.clock.now(), external_id=f"L{number}")
                address = f"l{number}@customer.test"
                hashed = self.office.signer.address_hash(PointKind.EMAIL, address)
                unit.leads.add_point(lead_id=lead_id, kind=PointKind.EMAIL, address=address, address_hash=hashed)
                ids.append(lead_id)
        self._leads += count
        list(enroll(self.office, "follow", ids, by="rig"))

    def due(self) -> int:
        """How many touches wait to leave now."""
        statement = "SELECT count(*) FROM touch WHERE step = 'first' AND state IN ('planned', 'ready')"
        with self.store.read() as unit:
            return int(unit.connection.exec_driver_sql(statement).scalar_one())

    def arrived(self) -> int:
        """How many bytes of Message-IDs the receiver has written: it only has to grow."""
        return self.received.stat().st_size if self.received.exists() else 0

    def tally(self, kills: int) -> Tally:
        """Compare what the receiver counted with what the database says."""
        counted = Counter(self.received.read_text(encoding="ascii").split()) if self.received.exists() else Counter()
        with self.store.read() as unit:
            rows = unit.connection.exec_driver_sql(COLUMNS).all()
        tally = Tally(kills=kills, rows=len(rows))
        for _, state, message_id in rows:
            times = counted[message_id]
            if times > 1:
                tally.doubled.append(message_id)
            if state == "in_doubt":
                tally.in_doubt += 1
                tally.doubted_and_arrived += times > 0
            elif state in ("sent", "delivered"):
                if times == 0:
                    tally.lost.append(message_id)
            else:
                tally.unfinished += 1
        return tally


def pause(seconds: float) -> None:
    """Let a foreign process live for so long."""
    time.sleep(seconds)


def kill_often(
    rig: Rig, nursery: Nursery, dice: random.Random, *, kills: int, life: str, until: float = 0.0, low: int = 300
) -> int:
    """Start and kill senders at random moments; how many kills found one alive. `until` is an end by the clock."""
    landed = 0
    while landed < kills or time.monotonic() < until:
        if rig.due() < low:
            rig.add_leads(max(low, 500))
        pid = nursery.start(rig, life)
        _wait_for_a_moment(rig, dice)
        os.kill(pid, signal.SIGKILL)
        ended = nursery.reap(pid)
        assert not ended.get("code"), _last_words(rig)
        landed += ended.get("signal") == signal.SIGKILL
    return landed


def _wait_for_a_moment(rig: Rig, dice: random.Random) -> None:
    """Sometimes at a random time after the start, mostly when it is at work."""
    if dice.random() < 0.25:
        pause(dice.uniform(0.0, 0.4))
        return
    goal = rig.arrived() + dice.randrange(1, 4000)
    deadline = time.monotonic() + 10
    while rig.arrived() < goal and time.monotonic() < deadline and rig.due():
        pause(0.002)
    pause(dice.uniform(0.0, 0.02))


def finish(rig: Rig, nursery: Nursery) -> None:
    """One undisturbed sender works off what is left, once the leases of the dead have ended."""
    if rig.url_given:
        pause(rig.lease + 0.5)
    pid = nursery.start(rig, "tick")
    ended = nursery.reap(pid)
    assert ended == {"code": 0}, _last_words(rig)


def _last_words(rig: Rig) -> str:
    return (rig.workspace.root / "lives.log").read_text(errors="replace")[-2000:]
