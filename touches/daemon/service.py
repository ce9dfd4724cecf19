"""Starts and stops the daemon: jobs by the schedule, signals, a clean end that finishes what is in flight."""

import asyncio
import os
import signal
import socket
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, timedelta
from functools import partial
from typing import TYPE_CHECKING

from touches.daemon import jobs, loop
from touches.daemon.jobs import Shift
from touches.daemon.listening import Listener
from touches.daemon.setbacks import follow_clock
from touches.engine.backlog import pace_backlog
from touches.engine.committing import Committer
from touches.engine.office import Office
from touches.engine.passing import Chores
from touches.engine.rescue import rescue
from touches.engine.zone_changes import follow_zone_data
from touches.logs import configure_logs, logger
from touches.planning.steadiness import ClockWatch
from touches.settings.model import Settings
from touches.settings.schedule import Every, ScheduleLine
from touches.store.locks import alone
from touches.store.mark import keep_mark
from touches.wiring import chores_of, mailbox_of, open_channels, open_office
from touches.workspace import Workspace

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

HOUSE = Every(timedelta(seconds=5))  # well within a lease
HEAD_START = 1.0  # seconds that what is due gets before the rest of the daemon is loaded
GRACE = 60.0  # seconds that a hand-over in flight gets after SIGTERM


async def serve(workspace: Workspace, office: Office, *, verbose: bool = False) -> None:
    """Run until SIGTERM or SIGINT. SIGHUP reads the settings again."""
    writer = configure_logs(verbose=verbose)
    shift = _start_shift(workspace, office)
    stop = asyncio.Event()
    running = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        running.add_signal_handler(number, stop.set)
    asked_again = asyncio.Event()
    running.add_signal_handler(signal.SIGHUP, asked_again.set)
    await asyncio.to_thread(_come_back, workspace, office)
    shift.committer.start()
    await _send_at_once(shift, workspace.settings)
    shift.chores = chores_of(workspace)
    scheduler = _scheduler(shift, workspace.settings)
    scheduler.start()
    running.add_signal_handler(signal.SIGHUP, partial(_reload, shift, workspace, scheduler))
    if asked_again.is_set():
        _reload(shift, workspace, scheduler)
    following = asyncio.create_task(follow_clock(scheduler, office.clock))
    listener = _listener(shift, workspace)
    loop.settle()
    logger().info("started", daemon=shift.name, database=office.store.engine.dialect.name)
    await stop.wait()
    following.cancel()
    if listener is not None:
        await listener.stop()
    await _stop(shift, scheduler)
    writer.close()


async def _send_at_once(shift: Shift, settings: Settings) -> None:
    """What was due while nobody was there leaves before the clocks start: all that goes again and again, but nothing
    that has a time of day. A long pass goes on beside the schedule."""
    often = [name for name, line in _lines(settings).items() if isinstance(line, Every) and name not in WORK]
    passes = [asyncio.create_task(_run(shift, name)) for name in often]
    if passes:
        await asyncio.wait(passes, timeout=HEAD_START)


def _listener(shift: Shift, workspace: Workspace) -> Listener | None:
    """Where a mailbox is set up, its job runs as soon as something comes, not only by the schedule."""
    mailbox = mailbox_of(workspace)
    if mailbox is None:
        return None
    listener = Listener(mailbox, partial(_run, shift, "inbound"))
    listener.start()
    return listener


def _come_back(workspace: Workspace, office: Office) -> None:
    """Before anything is sent: is this the database that was here, what did the dead leave, how long was it quiet?"""
    held = keep_mark(office.store, workspace.make_state(), now=office.clock.now())
    if held:
        logger().error("in_hold", because=held)
    rescue(office, alone=office.store.is_sqlite)
    moved = follow_zone_data(office)
    if moved:
        logger().warning("zones_changed", touches=moved)
    for channel, pace in pace_backlog(office).items():
        logger().warning("backlog_paced", channel=channel, per_hour=pace)


def _start_shift(workspace: Workspace, office: Office) -> Shift:
    now = office.clock.now()
    return Shift(
        office=office,
        channels=open_channels(workspace.settings),
        committer=Committer(office),
        chores=Chores(),
        watch=ClockWatch(wall=now, monotonic=office.clock.monotonic()),
        name=office.owner_name,
        host=socket.gethostname(),
        pid=os.getpid(),
        started_at=now,
        state=workspace.state,
    )


