"""The daemon's jobs: each does one thing and asks the database what is due."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from channels.protocol import Channel
from touches.engine.alarms import raise_alarms, watch
from touches.engine.announcing import announce_urgent
from touches.engine.backlog import end_backlogs
from touches.engine.committing import Committer
from touches.engine.dispatching import Pass, drain
from touches.engine.enrolling import run_new_lead_triggers
from touches.engine.listing import list_calls
from touches.engine.office import Office
from touches.engine.passing import Chores, newest_touch, plan_missing
from touches.engine.printing import print_run
from touches.engine.proving import prove_doubts
from touches.engine.reacting import react_to_activities
from touches.engine.rescue import rescue
from touches.engine.unholding import end_pauses, release_held
from touches.logs import logger
from touches.planning.steadiness import ClockWatch, look, may_send
from touches.store.locks import alone
from touches.store.mark import keep_mark

MARK_EVERY = 60.0  # seconds
Job = Callable[[], Awaitable[None]]


@dataclass(slots=True, kw_only=True)
class Shift:
    """What the jobs of a running daemon share. SIGHUP replaces `office` and `channels` between jobs."""

    office: Office
    channels: Mapping[str, Channel]
    committer: Committer
    chores: Chores
    watch: ClockWatch
    name: str
    host: str
    pid: int
    started_at: datetime
    state: Path
    marked_at: float = 0.0  # when the high-water mark was last moved, by the monotonic clock
    stopping: bool = False
    in_flight: set["asyncio.Task[None]"] = field(default_factory=set)
    sending: set[str] = field(default_factory=set)  # channels that are being drained


async def send(shift: Shift, channel_name: str) -> None:
    """Drain a channel of everything that is due now, unless that is being done."""
    channel = shift.channels.get(channel_name)
    if channel is None or channel_name in shift.sending or not _steady(shift):
        return
    shift.sending.add(channel_name)
    try:
        await _send(shift, channel_name, channel)
    finally:
        shift.sending.discard(channel_name)


async def _send(shift: Shift, channel_name: str, channel: Channel) -> None:
    office = shift.office
    up_to_id = await asyncio.to_thread(newest_touch, office)
    done = await drain(
        office, channel, shift.committer, up_to_id=up_to_id, stopping=lambda: shift.stopping or not _steady(shift)
    )
    await print_run(office, channel)
    _log(channel_name, done)
    alarms, shift.committer.recorded.alarms = shift.committer.recorded.alarms, []
    await asyncio.to_thread(raise_alarms, office, alarms)


def _steady(shift: Shift) -> bool:
    clock = shift.office.clock
    return may_send(shift.watch, clock.now(), clock.monotonic())


async def list_day(shift: Shift) -> None:
    """Put the day's calls and meetings on people's lists."""
    up_to_id = await asyncio.to_thread(newest_touch, shift.office)
    _log("call", await asyncio.to_thread(list_calls, shift.office, shift.channels, up_to_id=up_to_id))


async def bring_in(shift: Shift) -> None:
    """What came back, what leads did, who is new."""
    for chore in shift.chores.inbound:
        await asyncio.to_thread(chore, shift.office)
    await asyncio.to_thread(react_to_activities, shift.office)
    await asyncio.to_thread(run_new_lead_triggers, shift.office)
    await asyncio.to_thread(announce_urgent, shift.office)


async def detect_lapses(shift: Shift) -> None:
    """Who has gone quiet, and whether anybody was forgotten."""
    for chore in shift.chores.lapse:
        await asyncio.to_thread(chore, shift.office)
    await asyncio.to_thread(plan_missing, shift.office)


async def send_digest(shift: Shift) -> None:
    """The marketers' and owners' summaries."""
    for chore in shift.chores.digest:
        await asyncio.to_thread(chore, shift.office)


async def keep_house(shift: Shift) -> None:
    """Heartbeat, leases, clocks of people, held touches, what dead owners left."""
    office = shift.office
    clock = office.clock
    shift.watch = look(shift.watch, clock.now(), clock.monotonic())
    if not shift.watch.steady:
        logger().warning("clock_jumped", by_seconds=shift.watch.jumped.total_seconds())
    await asyncio.to_thread(_keep_house, shift, office)
    await prove_doubts(office, shift.channels)


def _keep_house(shift: Shift, office: Office) -> None:
    now = office.clock.now()
    with office.store.write() as unit:
        unit.switches.beat(name=shift.name, host=shift.host, pid=shift.pid, at=now, note=_note(shift))
        if shift.watch.needs_release:
            reason = f"the clock jumped forward by {shift.watch.jumped}: is it right?"
            unit.switches.set("hold", reason, at=now)
    rescue(office, alone=False)
    end_backlogs(office)
    watch(office)
    if office.clock.monotonic() - shift.marked_at > MARK_EVERY:
        shift.marked_at = office.clock.monotonic()
        held = keep_mark(office.store, shift.state, now=now)
        if held:
            logger().error("in_hold", because=held)
    with alone(office.store, "clocks") as mine:
        if mine:
            _watch_clocks(shift, office)


def _watch_clocks(shift: Shift, office: Office) -> None:
    for chore in shift.chores.clocks:
        chore(office)
    end_pauses(office)
    release_held(office)


def _note(shift: Shift) -> str:
    return "steady" if shift.watch.steady else "the clock jumped: waiting until it is stable"


def _log(channel: str, done: Pass) -> None:
    if done.claimed:
        numbers = {"claimed": done.claimed, "held": done.held, "cancelled": done.cancelled}
        logger().info("drained", channel=channel, **numbers)
    if done.stopped:
        logger().info("not_sending", channel=channel, because=done.stopped)
