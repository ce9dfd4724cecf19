"""Drains what is due on a channel: claims in batches, offers over several connections, records as it goes."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from channels.protocol import Channel
from touches.engine.committing import Committer
from touches.engine.deciding import decide
from touches.engine.in_hand import InHand
from touches.engine.office import Office
from touches.engine.preparing import claim, write_decided
from touches.engine.recording import PAUSED_TRANSPORT, Offered, Recorded
from touches.model.states import TouchState
from touches.planning.limits import Allowance, allowance

_BATCHES = count(1)


@dataclass(slots=True, kw_only=True)
class Pass:
    """What one pass over a channel did; the numbers of `tick --json`."""

    claimed: int = 0
    held: int = 0
    cancelled: int = 0
    planned: int = 0
    recorded: Recorded = field(default_factory=Recorded)
    stopped: str = ""  # why it ended early


async def drain(
    office: Office, channel: Channel, committer: Committer, *, up_to_id: int, stopping: Callable[[], bool]
) -> Pass:
    """Hand over everything that is due now and was planned before; ends early on a stop, never waits for a retry."""
    done = Pass()
    while not stopping():
        allowed = await asyncio.to_thread(_may_claim, office, channel.name)
        if allowed.stopped:
            done.stopped = allowed.stopped
            return done
        batch = await asyncio.to_thread(_next_batch, office, channel, up_to_id, allowed.count, done)
        if batch is None:
            return done
        await _offer_all(batch, office, channel, committer)
    return done


def _may_claim(office: Office, channel: str) -> Allowance:
    """Switches, rested transports, limits of rate: how many may be claimed now."""
    now = office.clock.now()
    with office.store.read() as unit:
        return allowance(
            stopped=unit.switches.stopped(),
            rested=unit.switches.get(PAUSED_TRANSPORT + channel),
            sent=unit.touches.handed_over_since,
            channel=channel,
            per_minute=office.desk.per_minute.get(channel, 0),
            per_day=office.desk.per_day.get(channel, 0),
            batch=office.desk.batch,
            now=now,
        )


def _next_batch(office: Office, channel: Channel, up_to_id: int, limit: int, done: Pass) -> list[InHand] | None:
    claimed = claim(office, channel.name, up_to_id=up_to_id, limit=limit, number=next(_BATCHES))
    if not claimed.touches:
        return None
    with office.store.read() as unit:
        decided = decide(claimed, channel, office, unit)
    with office.store.write() as unit:
        taken = write_decided(unit, office, claimed, decided)
    done.claimed += len(claimed.touches)
    done.held += sum(move.new in (TouchState.HELD, TouchState.QUARANTINED) for move in decided.moves)
    done.cancelled += sum(move.new in (TouchState.CANCELLED, TouchState.EXPIRED) for move in decided.moves)
    done.planned += sum(move.new is TouchState.PLANNED for move in decided.moves)
    return taken


async def _offer_all(batch: list[InHand], office: Office, channel: Channel, committer: Committer) -> None:
    waiting = iter(batch)
    workers = min(channel.concurrency, len(batch))
    async with asyncio.TaskGroup() as group:
        for _ in range(workers):
            group.create_task(_worker(waiting, office, channel, committer))


async def _worker(waiting: Iterator[InHand], office: Office, channel: Channel, committer: Committer) -> None:
    for each in waiting:
        await _offer(each, office, channel, committer)


async def _offer(each: InHand, office: Office, channel: Channel, committer: Committer) -> None:
    began_at = office.clock.now()
    marked = False

    async def marker() -> bool:
        nonlocal marked
        marked = await committer.mark(each)
        return marked

    result = await channel.hand_over(each.prepared, marker)
    ended_at = office.clock.now()
    await committer.settle(Offered(each=each, result=result, marked=marked, began_at=began_at, ended_at=ended_at))