def _scheduler(shift: Shift, settings: Settings) -> "AsyncIOScheduler":
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

    from touches.daemon.trigger import LineTrigger

    # In UTC, with times of our own: its cron triggers fire twice, or never, when clocks change.
    defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)
    for name, line in _lines(settings).items():
        trigger = LineTrigger(line, settings.zone)
        scheduler.add_job(partial(_run, shift, name), trigger, id=name, name=name)
    return scheduler


def _lines(settings: Settings) -> Mapping[str, ScheduleLine]:
    plan = settings.schedule
    return {
        "email": plan.email,
        "sms": plan.sms,
        "letter": plan.letter,
        "calls": plan.calls,
        "inbound": plan.inbound,
        "lapse": plan.lapse,
        "digest": plan.digest,
        "fax": plan.email,
        "house": HOUSE,
    }


WORK = {
    "calls": jobs.list_day,
    "inbound": jobs.bring_in,
    "lapse": jobs.detect_lapses,
    "digest": jobs.send_digest,
    "house": jobs.keep_house,
}
ALONE = frozenset({"calls", "inbound", "lapse", "digest"})  # done by one of several daemons at a time


async def _run(shift: Shift, name: str) -> None:
    """One job; whatever goes wrong in it is logged, and the next time it is tried again."""
    task = asyncio.current_task()
    if shift.stopping or task is None:
        return
    shift.in_flight.add(task)
    try:
        await (_work(shift, name) if name in WORK else jobs.send(shift, name))
    except Exception as error:  # noqa: BLE001 - a job that fails must not end the daemon
        logger().error("job_failed", job=name, error=type(error).__name__, because=str(error)[:300])
    finally:
        shift.in_flight.discard(task)


async def _work(shift: Shift, name: str) -> None:
    """What one daemon does for all is left to whoever is at it."""
    if name not in ALONE:
        await WORK[name](shift)
        return
    with ExitStack() as held:
        if await asyncio.to_thread(held.enter_context, alone(shift.office.store, name)):
            await WORK[name](shift)


def _reload(shift: Shift, workspace: Workspace, scheduler: "AsyncIOScheduler") -> None:
    """SIGHUP: settings that are wrong change nothing; those that are right hold from the next job on."""
    from touches.daemon.trigger import LineTrigger

    fresh = Workspace(workspace.root)
    try:
        settings = fresh.settings
        office = open_office(fresh, shift.office.store, clock=shift.office.clock)
        channels = open_channels(settings)
    except Exception as error:  # noqa: BLE001 - the daemon keeps the last good settings and says so
        logger().error("settings_kept", because=str(error)[:500])
        return
    old = shift.channels
    shift.office = replace(office, owner_name=shift.name, library=shift.office.library)
    shift.channels = channels
    shift.chores = chores_of(fresh)
    for name, line in _lines(settings).items():
        scheduler.reschedule_job(name, trigger=LineTrigger(line, settings.zone))
    asyncio.get_running_loop().create_task(_close_later(shift, old))
    logger().info("settings_reloaded")


async def _close_later(shift: Shift, channels: Mapping[str, object]) -> None:
    """Old connections end when no job uses them any more."""
    waiting = [task for task in shift.in_flight if task is not asyncio.current_task()]
    if waiting:
        await asyncio.wait(waiting, timeout=GRACE)
    for channel in channels.values():
        await channel.close()  # type: ignore[attr-defined]


async def _stop(shift: Shift, scheduler: "AsyncIOScheduler") -> None:
    """Take nothing new, finish what is in flight, say goodbye."""
    shift.stopping = True
    logger().info("stopping", in_flight=len(shift.in_flight))
    scheduler.pause()
    if shift.in_flight:
        await asyncio.wait(list(shift.in_flight), timeout=GRACE)
    scheduler.shutdown(wait=False)
    await shift.committer.stop()
    for channel in shift.channels.values():
        await channel.close()
    office = shift.office
    with office.store.write() as unit:
        now = office.clock.now()
        unit.switches.beat(name=shift.name, host=shift.host, pid=shift.pid, at=now, note="stopped", stopped=True)
    logger().info("stopped", sent=shift.committer.recorded.sent)
