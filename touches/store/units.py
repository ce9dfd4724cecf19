"""The store: units of work. One `with store.write()` is one transaction; what it does happens wholly or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, exc

from touches.store.activities import Activities
from touches.store.asked import Askings
from touches.store.call_days import CallDays
from touches.store.catalog import Catalog
from touches.store.complaints import Complaints
from touches.store.conversations import Conversations
from touches.store.decisions import Decisions
from touches.store.enrollments import Enrollments
from touches.store.events import Events
from touches.store.gatekeeping import Gatekeeping
from touches.store.hand_overs import HandOvers
from touches.store.inbound import Inbound
from touches.store.interactions import Interactions
from touches.store.lead_groups import LeadGroups
from touches.store.leads import Leads
from touches.store.ledger import Ledger
from touches.store.notices import Notices
from touches.store.posting import post
from touches.store.promises import Promises
from touches.store.server_time import ask_time, time_of
from touches.store.session import explained, open_engine, writer_of
from touches.store.suppressions import Suppressions
from touches.store.switches import Switches
from touches.store.touches import Touches
from touches.store.vitals import Vitals
from touches.store.worklist import Worklist

LONGEST_TURN = 30.0  # seconds; whoever waited longer asks the file, which says that it is locked


class Unit:
    """One transaction, seen by subject."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def database_now(self) -> datetime:
        """The database's own clock: leases go by it, whatever the clocks of the machines say."""
        return time_of(ask_time(self.connection))

    @cached_property
    def leads(self) -> Leads:
        """People and their addresses."""
        return Leads(self.connection)

    @cached_property
    def lead_groups(self) -> LeadGroups:
        """Which leads are alike."""
        return LeadGroups(self.connection)

    @cached_property
    def touches(self) -> Touches:
        """Touches and their attempts."""
        return Touches(self.connection)

    @cached_property
    def decisions(self) -> Decisions:
        """Why touches were planned as they are."""
        return Decisions(self.connection)

    @cached_property
    def enrollments(self) -> Enrollments:
        """Who is in which policy."""
        return Enrollments(self.connection)

    @cached_property
    def catalog(self) -> Catalog:
        """Published policies and news."""
        return Catalog(self.connection)

    @cached_property
    def ledger(self) -> Ledger:
        """What was told to whom."""
        return Ledger(self.connection)

    @cached_property
    def events(self) -> Events:
        """Decisions with their reasons."""
        return Events(self.connection)

    @cached_property
    def activities(self) -> Activities:
        """Purchases, visits, replies."""
        return Activities(self.connection)

    @cached_property
    def notices(self) -> Notices:
        """What is said without selling."""
        return Notices(self.connection)

    @cached_property
    def interactions(self) -> Interactions:
        """The written record of contacts."""
        return Interactions(self.connection)

    @cached_property
    def asked(self) -> Askings:
        """What leads worried about or asked."""
        return Askings(self.connection)

    @cached_property
    def conversations(self) -> Conversations:
        """What replies opened."""
        return Conversations(self.connection)

    @cached_property
    def promises(self) -> Promises:
        """What we said we would do."""
        return Promises(self.connection)

    @cached_property
    def complaints(self) -> Complaints:
        """Cases that stop selling."""
        return Complaints(self.connection)

    @cached_property
    def inbound(self) -> Inbound:
        """What came back."""
        return Inbound(self.connection)

    @cached_property
    def call_days(self) -> CallDays:
        """What fills the days of those who call."""
        return CallDays(self.connection)

    @cached_property
    def worklist(self) -> Worklist:
        """What stands on people's lists."""
        return Worklist(self.connection)

    @cached_property
    def suppressions(self) -> Suppressions:
        """Addresses never to use again."""
        return Suppressions(self.connection)

    @cached_property
    def gatekeeping(self) -> Gatekeeping:
        """What is read again before a marker."""
        return Gatekeeping(self.connection)

    @cached_property
    def hand_overs(self) -> HandOvers:
        """Touches on their way out."""
        return HandOvers(self.connection)

    @cached_property
    def vitals(self) -> Vitals:
        """How the engine is doing."""
        return Vitals(self.connection)

    @cached_property
    def switches(self) -> Switches:
        """Pause, hold, cursors, heartbeats."""
        return Switches(self.connection)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part that may fail alone."""
        with self.connection.begin_nested():
            yield


class Store:
    """A database with a known address. Threads may share it; a unit belongs to one thread."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = open_engine(url)
        self._inode: tuple[int, int] | None = None
        self._writing = Lock()
        self._writer: Connection | None = None

    @property
    def is_sqlite(self) -> bool:
        """One file, one dispatching daemon; else PostgreSQL and many."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def write(self) -> Iterator[Unit]:
        """A writing transaction; on SQLite it holds the file's only write lock from its start."""
        with explained(self.url), self._turn() as connection, connection.begin():
            yield Unit(connection)

    @contextmanager
    def _turn(self) -> Iterator[Connection]:
        """On SQLite the threads of a process take turns here: who waits is woken at once. The file's own lock is only
        asked again after a pause, and for every writer of another process. They share one connection, for what it
        remembers of the file is void as soon as another one writes."""
        if not (self.is_sqlite and self._writing.acquire(timeout=LONGEST_TURN)):
            with self.engine.connect() as connection:
                yield connection
            return
        try:
            self._writer = writer_of(self.engine, self._writer)
            yield self._writer
        finally:
            self._writing.release()

    @contextmanager
    def read(self) -> Iterator[Unit]:
        """A consistent view that never blocks a writer."""
        with explained(self.url), self.engine.connect() as connection:
            options = {"sqlite_begin": "DEFERRED"}
            if not self.is_sqlite:
                options = {"isolation_level": "REPEATABLE READ"}
            connection = connection.execution_options(**options)
            if not self.is_sqlite:  # a reader may wait for a person, and holds nothing up
                post(connection, "SET LOCAL idle_in_transaction_session_timeout = 0", ())
            yield Unit(connection)

    def is_replaced(self) -> bool:
        """Whether another file stands where the open database was: what is written would go where nobody looks."""
        before, self._inode = self._inode, self._inode or _inode_of(self.engine)
        return before is not None and before != _inode_of(self.engine)

    def close(self) -> None:
        """Give all connections back, what is in use at the end of its transaction; idempotent."""
        if self._writer is not None and self._writing.acquire(blocking=False):
            self._writer.close()
            self._writing.release()
        self.engine.dispose()


def _inode_of(engine: Engine) -> tuple[int, int] | None:
    """Device and inode of a SQLite file; None for every other database, and (0, 0) where it is gone."""
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file or file == ":memory:":
        return None
    try:
        found = Path(file).stat()
    except OSError:
        return (0, 0)
    return (found.st_dev, found.st_ino)


Conflict = exc.IntegrityError
