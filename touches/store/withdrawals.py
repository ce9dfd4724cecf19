"""Pulls withdrawn news from everything that is not yet handed over, in the transaction that withdraws it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select, update

from touches.model.states import IN_HAND, TouchState
from touches.store.ledger import Ledger
from touches.store.rows import TouchRow

TOUCH = TouchRow.__table__  # type: ignore[attr-defined]
WAITING = [TouchState.PLANNED.value, TouchState.READY.value, TouchState.HELD.value]


def pull_news(connection: Connection, news: Sequence[str], *, at: datetime) -> int:
    """What was composed or listed with this news is ready again and will tell something else (or be held); what only
    planned to tell it forgets it. How many touches were in hand. What passed its marker is gone."""
    if not news:
        return 0
    planned = (TOUCH.c.news.in_(news)) & TOUCH.c.state.in_(WAITING)
    connection.execute(update(TOUCH).where(planned).values(news="", news_class=""))
    return _ready_again(connection, TOUCH.c.news.in_(news), "its news was withdrawn", at=at)


def pull_touches(connection: Connection, touch_ids: Sequence[int], *, at: datetime) -> int:
    """As above for touches whose lead has heard the same already, as it turned out."""
    if not touch_ids:
        return 0
    return _ready_again(connection, TOUCH.c.id.in_(touch_ids), "the lead has heard its news under another name", at=at)


def _ready_again(connection: Connection, which: ColumnElement[bool], because: str, *, at: datetime) -> int:
    in_hand = which & TOUCH.c.state.in_([state.value for state in IN_HAND])
    ids = list(connection.execute(select(TOUCH.c.id).where(in_hand)).scalars())
    back = {"state": TouchState.READY.value, "reason": because, "news": "", "news_class": ""}
    connection.execute(update(TOUCH).where(TOUCH.c.id.in_(ids)).values(**back, lease_owner="", lease_until=None))
    Ledger(connection).release(ids, at=at)
    return len(ids)
