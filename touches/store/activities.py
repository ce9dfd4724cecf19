"""What leads did: purchases, visits, replies, opt-outs."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from touches.model.care import Activity
from touches.store.activity_imports import stored_activity
from touches.store.rows import ActivityRow, LeadRow
from touches.store.switches import inserted, upserting

ACTIVITY = ActivityRow.__table__  # type: ignore[attr-defined]
LEAD = LeadRow.__table__  # type: ignore[attr-defined]


class Activities:
    """The same activity twice is one: (lead, kind, time, amount, or channel of an opt-out or opt-in) is unique."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, activities: Iterable[Activity], *, seen: bool = False) -> int:
        """Write down what is new; how many were. A purchase moves the lead's `bought_at` forward. `seen`: triggers and
        stops need not look at them."""
        rows = [{**stored_activity(activity), "seen": int(seen)} for activity in activities]
        if not rows:
            return 0
        statement = upserting(self._connection, ACTIVITY).on_conflict_do_nothing()
        added = sum(inserted(self._connection, statement.values(row)) for row in rows)
        self._note_purchases(rows)
        return added

    def _note_purchases(self, rows: Sequence[dict[str, Any]]) -> None:
        latest: dict[object, object] = {}
        for row in sorted((row for row in rows if row["kind"] == "purchase"), key=lambda row: str(row["at"])):
            latest[row["lead_id"]] = row["at"]
        for lead_id, at in latest.items():
            newer = (LEAD.c.bought_at.is_(None)) | (LEAD.c.bought_at < at)
            self._connection.execute(update(LEAD).where(LEAD.c.id == lead_id, newer).values(bought_at=at))

    def of_leads(self, lead_ids: Sequence[int], *, kinds: Sequence[str] = ()) -> dict[int, list[Activity]]:
        """Each lead's activities, oldest first."""
        condition = ACTIVITY.c.lead_id.in_(lead_ids)
        if kinds:
            condition &= ACTIVITY.c.kind.in_(kinds)
        found: dict[int, list[Activity]] = {lead_id: [] for lead_id in lead_ids}
        statement = select(ACTIVITY).where(condition).order_by(ACTIVITY.c.at, ACTIVITY.c.id)
        for row in self._connection.execute(statement).mappings():
            found[row["lead_id"]].append(_activity(row))
        return found

    def unseen(self, kinds: Sequence[str], *, limit: int) -> list[tuple[int, Activity]]:
        """Activities (with their ids) that triggers and stops have not looked at yet."""
        condition = (ACTIVITY.c.seen == 0) & ACTIVITY.c.kind.in_(kinds)
        rows = self._connection.execute(select(ACTIVITY).where(condition).order_by(ACTIVITY.c.id).limit(limit))
        return [(row["id"], _activity(row)) for row in rows.mappings()]

    def mark_seen(self, activity_ids: Sequence[int]) -> None:
        """Triggers and stops have looked at them."""
        self._connection.execute(update(ACTIVITY).where(ACTIVITY.c.id.in_(activity_ids)).values(seen=1))

    def take_back(self, lead_id: int, kind: str, *, source: str) -> bool:
        """Take out an activity that was entered by mistake, as long as no stop or trigger has looked at it; whether
        that was so. The lead's `bought_at` is again that of the purchase before."""
        mine = (ACTIVITY.c.lead_id == lead_id) & (ACTIVITY.c.kind == kind) & (ACTIVITY.c.source == source)
        if not self._connection.execute(delete(ACTIVITY).where(mine, ACTIVITY.c.seen == 0)).rowcount:
            return False
        if kind == "purchase":
            statement = update(LEAD).where(LEAD.c.id == lead_id)
            self._connection.execute(statement.values(bought_at=self.last_at(lead_id, kind)))
        return True

    def last_at(self, lead_id: int, kind: str) -> datetime | None:
        """When the lead last did this."""
        statement = select(ACTIVITY.c.at).where(ACTIVITY.c.lead_id == lead_id, ACTIVITY.c.kind == kind)
        return self._connection.execute(statement.order_by(ACTIVITY.c.at.desc()).limit(1)).scalar()


def _activity(row: object) -> Activity:
    names = ("lead_id", "kind", "at", "amount", "source")
    return Activity(**{name: row[name] for name in names})  # type: ignore[index]
