"""Conditions that let the partial indexes of touches be used: SQLite compares them by their text, parameters never
match, so each of them stands in a statement as it stands in its index, beside what narrows it further."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, TextClause, and_, true

from touches.model.states import TouchState
from touches.store.rows import TouchRow

TOUCH = TouchRow.__table__  # type: ignore[attr-defined]


def _where(name: str) -> TextClause:
    index = next(one for one in TOUCH.indexes if one.name == name)
    clause: TextClause = index.dialect_options["sqlite"]["where"]
    return clause


WAITS = _where("ix_touch_due")  # for statements over the table of touches alone: its column has no table's name
STANDS_OPEN = _where("ix_touch_open")
WAITING = frozenset({TouchState.PLANNED, TouchState.READY})
OPEN = frozenset(
    {
        TouchState.CLAIMED,
        TouchState.PREPARED,
        TouchState.OFFERING,
        TouchState.COMMITTING,
        TouchState.IN_DOUBT,
        TouchState.HELD,
        TouchState.QUARANTINED,
    }
)


def in_states(states: Iterable[TouchState]) -> ColumnElement[bool]:
    """Touches in one of these states, found by the index of open ones where all of them are in it."""
    wanted = frozenset(states)
    narrowed: Any = STANDS_OPEN if wanted and wanted <= OPEN else true()
    return and_(narrowed, TOUCH.c.state.in_(sorted(state.value for state in wanted)))
