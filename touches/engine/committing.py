"""Group commit: the markers and outcomes of all connections share transactions, so that one fsync serves many."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from touches.engine.in_hand import InHand
from touches.engine.office import Office
from touches.engine.recording import Offered, Recorded, record
from touches.errors import DatabaseError
from touches.planning.gates import Fresh, why_not_now
from touches.store.units import Unit

STORE_TRIES = 30  # one a second: so long an outcome is kept in memory before we stop claiming


@dataclass(slots=True)
class _Waiting:
    marks: list[tuple[InHand, asyncio.Future[bool]]] = field(default_factory=list)
    outcomes: list[tuple[Offered, asyncio.Future[None]]] = field(default_factory=list)


class Committer:
    """Writes for one daemon. `mark` and `settle` are awaited by the connections; both return when it is durable."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._waiting = _Waiting()
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.recorded = Recorded()
        self.commits = 0

    def start(self) -> None:
        """Begin to serve."""
        self._task = asyncio.create_task(self._serve())

    async def stop(self) -> None:
        """Write what is left and end."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def mark(self, each: InHand) -> bool:
        """The durable marker, or False: a stop, the hours or a lost lease came first."""
        future: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.marks.append((each, future))
        self._wake.set()
        return await future

    async def settle(self, offered: Offered) -> None:
        """Record what came of an offer."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.outcomes.append((offered, future))
        self._wake.set()
        await future

    async def _serve(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            waiting, self._waiting = self._waiting, _Waiting()
            await self._write(waiting)

    async def _write(self, waiting: _Waiting) -> None:
        offered = [one for one, _ in waiting.outcomes]
        marks = [each for each, _ in waiting.marks]
        for attempt in range(STORE_TRIES):
            try:
                allowed = await asyncio.to_thread(self._commit, offered, marks)
                break
            except DatabaseError as error:
                if attempt == STORE_TRIES - 1:
                    _fail(waiting, error)
                    return
                allowed, marks = set(), []  # no marker while the store is away: nothing leaves
                _refuse(waiting)
                await asyncio.sleep(1.0)
        for each, future in waiting.marks:
            _resolve(future, each.touch.id in allowed)
        for _, done in waiting.outcomes:
            if not done.done():
                done.set_result(None)

    def _commit(self, offered: Sequence[Offered], marks: Sequence[InHand]) -> set[int]:
        if not offered and not marks:
            return set()
        with self._office.store.write() as unit:
            recorded = record(unit, self._office, offered) if offered else Recorded()
            allowed = mark_allowed(unit, self._office, marks) if marks else set()
        self.commits += 1
        self.recorded.add(recorded)
        return allowed


def _refuse(waiting: _Waiting) -> None:
    for _, future in waiting.marks:
        _resolve(future, False)


def _resolve(future: "asyncio.Future[bool]", value: bool) -> None:
    if not future.done():
        future.set_result(value)


def _fail(waiting: _Waiting, error: Exception) -> None:
    _refuse(waiting)
    for _, done in waiting.outcomes:
        if not done.done():
            done.set_exception(error)


def mark_allowed(unit: Unit, office: Office, marks: Sequence[InHand]) -> set[int]:
    """Read again what may forbid, in this transaction, and mark what may leave; the ids of those."""
    now = office.clock.now()
    fresh = read_fresh(unit, marks, now)
    by_lease: dict[str, list[int]] = {}
    for each in marks:
        if not why_not_now(each.passing, fresh, now):
            by_lease.setdefault(each.lease, []).append(each.touch.id)
    until = unit.database_now() + timedelta(seconds=office.desk.lease_seconds)
    allowed: set[int] = set()
    for lease, ids in by_lease.items():
        allowed |= unit.touches.mark_committing(ids, lease=lease, until=until)
    return allowed


def read_fresh(unit: Unit, marks: Sequence[InHand], now: datetime) -> Fresh:
    """The facts of the gates, in a few queries for all."""
    leads = [each.passing.lead_id for each in marks if each.passing.lead_id is not None]
    enrollments = [each.passing.enrollment_id for each in marks if each.passing.enrollment_id is not None]
    since = min((each.claimed_at for each in marks), default=now)
    return Fresh(
        stopped=unit.switches.stopped(),
        enrollments=unit.enrollments.states(enrollments),
        dead=unit.leads.dead(leads),
        closed=unit.suppressions.of(each.passing.address_hash for each in marks if each.passing.address_hash),
        crowded=unit.touches.crowded(leads, since=since, marking=[each.touch.id for each in marks]),
    )
