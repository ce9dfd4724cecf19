"""The real store, at whose commits things may go wrong, and whose clock is the world's."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, event

from tests.simulation.nature import Fault, Nature
from touches.clock import VirtualClock
from touches.errors import DatabaseLocked, DatabaseUnreachable, DiskFull
from touches.store.posting import post
from touches.store.units import Store, Unit


def julian(at: datetime) -> float:
    """A Julian day number, as SQLite counts them."""
    return at.timestamp() / 86400 + 2440587.5


def postgresql(connection: Any, _record: Any) -> None:
    """Our own clock stands before the server's, by which leases go."""
    connection.execute("SET search_path = sim, public, pg_catalog")
    connection.commit()


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
        self._clock = clock
        self._nature = nature
        self._between = between
        self.dead = False
        if engine is not None:
            self.engine.dispose()
            self.engine = engine
        else:
            event.listen(self.engine, "connect", self._sqlite if self.is_sqlite else postgresql)

    def _sqlite(self, connection: Any, _record: Any) -> None:
        connection.create_function("sim_now", 0, lambda: self._clock.now().isoformat())
        connection.create_function("julianday", 1, lambda _: julian(self._clock.now()))  # leases go by virtual time
        connection.execute("PRAGMA cache_size=-4000")

    def _tell_time(self, unit: Unit) -> None:
        """PostgreSQL cannot ask us; nothing of a transaction takes time."""
        if not self.is_sqlite:
            post(unit.connection, "SELECT set_config('sim.now', %s, true)", (self._clock.now().isoformat(),))

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """As the real one; it may be locked, full, or its answer may be lost, and the process may die around it."""
        self._before(Fault.BUSY)
        with super().write() as unit:
            self._tell_time(unit)
            yield unit
            self._at_the_commit()
        self._behind_the_commit()

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """As the real one."""
        self._before(None)
        with super().read() as unit:
            self._tell_time(unit)
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
