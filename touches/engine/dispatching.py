"""Drains what is due on a channel: claims in batches, offers over several connections, records as it goes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count

from channels.protocol import Channel
from touches.engine.allowing import forbidden
from touches.engine.belt import Belt
from touches.engine.committing import Committer
from touches.engine.deciding import Claim, decide
from touches.engine.headway import Headway
from touches.engine.in_hand import InHand
from touches.engine.offered import Recorded
from touches.engine.office import Office
from touches.engine.preparing import claim, write_decided
from touches.errors import DatabaseError
from touches.model.states import TouchState

_BATCHES = count(1)
FIRST_BATCH = 20  # small, so that the first message leaves at once; each further one is GROWTH times as large
GROWTH = 5
MARKED_AHEAD = frozenset({"email"})  # channels that are quick enough for one commit to serve many


@dataclass(slots=True, kw_only=True)
class Pass:
    """What one pass over a channel did; the numbers of `tick --json`."""

    claimed: int = 0
    held: int = 0
    cancelled: int = 0
    planned: int = 0
    recorded: Recorded = field(default_factory=Recorded)
    stopped: str = ""  # why it ended early


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    lease: str
    touches: list[InHand]


async def drain(
    office: Office, channel: Channel, committer: Committer, *, up_to_id: int, stopping: Callable[[], bool]
) -> Pass:
    """Hand over everything that is due now and was planned before; ends early on a stop, never waits for a retry."""
    done = Pass()
    drive = _Drive(office, channel, committer, up_to_id=up_to_id, stopping=stopping, done=done)
    await drive.run()
    return done


class _Drive:
    """One drain: while the connections work on a batch, the next one is claimed and composed."""

    def __init__(
        self,
        office: Office,
        channel: Channel,
        committer: Committer,
        *,
        up_to_id: int,
        stopping: Callable[[], bool],
        done: Pass,
    ) -> None:
        self._office = office
        self._channel = channel
        self._committer = committer
        self._up_to_id = up_to_id
        self._stopping = stopping
        self._done = done
        ahead = channel.name in MARKED_AHEAD and committer.journal is not None
        # What takes long to compose, such as letters, must not hold up what is recorded.
        self._beside = committer.beside.run if ahead else asyncio.to_thread
        self._room = asyncio.Event()
        self._belt = Belt(office, channel, committer, ahead=ahead, room=self._room)
        self._leases: set[str] = set()
        self._batch = min(FIRST_BATCH, office.desk.batch)
        self._headway = Headway(office.steady, least=FIRST_BATCH, most=office.desk.batch)
        self._counted = False  # a rate is set: the next claim waits until this one is recorded
        self._broken: DatabaseError | None = None  # the connections end what they have begun before it is raised

    async def run(self) -> None:
        first = await self._next()
        if first is None:
            return
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._feed(first))
                for _ in range(self._channel.concurrency):
                    group.create_task(self._work())
            await self._committer.flush()
        finally:
            await self._let_go()
        if self._broken is not None:
            raise self._broken

    def _ending(self) -> bool:
        return self._stopping() or self._broken is not None

    async def _feed(self, batch: _Batch | None) -> None:
        """Keep one batch ahead of the connections."""
        try:
            while batch is not None and not self._ending():
                self._belt.put(batch.touches)
                await self._until_room()
                batch = await self._next()
            if batch is not None:
                self._belt.put(batch.touches)  # never offered: given back with the rest
        except DatabaseError as error:
            self._broken = error
        finally:
            self._belt.close()

    async def _until_room(self) -> None:
        while self._belt.waiting >= (1 if self._counted else self._headway.limit()) and not self._ending():
            self._room.clear()
            await self._room.wait()
        if self._counted:
            await self._committer.flush()

    async def _work(self) -> None:
        begun: InHand | None = None
        while not self._ending() and (each := begun or await self._belt.next()) is not None:
            self._room.set()
            begun = await self._belt.offer(each)
            self._headway.ended()
        if begun is not None:
            self._belt.put_back(begun)
        self._room.set()

    async def _next(self) -> _Batch | None:
        if self._ending():
            return None
        batch = await self._beside(self._prepare)
        if batch is not None:
            self._leases.add(batch.lease)
            self._committer.leases.add(batch.lease)
        return batch

    def _prepare(self) -> _Batch | None:
        why_not = forbidden(self._office)
        if why_not:
            self._done.stopped = why_not
            return None
        desk = replace(self._office.desk, batch=min(self._batch, self._headway.limit()))
        self._batch = min(self._batch * GROWTH, self._office.desk.batch)
        office = replace(self._office, desk=desk)
        allowed, claimed = claim(office, self._channel.name, up_to_id=self._up_to_id, number=next(_BATCHES))
        self._counted = allowed.counted
        self._done.stopped = allowed.stopped
        return _decided(self._office, self._channel, claimed, self._done) if claimed is not None else None

    async def _let_go(self) -> None:
        """What was claimed and never offered is ready again; after an error as well as after a stop."""
        rest = {each.touch.id: each.touch.fence for each in await self._belt.take_rest()}
        self._committer.leases -= self._leases
        await self._committer.give_back(rest)


def _decided(office: Office, channel: Channel, claimed: Claim, done: Pass) -> _Batch:
    with office.store.read() as unit:
        decided = decide(claimed, channel, office, unit)
    with office.store.write() as unit:
        taken = write_decided(unit, office, claimed, decided)
    done.claimed += len(claimed.touches)
    done.held += sum(move.new in (TouchState.HELD, TouchState.QUARANTINED) for move in decided.moves)
    done.cancelled += sum(move.new in (TouchState.CANCELLED, TouchState.EXPIRED) for move in decided.moves)
    done.planned += sum(move.new is TouchState.PLANNED for move in decided.moves)
    return _Batch(lease=claimed.lease, touches=taken)
