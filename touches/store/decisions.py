"""Why touches were planned as they are: written with the plan, read by `why`."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, select

from touches.store.appending import Appending
from touches.store.rows import DecisionRow
from touches.store.types import stored_json

DECISION = DecisionRow.__table__  # type: ignore[attr-defined]
PUT = Appending(
    "decision", ("touch_id", "because"), ending="ON CONFLICT (touch_id) DO UPDATE SET because = excluded.because"
)

Because: TypeAlias = Mapping[str, Any]


class Decisions:
    """At most one for each touch, the last: what was planned anew has the reasons of the new plan."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, rows: Iterable[tuple[int, str]]) -> None:
        """(touch id, document as text)."""
        PUT.run(self._connection, rows)

    def replace(self, touch_id: int, because: Because) -> None:
        """A touch was planned anew."""
        self.put([(touch_id, stored_json(because))])

    def of(self, touch_ids: Sequence[int]) -> dict[int, Because]:
        """By touch; a notice has none."""
        rows = self._connection.execute(select(DECISION).where(DECISION.c.touch_id.in_(touch_ids)))
        return {row.touch_id: row.because for row in rows}
