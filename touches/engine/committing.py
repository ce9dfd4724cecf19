"""Group commit: the markers and outcomes of all connections share transactions, so that one fsync serves many."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from touches.engine.beside import Beside
from touches.engine.in_hand import InHand
from touches.engine.journal import Journal
from touches.engine.marking import Marked, mark_allowed
from touches.engine.offered import Offered, Recorded
from touches.engine.office import Office
from touches.engine.recording import record, still_open
from touches.engine.rescue import give_back
from touches.engine.waiting import Waiting
from touches.errors import DatabaseError, DatabaseUnreachable, FileError
from touches.logs import logger
from touches.store.units import Unit

STORE_TRIES = 30  # one a second: so long an outcome is kept in memory before we stop claiming
MARK_LASTS = 1.0  # seconds: what is marked but not begun by then is looked at again
LINGER = 0.1  # seconds that an outcome may wait for others to share its transaction


class Committer:
    """Writes for one daemon. `mark` and `settle` are awaited by the connections; both return when it is durable."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._waiting = Waiting()
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._lingering: asyncio.TimerHandle | None = None
        self._marked_at: dict[int, float] = {}
        self._void_before = 0.0  # marks older than this were made before a stop was seen
        self._over: DatabaseUnreachable | None = None  # set when `_serve` has ended, for whatever reason
        self._unreturned: dict[int, int] = {}  # touch id: fence, of what could not be given back yet
        self.beside = Beside(alone=office.store.is_sqlite)
        self.journal: Journal | None = None
        self.leases: set[str] = set()  # batches in hand, whose leases are kept
        self.recorded = Recorded()
        self.commits = 0

    def start(self) -> None:
        """Begin to serve. Where the office has a place for a journal, touches may be marked ahead; FileError."""
        folder = self._office.desk.journal_at
        if folder:
            self.journal = Journal(Path(folder), self._office.owner_name)
            self.journal.start()
        self._over = None
        self._tasks = [asyncio.create_task(self._serve()), asyncio.create_task(self._keep_leases())]

    async def stop(self) -> None:
        """Write what is left and end."""
        tasks, self._tasks = self._tasks, []
        try:
            if tasks and self._waiting.outcomes:
                await self.flush()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if tasks:
                await self.give_back({})
            await self.beside.close()
            if self.journal is not None:
                self.journal.close(keep=bool(self._unreturned or self._waiting.outcomes))
                self.journal = None

    async def give_back(self, fences: Mapping[int, int]) -> None:
        """Touches (id: fence of the claim) that were surely never offered are ready again. While the database is
        away they are kept in mind and given back with the next ones; else the journal tells a rescue."""
        self._unreturned.update(fences)
        if self._unreturned:
            try:
                await asyncio.to_thread(give_back, self._office, dict(self._unreturned))
            except DatabaseError as error:
                logger().warning("not_given_back", touches=len(self._unreturned), because=str(error)[:300])
            else:
                self._unreturned.clear()

    async def mark(self, each: InHand) -> str:
        """The durable marker, or why it was not set: something came first."""
        return (await self.mark_ahead([each])).why_not(each.touch.id)

    async def mark_ahead(self, touches: Sequence[InHand]) -> Marked:
        """The marker for touches that will leave within a second; `clear` guards each of them once more."""
        if self._over is not None:
            return Marked(refused="the process ends")
        future: asyncio.Future[Marked] = asyncio.get_running_loop().create_future()
        self._waiting.marks.append((touches, future))
        self._wake.set()
        return await future

    async def clear(self, each: InHand) -> str:
        """Right before the irrevocable byte of what was marked ahead: fresh or marked anew, and in the journal. Why it
        must not leave; empty when it may."""
        why_not = "" if self._is_fresh(each.touch.id) else await self.mark(each)
        if not why_not and self.journal is not None:
            try:
                self.journal.begun(each.touch.id, each.touch.fence)
            except FileError as error:
                return str(error)  # the disk is full: without the line a kill would lose the touch
        return why_not

    def _is_fresh(self, touch_id: int) -> bool:
        marked_at = self._marked_at.get(touch_id, 0.0)
        return marked_at > self._void_before and self._office.steady() - marked_at <= MARK_LASTS

    async def settle(self, offered: Offered) -> None:
        """Record what came of an offer."""
        self.put(offered)
        await self.flush()

    def put(self, offered: Offered) -> None:
        """Record it soon: the answer goes to the journal at once, and `flush` waits for the database."""
        touch, journal = offered.each.touch, self.journal
        if journal is not None and offered.marked:
            try:
                journal.answered(touch.id, touch.fence, offered.result, offered.ended_at)
            except FileError as error:
                logger().warning("answer_not_in_journal", because=str(error)[:300])
        self._waiting.outcomes.append(offered)
        if self._waiting.urgent:
            self._wake.set()
        elif self._lingering is None:
            self._lingering = asyncio.get_running_loop().call_later(LINGER, self._wake.set)

    async def flush(self) -> None:
        """Return when all that was put before is durable. Raises DatabaseError when the store stays away; what was
        put is kept and tried again by the next flush."""
        if self._over is not None:
            raise self._over
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.flushes.append(future)
        self._wake.set()
        await future

    async def _serve(self) -> None:
        waiting = Waiting()
        try:
            while True:
                await self._wake.wait()
                self._wake.clear()
                if self._lingering is not None:
                    self._lingering.cancel()
                    self._lingering = None
                waiting, self._waiting = self._waiting, Waiting()
                await self._write(waiting)
                waiting = Waiting()
        finally:
            self._end(waiting)

    def _end(self, waiting: Waiting) -> None:
        """Nothing is written any more: nobody, now or later, waits for it in vain."""
        self._over = DatabaseUnreachable("nothing is written down any more: the process ends")
        late, self._waiting = self._waiting, Waiting()
        for one in (late, waiting):
            one.resolve(Marked(refused="the process ends"))
            self._keep(one, self._over)

    async def _write(self, waiting: Waiting) -> None:
        """One transaction for all that waits. While the store is away no marker is set: nothing leaves."""
        marks = [each for group, _ in waiting.marks for each in group]
        marked = Marked()
        for attempt in range(STORE_TRIES):
            try:
                marked = await self.beside.run(partial(self._commit, waiting.outcomes, marks, attempt > 0))
                break
            except DatabaseError as error:
                waiting.resolve(Marked(refused="the database is away"))
                marks = []
                if attempt == STORE_TRIES - 1:
                    self._keep(waiting, error)
                    return
                await asyncio.sleep(1.0)
            except Exception as error:  # noqa: BLE001 - what breaks one must not hold up the others
                waiting.resolve(Marked(refused=f"{type(error).__name__}: {error}"))
                marks = []
                await self.beside.run(partial(self._commit_apart, waiting.outcomes))
                break
        self._remember(marked, [each.touch.id for each in marks])
        waiting.resolve(marked)
        self._forget_lines(waiting.outcomes)
        waiting.finish()

    def _forget_lines(self, offered: Sequence[Offered]) -> None:
        """Their outcomes are durable. A journal that cannot be made shorter now, for want of space, grows on."""
        if self.journal is not None:
            try:
                self.journal.recorded(one.each.touch.id for one in offered)
            except FileError as error:
                logger().warning("journal_not_compacted", because=str(error)[:300])

    def _commit(self, offered: Sequence[Offered], marks: Sequence[InHand], again: bool) -> Marked:
        if not offered and not marks:
            return Marked()
        with self._office.store.write() as unit:
            recorded = self._record(unit, offered, again)
            marking = mark_allowed(unit, self._office, marks) if marks else None
        self.commits += 1
        self.recorded.add(recorded)
        return marking.done() if marking is not None else Marked()

    def _commit_apart(self, offered: Sequence[Offered]) -> None:
        """Each outcome by itself, without what follows from it where that is what breaks: the planner finds an
        enrollment without a next touch. What cannot even be written so is left to a rescue, with its journal."""
        for one in offered:
            for plans in (True, False):
                try:
                    with self._office.store.write() as unit:
                        recorded = record(unit, self._office, still_open(unit, [one]), plans=plans)
                    self.recorded.add(recorded)
                    break
                except Exception as error:  # noqa: BLE001 - said in the log, the others go on
                    said = {"error": type(error).__name__, "because": str(error)[:300]}
                    logger().error("outcome_not_recorded", touch=one.each.touch.id, **said)

    def _record(self, unit: Unit, offered: Sequence[Offered], again: bool) -> Recorded:
        """`again` after an error: the first try may have been committed all the same."""
        remaining = still_open(unit, offered) if again else offered
        return record(unit, self._office, remaining) if remaining else Recorded()

    def _remember(self, marked: Marked, asked: Iterable[int]) -> None:
        now = self._office.steady()
        if marked.stopped:
            self._void_before = now
        for touch_id in asked:
            self._marked_at.pop(touch_id, None)
        self._marked_at.update(dict.fromkeys(marked.allowed, now))
        if len(self._marked_at) > 10_000:
            self._marked_at = {key: at for key, at in self._marked_at.items() if now - at <= MARK_LASTS}

    def _keep(self, waiting: Waiting, error: Exception) -> None:
        """The outcomes stay in memory, before what came meanwhile; who waits for them is told."""
        self._waiting.outcomes[:0] = waiting.outcomes
        waiting.finish(error)

    async def _keep_leases(self) -> None:
        """A lease lasts while its batch is in hand, however slow the other side is."""
        pause = self._office.desk.lease_seconds / 3
        while True:
            await asyncio.sleep(pause)
            if self.leases:
                await asyncio.to_thread(_extend, self._office, frozenset(self.leases))


def _extend(office: Office, leases: Iterable[str]) -> None:
    try:
        with office.store.write() as unit:
            unit.hand_overs.extend(leases, seconds=office.desk.lease_seconds, now=unit.database_now())
    except DatabaseError:
        return  # the next marker finds out whether the lease was lost
