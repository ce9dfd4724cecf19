"""Conversations: at most one is open for a lead."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from touches.model.care import CareState, Conversation
from touches.store.rows import ConversationRow

CONVERSATION = ConversationRow.__table__  # type: ignore[attr-defined]
FIELDS = tuple(name for name in Conversation.__dataclass_fields__ if name != "state")
OPEN = CONVERSATION.c.state == CareState.OPEN.value


class Conversations:
    """What replies opened."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        *,
        lead_id: int,
        owner: str,
        because: str,
        opened_at: datetime,
        answer_by: datetime,
        stalled_at: datetime,
    ) -> int:
        """Open one; its id. The caller has seen that none is open for the lead."""
        values = {
            "lead_id": lead_id,
            "owner": owner,
            "state": CareState.OPEN.value,
            "because": because,
            "opened_at": opened_at,
            "answer_by": answer_by,
            "stalled_at": stalled_at,
        }
        statement = insert(CONVERSATION).values(**values).returning(CONVERSATION.c.id)
        return int(self._connection.execute(statement).scalar_one())

    def get(self, conversation_id: int) -> Conversation | None:
        """One conversation."""
        return next(iter(self._read(CONVERSATION.c.id == conversation_id)), None)

    def open(self, lead_ids: Sequence[int] | None = None) -> list[Conversation]:
        """The open ones, of all leads or of some, oldest first."""
        return self._read(OPEN if lead_ids is None else OPEN & CONVERSATION.c.lead_id.in_(lead_ids))

    def of_leads(self, lead_ids: Sequence[int]) -> list[Conversation]:
        """All of these leads, oldest first."""
        return self._read(CONVERSATION.c.lead_id.in_(lead_ids))

    def update(self, conversation_id: int, **changes: Any) -> None:
        """Set columns; enums by their value."""
        statement = update(CONVERSATION).where(CONVERSATION.c.id == conversation_id)
        self._connection.execute(statement.values(**changes))

    def _read(self, condition: Any) -> list[Conversation]:
        statement = select(CONVERSATION).where(condition).order_by(CONVERSATION.c.id)
        return [_conversation(row) for row in self._connection.execute(statement).mappings()]


def _conversation(row: RowMapping) -> Conversation:
    return Conversation(state=CareState(row["state"]), **{name: row[name] for name in FIELDS})
