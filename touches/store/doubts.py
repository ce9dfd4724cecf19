"""Touches in doubt with the evidence that was gathered about them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, func, select, update

from touches.model.cadence import Touch
from touches.model.doubts import Doubt
from touches.model.states import TouchState
from touches.store.indexed import TOUCH, in_states
from touches.store.touches import touch_of


class Doubts:
    """The evidence stands in the touch's `detail`, behind the instant of the last answer."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Doubt]:
        """Every touch in doubt, the oldest one first."""
        statement = select(TOUCH).where(in_states([TouchState.IN_DOUBT])).order_by(TOUCH.c.claimed_at, TOUCH.c.id)
        rows = self._connection.execute(statement).mappings().all()
        return [_doubt(touch_of(row), row["claimed_at"] or row["created_at"], row["detail"]) for row in rows]

    def of(self, touch_ids: Iterable[int]) -> dict[int, Doubt]:
        """Those of some touches that are in doubt."""
        wanted = frozenset(touch_ids)
        return {doubt.touch.id: doubt for doubt in self.all() if doubt.touch.id in wanted} if wanted else {}

    def since(self, touch_id: int) -> datetime:
        """When a touch was marked: seconds before it left, if it did."""
        at = func.coalesce(TOUCH.c.claimed_at, TOUCH.c.created_at)
        found: datetime = self._connection.execute(select(at).where(TOUCH.c.id == touch_id)).scalar_one()
        return found

    def note(self, touch_id: int, evidence: str, *, at: datetime) -> None:
        """Keep the last answer, as long as the doubt lasts."""
        mine = in_states([TouchState.IN_DOUBT]) & (TOUCH.c.id == touch_id)
        detail = f"{at.isoformat(timespec='seconds')} {evidence}"[:500]
        self._connection.execute(update(TOUCH).where(mine).values(detail=detail))


def _doubt(touch: Touch, since: datetime, detail: str) -> Doubt:
    stamp, _, evidence = detail.partition(" ")
    try:
        asked_at = datetime.fromisoformat(stamp)
    except ValueError:
        return Doubt(touch=touch, since=since)
    return Doubt(touch=touch, since=since, evidence=evidence, asked_at=asked_at)
