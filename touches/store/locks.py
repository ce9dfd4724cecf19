"""Locks by name that only PostgreSQL needs: on SQLite the writer is alone in its transaction, and the holder of the
dispatch lock with its work."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

if TYPE_CHECKING:
    from touches.store.units import Store

HOLD = text("SELECT pg_advisory_xact_lock(:key)")
TRY = text("SELECT pg_try_advisory_lock(:key)")
LET_GO = text("SELECT pg_advisory_unlock(:key)")


def hold(connection: Connection, name: str) -> None:
    """Wait until no other transaction holds this name, and keep it until the end of this one."""
    if connection.dialect.name != "sqlite":
        connection.execute(HOLD, {"key": _key(name)})


@contextmanager
def alone(store: "Store", name: str) -> Iterator[bool]:
    """Whether no other daemon is at the work of this name; True keeps the others away until the end of the block."""
    if store.is_sqlite:
        yield True
        return
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        mine = bool(connection.execute(TRY, {"key": _key(name)}).scalar_one())
        try:
            yield mine
        finally:
            if mine:
                connection.execute(LET_GO, {"key": _key(name)})


def _key(name: str) -> int:
    return int.from_bytes(blake2b(f"touches/{name}".encode(), digest_size=8).digest(), "big", signed=True)
