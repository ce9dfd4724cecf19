"""Forgets old details: events, what came in, what was said. Never who was told what, nor who must not be written to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, func, or_, select

from touches.store.rows import metadata

ATTEMPT: Final[Table] = metadata.tables["attempt"]
EVENT: Final[Table] = metadata.tables["event"]
INBOUND: Final[Table] = metadata.tables["inbound"]
INTERACTION: Final[Table] = metadata.tables["interaction"]
NOTICE: Final[Table] = metadata.tables["notice"]
ENROLLMENT: Final[Table] = metadata.tables["enrollment"]


class Pruning:
    """In the caller's transaction. What a running enrollment rests on stays, whatever its age."""

    def __init__(self, connection: Connection, before: datetime) -> None:
        self._connection = connection
        self._before = before

    def count(self) -> Mapping[str, int]:
        """How many rows would lose their details, by table."""
        found = {}
        for name, (table, condition) in self._old().items():
            counting = select(func.count()).select_from(table).where(condition)
            found[name] = int(self._connection.execute(counting).scalar_one())
        return found

    def prune(self) -> Mapping[str, int]:
        """Do it; how many rows, by table."""
        done = {}
        for name, (table, condition) in self._old().items():
            values = _EMPTY.get(name)
            statement = table.delete() if values is None else table.update().values(**values)
            done[name] = self._connection.execute(statement.where(condition)).rowcount
        return done

    def _old(self) -> Mapping[str, tuple[Table, ColumnElement[bool]]]:
        before = self._before
        running = select(ENROLLMENT.c.lead_id).where(ENROLLMENT.c.state.in_(("active", "paused")))
        idle = or_(EVENT.c.lead_id.is_(None), EVENT.c.lead_id.not_in(running))
        return {
            "event": (EVENT, (EVENT.c.at < before) & idle),
            "inbound": (INBOUND, (INBOUND.c.received_at < before) & (INBOUND.c.body != "")),
            "attempt": (ATTEMPT, (ATTEMPT.c.began_at < before) & (ATTEMPT.c.detail != "")),
            "interaction": (INTERACTION, (INTERACTION.c.at < before) & INTERACTION.c.lead_id.is_not(None)),
            "notice": (NOTICE, (NOTICE.c.created_at < before) & (NOTICE.c.body != "")),
        }


_EMPTY: Final[Mapping[str, Mapping[str, Any]]] = {
    "inbound": {"body": "", "subject": ""},
    "attempt": {"detail": ""},
    "notice": {"body": "", "recipient": ""},
    # As erasure does it: the chain of hashes covers a digest of these and still holds.
    "interaction": {"said": "", "told": "", "agreed": "", "concern": "", "lead_id": None, "touch_id": None},
}
