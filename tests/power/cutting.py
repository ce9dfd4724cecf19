"""Real transactions of the engine, played again on a disk whose power goes; then what the database says afterwards."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import apsw
from sqlalchemy import event

from tests.campaign import Campaign
from tests.power.disk import CachedVfs, Content, Disk
from touches.store.session import PRAGMAS

FILE = "touches.db"
SAFE = tuple((name, value) for name, value, _ in PRAGMAS)  # as every connection of ours is made
_NAMES = count(1)


class PowerCut(Exception):
    """The machine is off."""


@dataclass(slots=True, kw_only=True)
class Loss:
    """What came of many cuts. `lost` counts those after which an acknowledged commit was gone, `broken` those whose
    database was damaged or held half of a transaction."""

    cuts: int = 0
    commits: int = 0  # acknowledged before the cuts, in all
    lost: int = 0
    broken: int = 0
    torn: int = 0  # cuts in the middle of a commit
    examples: list[str] = field(default_factory=list)

    def said(self, name: str) -> str:
        """One line for people."""
        bound = f"{3 / self.cuts:.1%}" if self.cuts and not self.lost + self.broken else "-"
        return (
            f"{name}: {self.cuts} power cuts ({self.torn} inside of a commit), {self.commits} acknowledged commits, "
            f"{self.lost} cuts lost some, {self.broken} left a damaged database, 3/n bound {bound} a cut"
        )


def recorded(url: str, folder: Path) -> list[list[str]]:
    """The writing transactions of a small campaign, as the store sends them: enrolling, passes, a stop, news."""
    transactions: list[list[str]] = []
    campaign = Campaign(url, folder)

    @event.listens_for(campaign.store.engine, "connect")
    def listen(connection: Any, _record: Any) -> None:
        connection.set_trace_callback(_Listener(transactions))

    campaign.store.engine.dispose()  # a connection from before would be used first, and nobody listens to it
    campaign.record()
    campaign.publish()
    leads = [campaign.lead(f"lead{number}", company=f"Firm {number // 3}") for number in range(12)]
    for start in range(0, len(leads), 2):  # a pair a day, so that many commits are made
        campaign.enroll(*leads[start : start + 2])
        campaign.pass_days(1)
    campaign.pass_days(5)
    with campaign.store.write() as unit:
        unit.switches.set("paused", "a test", at=campaign.clock.now())
    campaign.close()
    return transactions


class _Listener:
    """Hears what one connection says; what it commits joins the others', in the order of the write lock."""

    def __init__(self, transactions: list[list[str]]) -> None:
        self._transactions = transactions
        self._changes: list[str] = []

    def __call__(self, statement: str) -> None:
        word = statement.lstrip().partition(" ")[0].upper()
        if word in ("INSERT", "UPDATE", "DELETE"):
            self._changes.append(statement)
            return
        if word == "COMMIT" and self._changes:
            self._transactions.append(self._changes)
        if word in ("BEGIN", "ROLLBACK", "COMMIT"):
            self._changes = []


def prints_of(made: bytes, transactions: Sequence[Sequence[str]]) -> list[str]:
    """The database's fingerprint before the first transaction, and after each."""
    connection = apsw.Connection(":memory:")
    connection.deserialize("main", _unlogged(made))
    prints = [fingerprint(connection)]
    for changes in transactions:
        _play(connection, changes)
        prints.append(fingerprint(connection))
    connection.close()
    return prints


def _unlogged(made: bytes) -> bytes:
    """The same file without its mark of a write-ahead log, which a database in memory cannot have."""
    return made[:18] + b"\1\1" + made[20:]


def fingerprint(connection: apsw.Connection) -> str:
    """A hash over all rows of all tables."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")
    names = [str(row[0]) for row in tables]
    digest = hashlib.blake2b(digest_size=16)
    for name in names:
        digest.update(name.encode())
        for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid'):
            digest.update(repr(row).encode())
    return digest.hexdigest()


def _play(connection: apsw.Connection, changes: Sequence[str]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement in changes:
        for _ in connection.execute(statement):
            pass  # a RETURNING is done when it was read
    connection.execute("COMMIT")


@dataclass(slots=True, kw_only=True)
class Machine:
    """Plays transactions until its power goes at the `at`-th write or sync (0: never)."""

    made: bytes
    transactions: Sequence[Sequence[str]]
    dice: random.Random
    pragmas: Sequence[tuple[str, str]]
    at: int = 0
    operations: int = 0
    acknowledged: int = 0
    under_way: bool = False
    over: bool = False
    left: dict[str, bytes] = field(default_factory=dict)

    def run(self) -> None:
        """To the end, or to the cut."""
        disk = Disk(self.dice, self._operation)
        disk.files[FILE] = Content(seen=bytearray(self.made), stored=bytearray(self.made))
        self._disk = disk
        vfs = CachedVfs(f"power{next(_NAMES)}", disk)
        connection = opened(vfs, self.pragmas, checkpoint=self.dice.choice((20, 100, 1000)))
        try:
            for changes in self.transactions:
                self.under_way = True
                _play(connection, changes)
                self.under_way = False
                self.acknowledged += 1
            self.left = disk.after_the_cut()  # idle, with everything acknowledged
        except PowerCut:
            return
        finally:
            self.over = True
            connection.close(True)
            vfs.unregister()

    _disk: Disk = field(init=False)

    def _operation(self) -> None:
        if self.over:
            return
        if self.left:
            raise PowerCut
        self.operations += 1
        if self.operations == self.at:
            self.left = self._disk.after_the_cut()
            raise PowerCut


def opened(vfs: CachedVfs, pragmas: Sequence[tuple[str, str]], *, checkpoint: int = 1000) -> apsw.Connection:
    """As the store opens it, but alone: there is no shared memory on this disk."""
    connection = apsw.Connection(FILE, vfs=vfs.name)
    for name, value in (("locking_mode", "EXCLUSIVE"), *pragmas, ("wal_autocheckpoint", str(checkpoint))):
        list(connection.execute(f"PRAGMA {name}={value}"))
    return connection


def cut_once(machine: Machine, prints: Sequence[str], loss: Loss) -> None:
    """Run into the cut, start again, look."""
    machine.run()
    loss.cuts += 1
    loss.commits += machine.acknowledged
    loss.torn += machine.under_way
    found = after(machine)
    last = machine.acknowledged + machine.under_way
    if found in prints[machine.acknowledged : last + 1]:
        return
    whole = found in prints
    loss.lost += whole
    loss.broken += not whole
    loss.examples.append(f"cut at {machine.at}: {found or 'damaged'} after {machine.acknowledged} commits")


def after(machine: Machine) -> str:
    """The fingerprint of what the machine finds when it is on again; empty for a damaged database."""
    disk = Disk(random.Random(0))
    disk.files = {name: Content(seen=bytearray(c), stored=bytearray(c)) for name, c in machine.left.items()}
    vfs = CachedVfs(f"power{next(_NAMES)}", disk)
    try:
        connection = opened(vfs, machine.pragmas)
        try:
            intact = [row[0] for row in connection.execute("PRAGMA integrity_check")] == ["ok"]
            orphans = list(connection.execute("PRAGMA foreign_key_check"))
            return fingerprint(connection) if intact and not orphans else ""
        finally:
            connection.close(True)
    except apsw.Error:
        return ""
    finally:
        vfs.unregister()
