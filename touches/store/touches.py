"""Touches: planned, read, and moved from state to state. Every change names the state it comes from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Update, bindparam, func, select, update

from touches.model.cadence import PastTouch, Touch, TouchDraft
from touches.model.filling import filler
from touches.model.states import COUNTS_AS_SENT, FINAL, IN_HAND, PENDING, TouchState, may_move
from touches.store.appending import Appending
from touches.store.decisions import Decisions
from touches.store.indexed import TOUCH, in_states
from touches.store.planned_touches import PLANNED, OwnValues, StoredValues, planned_rows
from touches.store.readings import Reading, instant
from touches.store.types import from_micros, stored_json

PAST = (
    *("due_at", "handed_over_at", "finished_at"),
    *("step", "round", "number", "channel", "news_class", "policy", "enrollment_id"),
)
_new_past = filler(PastTouch, ("state", *PAST))
PAST_OF = Reading(
    f"SELECT lead_id, state, {', '.join(PAST)} FROM touch WHERE lead_id IN :ids AND kind = 'touch' ORDER BY id",  # noqa: S608
    columns=2 + len(PAST),
)
REACHED = Reading(
    """SELECT company_id, touch.id, coalesce(handed_over_at, claimed_at, touch.created_at) AS at FROM lead
    JOIN touch ON touch.lead_id = lead.id
    WHERE company_id IN :ids AND kind = 'touch' AND touch.state IN :states ORDER BY at""",
    columns=3,
)
ADD = Appending("touch", ("id", *PLANNED))
NEW_IDS = Reading("SELECT nextval(pg_get_serial_sequence('touch', 'id')) FROM generate_series(1, :count)")
NOTHING = stored_json({})
STATES = {state.value: state for state in TouchState}


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One change of state with what goes with it. `lease` empty: the row must be in nobody's hand."""

    touch_id: int
    old: TouchState
    new: TouchState
    lease: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


