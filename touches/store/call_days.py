"""Calls and meetings as their owners' days hold them: to be listed, standing on lists, made."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, select, update

from touches.model.cadence import Touch
from touches.model.states import TouchState
from touches.store.hand_overs import CLAIMED_COLUMNS, DUE_STATES, Lease
from touches.store.indexed import TOUCH, WAITS, in_states
from touches.store.interactions import INTERACTION
from touches.store.queues import queues_of
from touches.store.worklist import PERSONAL


class CallDays:
    """Claims a day's calls, and counts what fills the days. Counts are (owner, instant, how many)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(
        self, channels: Sequence[str], *, before: datetime, up_to_id: int, limit: int, lease: Lease
    ) -> list[Touch]:
        """Take up to `limit` calls and meetings that are due before an instant: by lane, then those of the policy with
        the higher priority, then those that tolerate the least delay."""
        ranks = self._begun(channels, before)
        if not ranks:
            return []
        wanted = (
            select(TOUCH.c.id)
            .where(WAITS, TOUCH.c.channel.in_(channels), TOUCH.c.rank.in_(ranks), TOUCH.c.due_at < before)
            .where(TOUCH.c.id <= up_to_id)
            .order_by(TOUCH.c.rank, func.coalesce(TOUCH.c.latest_at, TOUCH.c.due_at))
            .order_by(TOUCH.c.due_at, TOUCH.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        ids = list(self._connection.execute(wanted).scalars())
        taken = self._taken(ids, lease) if ids else {}
        return [taken[touch_id] for touch_id in ids if touch_id in taken]

    def _begun(self, channels: Iterable[str], before: datetime) -> list[int]:
        """The ranks under which something is due before an instant."""
        queues = (queue for channel in channels for queue in queues_of(self._connection, channel))
        return sorted({queue.rank for queue in queues if queue.first_due < before})

    def _taken(self, ids: Iterable[int], lease: Lease) -> dict[int, Touch]:
        statement = (
            update(TOUCH)
            .where(TOUCH.c.id.in_(list(ids)), TOUCH.c.state.in_(DUE_STATES))
            .values(
                state=TouchState.CLAIMED.value,
                lease_owner=lease.token,
                lease_until=lease.until,
                fence=TOUCH.c.fence + 1,
            )
            .returning(*(TOUCH.c[name] for name in CLAIMED_COLUMNS))
        )
        rows = self._connection.execute(statement)
        touches = (Touch(state=TouchState.CLAIMED, **dict(zip(CLAIMED_COLUMNS, row, strict=True))) for row in rows)
        return {touch.id: touch for touch in touches}

    def standing(self) -> list[tuple[str, datetime, int]]:
        """What stands on lists, by the hour for which it was listed."""
        return self._counted(in_states([TouchState.OFFERING]))

    def waiting(self, *, since: datetime) -> list[tuple[str, datetime, int]]:
        """What is planned for later, and may still move."""
        return self._counted(and_(WAITS, TOUCH.c.due_at >= since))

    def spoken(self, *, since: datetime) -> list[tuple[str, datetime, int]]:
        """What spoke to a lead since."""
        spoke = (TOUCH.c.handed_over_at >= since) & PERSONAL & (TOUCH.c.state != TouchState.OFFERING.value)
        made = select(TOUCH.c.owner, TOUCH.c.handed_over_at, func.count()).where(spoke)
        rows = self._connection.execute(made.group_by(TOUCH.c.owner, TOUCH.c.handed_over_at))
        return [(owner, at, number) for owner, at, number in rows]

    def _counted(self, condition: ColumnElement[bool]) -> list[tuple[str, datetime, int]]:
        statement = select(TOUCH.c.owner, TOUCH.c.due_at, func.count()).where(PERSONAL, condition)
        rows = self._connection.execute(statement.group_by(TOUCH.c.owner, TOUCH.c.due_at))
        return [(owner, at, number) for owner, at, number in rows]

    def made(self, *, since: datetime) -> list[tuple[str, datetime, int]]:
        """What was made since, whatever came of it; what stands on a list again is not counted twice."""
        last = func.max(INTERACTION.c.at)
        statement = (
            select(TOUCH.c.owner, last)
            .join(TOUCH, TOUCH.c.id == INTERACTION.c.touch_id)
            .where(INTERACTION.c.at >= since, INTERACTION.c.undone_at.is_(None), PERSONAL)
            .where(TOUCH.c.state != TouchState.OFFERING.value)
            .group_by(TOUCH.c.id, TOUCH.c.owner)
        )
        return [(owner, at, 1) for owner, at in self._connection.execute(statement)]
