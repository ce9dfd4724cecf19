"""What stands on people's lists beside promises and complaints, and moving it to another person."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, func, select, update

from touches.model.care import CareState
from touches.model.people import PERSONAL_CHANNELS
from touches.model.states import IN_HAND, PENDING, TouchState
from touches.store.complaints import COMPLAINT
from touches.store.conversations import CONVERSATION
from touches.store.indexed import TOUCH, WAITS, in_states
from touches.store.leads import LEAD
from touches.store.promises import PROMISE, RUNNING

PERSONAL = TOUCH.c.channel.in_(sorted(PERSONAL_CHANNELS)) & (TOUCH.c.kind == "touch")


class Worklist:
    """Reads lists, and moves what is open from owner to owner."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def listed(self, *, until: datetime) -> list[int]:
        """Calls and meetings due before `until`, in that order: those on a list, and those that have been on one and
        are to be tried again."""
        again = and_(WAITS, TOUCH.c.state == TouchState.READY.value, TOUCH.c.detail != "")
        found = [
            tuple(row)
            for stands in (in_states([TouchState.OFFERING]), again)  # each by an index of its own
            for row in self._connection.execute(
                select(TOUCH.c.due_at, TOUCH.c.id).where(PERSONAL, stands, TOUCH.c.due_at < until)
            )
        ]
        return [touch_id for _, touch_id in sorted(found)]

    def unlisted(self, *, until: datetime) -> int:
        """How many calls and meetings due before `until` wait to be put on a list for the first time."""
        waiting = and_(WAITS, TOUCH.c.detail == "")
        statement = select(func.count()).select_from(TOUCH).where(PERSONAL, waiting, TOUCH.c.due_at < until)
        return int(self._connection.execute(statement).scalar_one())

    def scripts(self, touch_ids: Sequence[int]) -> dict[int, str]:
        """What a person says in these calls, as the channel wrote it."""
        statement = select(TOUCH.c.id, TOUCH.c.detail).where(TOUCH.c.id.in_(touch_ids))
        return {row[0]: row[1] for row in self._connection.execute(statement)}

    def lead_ids_of(self, owner: str) -> list[int]:
        """The living leads of an owner."""
        statement = select(LEAD.c.id).where(LEAD.c.owner == owner, LEAD.c.dead == "").order_by(LEAD.c.id)
        return list(self._connection.execute(statement).scalars())

    def owners(self) -> list[str]:
        """Everybody who owns a lead."""
        return sorted(self._connection.execute(select(LEAD.c.owner).where(LEAD.c.owner != "").distinct()).scalars())

    def give(self, lead_ids: Sequence[int], owner: str) -> int:
        """Leads and everything open of them get another owner; how many tasks moved."""
        self._connection.execute(update(LEAD).where(LEAD.c.id.in_(lead_ids)).values(owner=owner))
        states = [state.value for state in PENDING | IN_HAND]
        moved = 0
        for table, open_ones in (
            (TOUCH, TOUCH.c.state.in_(states) & (TOUCH.c.kind == "touch")),
            (PROMISE, RUNNING),
            (COMPLAINT, COMPLAINT.c.state == CareState.OPEN.value),
            (CONVERSATION, CONVERSATION.c.state == CareState.OPEN.value),
        ):
            statement = update(table).where(table.c.lead_id.in_(lead_ids), open_ones, table.c.owner != owner)
            moved += self._connection.execute(statement.values(owner=owner)).rowcount
        return moved
