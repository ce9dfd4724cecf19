"""Promises and their clocks."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from touches.model.care import CareState, Promise, PromiseDraft
from touches.store.readings import Reading
from touches.store.rows import PromiseRow
from touches.store.types import to_micros

PROMISE = PromiseRow.__table__  # type: ignore[attr-defined]
FIELDS = tuple(name for name in Promise.__dataclass_fields__ if name != "state")
RUNNING = PROMISE.c.state.in_([CareState.OPEN.value, CareState.BROKEN.value])
LET_DOWN = Reading(
    """SELECT lead_id FROM promise
    WHERE lead_id IN :ids AND by <= :now AND parent_id IS NULL AND state IN ('open', 'broken')"""
)


class Promises:
    """What we said we would do. A department's part of a promise is a row with a `parent_id`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, drafts: Sequence[PromiseDraft]) -> list[int]:
        """Write promises down; their ids in order."""
        rows = [
            {name: getattr(draft, name) for name in PromiseDraft.__dataclass_fields__} | {"state": CareState.OPEN.value}
            for draft in drafts
        ]
        statement = insert(PROMISE).returning(PROMISE.c.id, sort_by_parameter_order=True)
        return list(self._connection.execute(statement, rows).scalars()) if rows else []

    def get(self, promise_id: int) -> Promise | None:
        """One promise."""
        return next(iter(self._read(PROMISE.c.id == promise_id)), None)

    def running(self, lead_ids: Sequence[int] | None = None) -> list[Promise]:
        """Those neither kept nor taken back, of all leads or of some, the earliest deadline first."""
        return self._read(RUNNING if lead_ids is None else RUNNING & PROMISE.c.lead_id.in_(lead_ids))

    def let_down(self, lead_ids: Iterable[int], *, now: datetime) -> frozenset[int]:
        """Of these leads those to whom a promise is broken at `now`, whether its clock has said so or not."""
        rows = LET_DOWN.rows(self._connection, ids=lead_ids, now=to_micros(now))
        return frozenset(row[0] for row in rows)

    def of_leads(self, lead_ids: Sequence[int]) -> list[Promise]:
        """Every promise made to these leads."""
        return self._read(PROMISE.c.lead_id.in_(lead_ids))

    def all(self) -> list[Promise]:
        """Every promise ever made, the earliest deadline first."""
        return self._read(PROMISE.c.id > 0)

    def of_touch(self, touch_id: int) -> list[Promise]:
        """What a touch promised."""
        return self._read(PROMISE.c.touch_id == touch_id)

    def parts_of(self, promise_id: int) -> list[Promise]:
        """What departments owe to a promise."""
        return self._read(PROMISE.c.parent_id == promise_id)

    def update(self, promise_ids: Sequence[int], **changes: Any) -> None:
        """Set columns; enums by their value."""
        if promise_ids:
            self._connection.execute(update(PROMISE).where(PROMISE.c.id.in_(promise_ids)).values(**changes))

    def _read(self, condition: Any) -> list[Promise]:
        statement = select(PROMISE).where(condition).order_by(PROMISE.c.by, PROMISE.c.id)
        return [_promise(row) for row in self._connection.execute(statement).mappings()]


def _promise(row: RowMapping) -> Promise:
    return Promise(state=CareState(row["state"]), **{name: row[name] for name in FIELDS})
