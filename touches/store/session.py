"""Engines for SQLite and PostgreSQL, with the settings on which "never lost" stands, and units of work on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.engine import make_url

from touches.errors import (
    DatabaseCorrupt,
    DatabaseError,
    DatabaseLocked,
    DatabaseUnreachable,
    DiskFull,
    MissingExtra,
)
from touches.store.pooling import look_before_use
from touches.store.posting import keep_order

# Of the log of writes, 4 KB each, before it is copied into the file. A sender writes the same pages again and again,
# and each page that is copied is a write at a place of its own: with a longer log there are fewer of them.
LOG_PAGES = 16000
# Each connection has a page cache of its own, in KB, and a daemon has several; the rest is the system's. The one that
# writes reads again what a batch reads until it has left.
CACHE = 4096
WRITER_CACHE = 10240
WRITES = "writes for"  # key in what is known of the driver's connection
# FULL: with NORMAL a power cut loses commits that were acknowledged (SQLite documentation, "PRAGMA synchronous").
PRAGMAS = (
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("busy_timeout", "30000", 30000),
    ("cache_size", f"-{CACHE}", -CACHE),
    ("temp_store", "MEMORY", 2),
    ("wal_autocheckpoint", str(LOG_PAGES), LOG_PAGES),
)


# A writer that is frozen in the middle of a transaction would hold its locks for ever. As long as a lease, unless the
# address or the server says otherwise.
FROZEN = """SELECT set_config('idle_in_transaction_session_timeout', '30s', false)
WHERE current_setting('idle_in_transaction_session_timeout') = '0'"""


def open_engine(url: str) -> Engine:
    """An engine whose every connection is safe to commit on.

    Raises DatabaseError when the address cannot be read, the driver is missing, or the settings do not hold.
    """
    try:
        parsed = make_url(url)
        engine = _sqlite(url) if parsed.get_backend_name() == "sqlite" else _postgresql(url)
    except exc.ArgumentError as error:
        raise DatabaseError(
            "the database address cannot be read: expected sqlite:///file.db or postgresql+psycopg://host/name"
        ) from error
    except ModuleNotFoundError as error:
        raise MissingExtra("PostgreSQL", "postgresql") from error
    return engine


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": 30})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we begin by ourselves
        for name, value, expected in PRAGMAS:
            connection.execute(f"PRAGMA {name}={value}")
            found = connection.execute(f"PRAGMA {name}").fetchone()[0]
            if name == "journal_mode" and found == "memory":
                continue  # a database in memory has no log
            if found != expected:
                raise DatabaseError(f"SQLite does not take {name}={value} (it says {found!r}): this file is not safe")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A read that turns into a write fails at once however long the time-out: writers begin as writers.
        mode = connection.get_execution_options().get("sqlite_begin", "IMMEDIATE")
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


def writer_of(engine: Engine, last: Connection | None) -> Connection:
    """The connection for everything that a process writes to a file: the last one, unless its engine gave it up."""
    if last is not None and not last.closed:
        if last.info[WRITES] is engine.pool:
            return last
        last.invalidate()
        last.close()
    connection = engine.connect()
    connection.info[WRITES] = engine.pool
    driver: Any = connection.connection
    driver.execute(f"PRAGMA cache_size=-{WRITER_CACHE}")
    return connection


def _postgresql(url: str) -> Engine:
    # Last returned, first used: statements are prepared for each connection anew.
    engine = create_engine(url, pool_use_lifo=True, pool_size=8, max_overflow=8)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET TIME ZONE 'UTC'")
            cursor.execute(FROZEN)
            cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
            fsync, commit = cursor.fetchone()
        connection.commit()
        if fsync != "on" or commit == "off":
            raise DatabaseError(
                f"PostgreSQL runs with fsync={fsync}, synchronous_commit={commit}: a power cut would lose commits. "
                "Set both to on"
            )

    look_before_use(engine)
    keep_order(engine)
    return engine


@contextmanager
def explained(url: str) -> Iterator[None]:
    """Turns the driver's errors into a sentence for an operator. A broken constraint stays what it is."""
    try:
        yield
    except exc.IntegrityError:
        raise
    except exc.DBAPIError as error:
        shown = make_url(url).render_as_string(hide_password=True)
        raise _explain(shown, _first_line(error)) from error


# What the drivers say -> what an operator reads; the first that fits.
SAYINGS: tuple[tuple[str, type[DatabaseError], str], ...] = (
    (
        "database is locked",
        DatabaseLocked,
        "another process has been writing to {url} for too long; try again",
    ),
    (
        "database or disk is full",
        DiskFull,
        "the disk of {url} is full; what was saved before stays, the rest was undone. Free some space and try again",
    ),
    (
        "disk I/O error",
        DatabaseUnreachable,
        "the disk of {url} could not be read or written: it is full to the last byte, or failing",
    ),
    (
        "malformed",
        DatabaseCorrupt,
        "{url} is damaged ({text}). Stop the daemon and restore a backup: touches db restore",
    ),
    (
        "not a database",
        DatabaseCorrupt,
        "{url} is no database ({text}). Check [workspace] database in touches.toml",
    ),
    (
        "readonly database",
        DatabaseUnreachable,
        "{url} cannot be written to: check the owner and mode of file and folder",
    ),
    (
        "unable to open",
        DatabaseUnreachable,
        "{url} cannot be opened: check that its folder exists and can be written to",
    ),
    ("no such table", DatabaseError, "{url} is not ready: run  touches db upgrade"),
    (
        "does not exist",
        DatabaseError,
        "{url} is not ready ({text}): create the database and run  touches db upgrade",
    ),
    (
        "pipeline mode",  # the connection was lost in the middle of a trip
        DatabaseUnreachable,
        "{url} cannot be reached ({text}): check address, network and that the server runs",
    ),
    (
        "connection",
        DatabaseUnreachable,
        "{url} cannot be reached ({text}): check address, network and that the server runs",
    ),
)


def _explain(url: str, text: str) -> DatabaseError:
    for saying, kind, message in SAYINGS:
        if saying in text:
            return kind(message.format(url=url, text=text))
    return DatabaseError(f"the database {url} did not do as it was told: {text}")


def _first_line(error: exc.DBAPIError) -> str:
    lines = str(error.orig).strip().splitlines()
    return lines[0] if lines else type(error.orig).__name__
