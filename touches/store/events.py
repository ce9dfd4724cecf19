"""Decisions with their reasons: what `why` reads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from touches.store.rows import EventRow

EVENT = EventRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One decision. `action` is a stable word, `because` a sentence for a person, `data` what it rests on."""

    at: datetime
    action: str
    because: str
    actor: str = "engine"
    lead_id: int | None = None
    enrollment_id: int | None = None
    touch_id: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


class Events:
    """Append-only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, events: Iterable[Event]) -> None:
        """Write them down in order."""
        rows = [
            {
                "at": event.at,
                "action": event.action,
                "because": event.because,
                "actor": event.actor,
                "lead_id": event.lead_id,
                "enrollment_id": event.enrollment_id,
                "touch_id": event.touch_id,
                "data": dict(event.data),
            }
            for event in events
        ]
        if rows:
            self._connection.execute(insert(EVENT), rows)

    def of_lead(self, lead_id: int) -> list[Event]:
        """A lead's events, oldest first."""
        return self._read(EVENT.c.lead_id == lead_id)

    def of_touches(self, touch_ids: Sequence[int]) -> list[Event]:
        """The events of some touches, oldest first."""
        return self._read(EVENT.c.touch_id.in_(touch_ids))

    def _read(self, condition: Any) -> list[Event]:
        rows = self._connection.execute(select(EVENT).where(condition).order_by(EVENT.c.id)).mappings()
        return [Event(**{key: value for key, value in row.items() if key != "id"}) for row in rows]
