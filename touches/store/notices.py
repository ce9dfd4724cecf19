"""Notices: messages that are no touch and never sell. Each is made once, by its key, and leaves as a touch does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from touches.model.cadence import Lane, TouchDraft, rank_of
from touches.model.states import TouchState
from touches.store.rows import NoticeRow
from touches.store.switches import inserted, upserting
from touches.store.touches import Touches

NOTICE = NoticeRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What it says and to whom. `purpose` is confirmation, interim, escalation, warning, digest, alert, list or
    forward; `key` is unique for ever, so that saying it twice is impossible."""

    key: str
    purpose: str
    recipient: str
    subject: str
    body: str  # plain text; an empty line parts paragraphs
    lead_id: int | None = None
    in_reply_to: str = ""


class Notices:
    """Every notice takes the safe way out: a touch of kind `notice`, by email, before all selling."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, notice: Notice, *, at: datetime) -> bool:
        """Make the notice unless its key was used before; whether it is new."""
        statement = upserting(self._connection, NOTICE).values(
            key=notice.key,
            purpose=notice.purpose,
            recipient=notice.recipient,
            subject=notice.subject,
            body=notice.body,
            in_reply_to=notice.in_reply_to,
            created_at=at,
        )
        if not inserted(self._connection, statement.on_conflict_do_nothing(index_elements=["key"])):
            return False
        draft = TouchDraft(
            kind="notice",
            enrollment_id=None,
            lead_id=notice.lead_id,
            policy="",
            version=0,
            step=notice.purpose,
            round=1,
            number=0,
            channel="email",
            point_id=None,
            address=notice.recipient,
            news="",
            news_class="",
            state=TouchState.PLANNED,
            reason="",
            due_at=at,
            rank=rank_of(Lane.OWED),
        )
        touch_id = Touches(self._connection).add([draft], at=at)[0]
        self._connection.execute(update(NOTICE).where(NOTICE.c.key == notice.key).values(touch_id=touch_id))
        return True

    def touch_ids(self, keys: Iterable[str]) -> dict[str, int]:
        """The touches by which the notices of these keys leave."""
        statement = select(NOTICE.c.key, NOTICE.c.touch_id).where(NOTICE.c.key.in_(list(keys)))
        return {row[0]: row[1] for row in self._connection.execute(statement)}

    def of_touches(self, touch_ids: Iterable[int]) -> dict[int, Notice]:
        """The notices that these touches carry."""
        wanted = list(touch_ids)
        if not wanted:
            return {}
        rows = self._connection.execute(select(NOTICE).where(NOTICE.c.touch_id.in_(wanted))).mappings()
        names = [name for name in Notice.__dataclass_fields__ if name != "lead_id"]
        return {row["touch_id"]: Notice(**{name: row[name] for name in names}) for row in rows}
