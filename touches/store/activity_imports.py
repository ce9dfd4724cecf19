"""Many activities at once."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, or_, update

from touches.model.care import Activity
from touches.store.rows import ActivityRow, LeadRow
from touches.store.switches import upserting

ACTIVITY = ActivityRow.__table__  # type: ignore[attr-defined]
LEAD = LeadRow.__table__  # type: ignore[attr-defined]


class Done(NamedTuple):
    """An activity of a known lead."""

    lead_id: int
    kind: str
    at: datetime
    amount: Decimal | None
    source: str


class ActivityImports:
    """One chunk, in the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, activities: Sequence[Done]) -> int:
        """Write down what is new; how many were. Purchases move `bought_at` forward."""
        rows = [stored_activity(each) for each in activities]
        if not rows:
            return 0
        statement = upserting(self._connection, ACTIVITY).on_conflict_do_nothing().returning(ACTIVITY.c.id)
        new = len(self._connection.execute(statement, rows).all())
        self._note_purchases(activities)
        return new

    def _note_purchases(self, activities: Iterable[Done]) -> None:
        latest: dict[int, datetime] = {}
        for each in activities:
            if each.kind == "purchase":
                latest[each.lead_id] = max(each.at, latest.get(each.lead_id, each.at))
        if latest:
            statement = (
                update(LEAD)
                .where(LEAD.c.id == bindparam("buyer"))
                .where(or_(LEAD.c.bought_at.is_(None), LEAD.c.bought_at < bindparam("latest")))
                .values(bought_at=bindparam("latest"))
            )
            rows = [{"buyer": lead_id, "latest": at} for lead_id, at in latest.items()]
            self._connection.execute(statement, rows)


def stored_activity(each: Done | Activity) -> Mapping[str, object]:
    """The values of its row, by column."""
    return {
        "lead_id": each.lead_id,
        "kind": each.kind,
        "at": each.at,
        "amount": each.amount,
        "apart": _apart(each),
        "source": each.source,
    }


def _apart(each: Done | Activity) -> str:
    """Empty for none: NULLs are never equal in a unique key. Several channels may be closed at one instant."""
    if each.kind in {"opt_out", "opt_in"}:
        channel, said, _ = each.source.partition(": ")
        return channel if said else ""
    return "" if each.amount is None else f"{each.amount:.2f}"