class Touches:
    """One row per touch; unique (enrollment, step, round)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, drafts: Sequence[TouchDraft], *, alike: Iterable[tuple[OwnValues, StoredValues]] = (), at: datetime
    ) -> list[int]:
        """Plan touches; `alike` are open ones whose values were put together before. Their ids, by enrollment.
        Raises Conflict, at the latest at the end of the transaction, when one of them exists."""
        rows = sorted(planned_rows(drafts, alike, at), key=_enrollment_id)
        ids = self._new_ids(len(rows)) if rows else []
        ADD.run(self._connection, [(touch_id, *row.columns) for touch_id, row in zip(ids, rows, strict=True)])
        because = [(touch_id, row.because) for touch_id, row in zip(ids, rows, strict=True) if row.because != NOTHING]
        Decisions(self._connection).put(because)
        return ids

    def _new_ids(self, count: int) -> list[int]:
        """Ids that nobody else will take, ascending: on SQLite the writer is alone."""
        if self._connection.dialect.name == "sqlite":
            first = self.newest_id() + 1
            return list(range(first, first + count))
        return sorted(row[0] for row in NEW_IDS.rows(self._connection, count=count))

    def by_ids(self, touch_ids: Iterable[int]) -> dict[int, Touch]:
        """The touches of these ids."""
        found = self._connection.execute(select(TOUCH).where(TOUCH.c.id.in_(list(touch_ids)))).mappings()
        return {row["id"]: touch_of(row) for row in found}

    def of_leads(
        self, lead_ids: Sequence[int], *, states: Iterable[TouchState] = (), lock: bool = False
    ) -> dict[int, list[Touch]]:
        """Each lead's touches in order of planning, optionally only in some states. `lock` waits for who is just
        claiming or marking them, so that they are what they are said to be until the end of the transaction."""
        condition = TOUCH.c.lead_id.in_(lead_ids)
        wanted = [state.value for state in states]
        if wanted:
            condition &= TOUCH.c.state.in_(wanted)
        found: dict[int, list[Touch]] = {lead_id: [] for lead_id in lead_ids}
        statement = select(TOUCH).where(condition).order_by(TOUCH.c.id)
        statement = statement.with_for_update() if lock else statement
        for row in self._connection.execute(statement).mappings():
            found[row["lead_id"]].append(touch_of(row))
        return found

    def past(self, lead_ids: Sequence[int]) -> dict[int, list[PastTouch]]:
        """What planning and caps need of each lead's touches, oldest first; notices are no touches."""
        found: dict[int, list[PastTouch]] = {lead_id: [] for lead_id in lead_ids}
        for lead_id, state, due, handed_over, finished, *plain in PAST_OF.rows(self._connection, ids=lead_ids):
            times = instant(due), instant(handed_over), instant(finished)
            found[lead_id].append(_new_past(STATES[state], *times, *plain))
        return found

    def reached_in_companies(self, company_ids: Sequence[int]) -> dict[int, dict[int, datetime]]:
        """The touches that reached (or may have reached) people of these companies, and when; oldest first."""
        found: dict[int, dict[int, datetime]] = {company_id: {} for company_id in company_ids}
        states = [state.value for state in COUNTS_AS_SENT]
        for company_id, touch_id, at in REACHED.rows(self._connection, ids=company_ids, states=states):
            found[company_id][touch_id] = from_micros(at)
        return found

    def newest_id(self) -> int:
        """The id of the newest touch; what is planned later has a higher one."""
        return int(self._connection.execute(select(func.coalesce(func.max(TOUCH.c.id), 0))).scalar_one())

    def move(self, moves: Sequence[Move]) -> set[int]:
        """Apply changes of state; the ids of those that took effect. A move the table forbids is an error of ours."""
        return {move.touch_id for move in moves if self._move(move)}

    def _move(self, move: Move) -> bool:
        if not may_move(move.old, move.new):
            raise ValueError(f"touch {move.touch_id}: there is no move from {move.old} to {move.new}")
        keeps_lease = move.new in IN_HAND or move.new is TouchState.COMMITTING
        statement = _moving(tuple(sorted(move.values)), fenced=bool(move.lease), keeps_lease=keeps_lease)
        values = {f"new_{name}": value for name, value in move.values.items()}
        keys = {"touch_id": move.touch_id, "old_state": move.old.value, "new_state": move.new.value}
        held = {"held_by": move.lease} if move.lease else {}
        return self._connection.execute(statement, {**keys, **held, **values}).rowcount == 1

    def pending_of(self, enrollment_ids: Sequence[int]) -> list[Touch]:
        """What waits or is in hand for some enrollments: a stop cancels these. They are locked: what is just claimed
        or marked elsewhere is waited for."""
        return self._pending(TOUCH.c.enrollment_id.in_(enrollment_ids))

    def pending_outside(self, lead_ids: Sequence[int]) -> list[Touch]:
        """As `pending_of`, of what belongs to no enrollment: urgent news for these leads."""
        outside = TOUCH.c.enrollment_id.is_(None) & (TOUCH.c.kind == "touch")
        return self._pending(TOUCH.c.lead_id.in_(lead_ids) & outside)

    def _pending(self, condition: ColumnElement[bool]) -> list[Touch]:
        waits = TOUCH.c.state.in_([state.value for state in PENDING | IN_HAND])
        statement = select(TOUCH).where(condition & waits).order_by(TOUCH.c.id).with_for_update()
        return [touch_of(row) for row in self._connection.execute(statement).mappings()]

    def page(
        self, *, after: int, limit: int, states: Iterable[TouchState] = (), lead_id: int | None = None
    ) -> list[Touch]:
        """Touches in order of id, for walking through in batches."""
        condition = TOUCH.c.id > after
        wanted = list(states)
        if wanted:
            condition &= in_states(wanted)
        if lead_id is not None:
            condition &= TOUCH.c.lead_id == lead_id
        rows = self._connection.execute(select(TOUCH).where(condition).order_by(TOUCH.c.id).limit(limit)).mappings()
        return [touch_of(row) for row in rows]

    def held(self, *, after: int, limit: int) -> list[Touch]:
        """Held touches in order of id, for walking through in batches."""
        condition = in_states([TouchState.HELD]) & (TOUCH.c.lease_owner == "") & (TOUCH.c.id > after)
        rows = self._connection.execute(select(TOUCH).where(condition).order_by(TOUCH.c.id).limit(limit)).mappings()
        return [touch_of(row) for row in rows]

    def in_states(self, states: Iterable[TouchState], *, kind: str = "", limit: int = 0) -> list[Touch]:
        """Touches in some states, oldest due first."""
        condition = in_states(states)
        if kind:
            condition &= TOUCH.c.kind == kind
        statement = select(TOUCH).where(condition).order_by(TOUCH.c.due_at, TOUCH.c.id)
        rows = self._connection.execute(statement.limit(limit) if limit else statement).mappings()
        return [touch_of(row) for row in rows]

    def unplanned(self, *, after: int, up_to: int, limit: int) -> list[int]:
        """Running enrollments of these ids that have no open touch: the planner owes them one."""
        from touches.store.enrollments import ENROLLMENT

        open_touch = select(TOUCH.c.id).where(
            TOUCH.c.enrollment_id == ENROLLMENT.c.id,
            TOUCH.c.state.not_in([state.value for state in FINAL]),
        )
        statement = select(ENROLLMENT.c.id).where(
            ENROLLMENT.c.id.between(after + 1, up_to), ENROLLMENT.c.state == "active", ~open_touch.exists()
        )
        return list(self._connection.execute(statement.order_by(ENROLLMENT.c.id).limit(limit)).scalars())

    def outside_cadences(self) -> list[Touch]:
        """What waits and belongs to no enrollment: urgent news."""
        condition = in_states(PENDING) & TOUCH.c.enrollment_id.is_(None) & (TOUCH.c.kind == "touch")
        return [touch_of(row) for row in self._connection.execute(select(TOUCH).where(condition)).mappings()]


TOUCH_FIELDS = tuple(name for name in Touch.__dataclass_fields__ if name != "state")


@lru_cache(maxsize=64)
def _moving(names: tuple[str, ...], *, fenced: bool, keeps_lease: bool) -> Update:
    """A move that sets these columns as well; `fenced` looks at the lease too."""
    condition = (TOUCH.c.id == bindparam("touch_id")) & (TOUCH.c.state == bindparam("old_state"))
    if fenced:
        condition &= TOUCH.c.lease_owner == bindparam("held_by")
    values: dict[str, Any] = {"state": bindparam("new_state")}
    values |= {name: bindparam(f"new_{name}", type_=TOUCH.c[name].type) for name in names}
    if not keeps_lease:
        values |= {"lease_owner": "", "lease_until": None}
    return update(TOUCH).where(condition).values(**values)


def _enrollment_id(row: StoredValues) -> int:
    """In this order the rows go into their indexes from one end to the other."""
    return row.columns[0] or 0


def touch_of(row: RowMapping) -> Touch:
    """The value of a row."""
    return Touch(state=TouchState(row["state"]), **{name: row[name] for name in TOUCH_FIELDS})
