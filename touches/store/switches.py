"""Switches, cursors, heartbeats, and what was said once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from touches.store.readings import Reading
from touches.store.rows import DaemonRow, SettingRow, SignRow

SETTING = SettingRow.__table__  # type: ignore[attr-defined]
DAEMON = DaemonRow.__table__  # type: ignore[attr-defined]
SIGN = SignRow.__table__  # type: ignore[attr-defined]
SERVE: Final = "serve"  # the note of the web pages' heartbeats
VALUE = Reading("SELECT value FROM setting WHERE key = :key")


def upserting(connection: Connection, table: Table) -> Any:
    """An insert statement of the connection's dialect, which knows `on_conflict_…`."""
    return (sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert)(table)


def inserted(connection: Connection, statement: Any) -> bool:
    """Run an insert of one row that does nothing on a conflict; whether the row is new.

    Asked by RETURNING: PostgreSQL's driver gives no row count for inserts.
    """
    table = statement.table
    return connection.execute(statement.returning(*table.primary_key.columns)).first() is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """A sign of life of a daemon, or of the web pages."""

    name: str
    host: str
    pid: int
    started_at: datetime
    beat_at: datetime
    stopped_at: datetime | None
    note: str

    @property
    def is_daemon(self) -> bool:
        """Whether it sends; the web pages only listen."""
        return self.note != SERVE


class Switches:
    """Small facts by key. `paused` (everything) and `hold` (after a restore) stop dispatch while they are not empty."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str) -> str:
        """The value, empty when it was never set."""
        found = VALUE.rows(self._connection, key=key)  # several are asked for before each batch
        return str(found[0][0] or "") if found else ""

    def set(self, key: str, value: str, *, at: datetime, by: str = "engine") -> None:
        """Set or replace a value."""
        values = {"value": value, "at": at, "by": by}
        statement = upserting(self._connection, SETTING).values(key=key, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))

    def under(self, prefix: str) -> dict[str, str]:
        """The values of all keys that begin with `prefix`, without empty ones."""
        condition = SETTING.c.key.startswith(prefix, autoescape=True) & (SETTING.c.value != "")
        rows = self._connection.execute(select(SETTING.c.key, SETTING.c.value).where(condition))
        return {row[0]: row[1] for row in rows}

    def stopped(self) -> str:
        """Why nothing may leave: the kill switch, or the hold after a restore; empty when all may."""
        rows = self._connection.execute(select(SETTING).where(SETTING.c.key.in_(("paused", "hold")))).mappings()
        reasons = {row["key"]: row["value"] for row in rows}
        if reasons.get("paused"):
            return f"everything is paused: {reasons['paused']}"
        return f"in hold: {reasons['hold']}" if reasons.get("hold") else ""

    def beat(self, *, name: str, host: str, pid: int, at: datetime, note: str = "", stopped: bool = False) -> None:
        """A daemon's heartbeat; `stopped` is its last."""
        changing = {"beat_at": at, "note": note, "stopped_at": at if stopped else None, "pid": pid}
        statement = upserting(self._connection, DAEMON).values(name=name, host=host, started_at=at, **changing)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=changing))

    def heartbeats(self) -> list[Heartbeat]:
        """All daemons and web pages that ever ran, the latest sign of life first."""
        rows = self._connection.execute(select(DAEMON).order_by(DAEMON.c.beat_at.desc())).mappings()
        return [Heartbeat(**row) for row in rows]

    def first_time(self, kind: str, key: str, *, at: datetime) -> bool:
        """True exactly once for a (kind, key): by the unique key, whoever asks."""
        statement = upserting(self._connection, SIGN).values(kind=kind, key=key, at=at)
        return inserted(self._connection, statement.on_conflict_do_nothing(index_elements=["kind", "key"]))

    def forget(self, kind: str, key: str) -> None:
        """Let it be said again, after the cause has gone."""
        self._connection.execute(delete(SIGN).where(SIGN.c.kind == kind, SIGN.c.key == key))
