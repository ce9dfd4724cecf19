"""The real store on SQLite, at whose commits things may go wrong, and the log of what happened to its rows.

The log is written by triggers, in the transaction that makes the change: what is rolled back leaves no line.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, event

from tests.simulation.nature import Fault, Nature
from touches.clock import VirtualClock
from touches.errors import DatabaseLocked, DatabaseUnreachable, DiskFull
from touches.store.units import Store, Unit

LOG = """
CREATE TABLE sim_log (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, what TEXT NOT NULL, id TEXT NOT NULL,
    old TEXT NOT NULL, new TEXT NOT NULL, more TEXT NOT NULL);
"""


def _row(table: str, more: str) -> tuple[str, ...]:
    """A new row with its state."""
    return table, "INSERT", "1", "NEW.id", "''", "NEW.state", more


def _change(table: str, column: str, row: str, more: str) -> tuple[str, ...]:
    """Another value in a column."""
    old, new = f"OLD.{column}", f"NEW.{column}"
    return table, f"UPDATE OF {column}", f"{old} <> {new}", row, old, new, more


_SWITCH = "NEW.key IN ('paused', 'hold')"
_TOLD = ("coalesce(NEW.touch_id, 0)", "NEW.lead_id || '|' || NEW.news")
_PROMISE = "NEW.lead_id || '|' || NEW.\"by\" || '|' || coalesce(NEW.parent_id, '')"
_WITHDRAWN = ("coalesce(OLD.withdrawn_at, '')", "coalesce(NEW.withdrawn_at, '')")
# what -> (table, when, condition, id, old, new, more)
WATCHED = {
    "touch+": _row("touch", "NEW.kind"),
    "touch": _change("touch", "state", "NEW.id", "NEW.channel || '|' || NEW.fence || '|' || NEW.reason"),
    "closed": ("suppression", "INSERT", "1", "NEW.address_hash", "''", "NEW.channel", "NEW.reason"),
    "opened": ("suppression", "DELETE", "1", "OLD.address_hash", "OLD.channel", "''", "OLD.reason"),
    "enrollment+": _row("enrollment", "NEW.policy || '@' || NEW.version"),
    "enrollment": _change("enrollment", "state", "NEW.id", "NEW.reason"),
    "dead": _change("lead", "dead", "NEW.id", "''"),
    "promise+": _row("promise", _PROMISE),
    "promise": ("promise", "UPDATE", "1", "NEW.id", "OLD.state", "NEW.state", _PROMISE),
    "switch+": ("setting", "INSERT", _SWITCH, "NEW.key", "''", "NEW.value", "''"),
    "switch": ("setting", "UPDATE", _SWITCH, "NEW.key", "OLD.value", "NEW.value", "''"),
    "withdrawn": ("news", "UPDATE", " <> ".join(_WITHDRAWN), "NEW.id", *_WITHDRAWN, "''"),
    "ledger+": ("ledger", "INSERT", "1", _TOLD[0], "''", "NEW.status", _TOLD[1]),
    "ledger": _change("ledger", "status", *_TOLD),
}


def install_log(file: str) -> None:
    """Make the log and its triggers in a database that has all tables."""
    with sqlite3.connect(file) as connection:
        connection.executescript(LOG)
        for what, (table, when, condition, row, old, new, more) in WATCHED.items():
            name = f"sim_{what.replace('+', '_new')}"
            connection.execute(
                f"CREATE TRIGGER {name} AFTER {when} ON {table} WHEN {condition} BEGIN INSERT INTO sim_log "
                f"(at, what, id, old, new, more) VALUES (sim_now(), '{what.rstrip('+')}', {row}, {old}, {new}, {more});"
                " END"
            )
    connection.close()


def julian(at: datetime) -> float:
    """A Julian day number, as SQLite counts them."""
    return at.timestamp() / 86400 + 2440587.5


class SimulatedStore(Store):
    """One process's way to the database. `between` is asked before each transaction begins: there others come in."""

    def __init__(
        self,
        url: str,
        clock: VirtualClock,
        *,
        nature: Nature | None = None,
        between: Callable[[], None] | None = None,
        engine: Engine | None = None,
    ) -> None:
        """`engine` is another process's: of it only the statements that it has compiled are taken over."""
        super().__init__(url)
        self._nature = nature
        self._between = between
        self.dead = False
        if engine is not None:
            self.engine.dispose()
            self.engine = engine
            return

        @event.listens_for(self.engine, "connect")
        def prepare(connection: Any, _record: Any) -> None:
            connection.create_function("sim_now", 0, lambda: clock.now().isoformat())
            connection.create_function("julianday", 1, lambda _: julian(clock.now()))  # leases go by virtual time
            connection.execute("PRAGMA cache_size=-4000")

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """As the real one; it may be locked, full, or its answer may be lost, and the process may die around it."""
        self._before(Fault.BUSY)
        with super().write() as unit:
            yield unit
            self._at_the_commit()
        self._behind_the_commit()

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """As the real one."""
        self._before(None)
        with super().read() as unit:
            yield unit

    def sever(self) -> None:
        """The process is dead: nothing it does reaches the database any more."""
        self.dead = True
        self.close()

    def _before(self, fault: Fault | None) -> None:
        if self.dead:
            raise DatabaseUnreachable("the process is dead")
        if self._between is not None:
            self._between()
        if self._nature is None:
            return
        self._nature.point()
        if fault is not None and self._nature.happens(fault):
            raise DatabaseLocked("another process has been writing for too long")

    def _at_the_commit(self) -> None:
        if self._nature is None:
            return
        self._nature.point()
        if self._nature.happens(Fault.FULL):
            raise DiskFull("the disk is full; the rest was undone")

    def _behind_the_commit(self) -> None:
        if self._nature is None:
            return
        self._nature.point()
        if self._nature.happens(Fault.UNTOLD):
            raise DatabaseUnreachable("the connection broke in the middle of the commit")
