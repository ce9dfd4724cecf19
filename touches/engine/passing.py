"""One pass: what came back, what leads did, what is due now. For cron as `tick`, for the daemon's jobs in parts."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from channels.protocol import Channel
from touches.engine.alarms import raise_alarms
from touches.engine.announcing import announce_urgent
from touches.engine.committing import Committer
from touches.engine.dispatching import Pass, drain
from touches.engine.enrolling import run_new_lead_triggers
from touches.engine.listing import list_calls
from touches.engine.offered import Recorded
from touches.engine.office import Office
from touches.engine.planner import plan_enrollments
from touches.engine.printing import print_run
from touches.engine.proving import prove_doubts
from touches.engine.reacting import react_to_activities
from touches.engine.rescue import rescue
from touches.engine.unholding import end_pauses, release_held
from touches.engine.zone_changes import follow_zone_data
from touches.logs import logger
from touches.model.people import PERSONAL_CHANNELS
from touches.store.units import Conflict

# A chore brings something in or detects something; it returns how much it did.
Chore = Callable[[Office], int]
BATCH = 500
LOOKED_AT = 10_000  # enrollments
LOOKED_UP_TO = "planning looked up to"  # key of the switch that holds an id


@dataclass(frozen=True, slots=True, kw_only=True)
class Chores:
    """What is done besides planning and sending, by the job that does it."""

    inbound: tuple[Chore, ...] = ()  # what came back
    clocks: tuple[Chore, ...] = ()  # promises, complaints, conversations, alarms
    lapse: tuple[Chore, ...] = ()  # who has gone quiet
    digest: tuple[Chore, ...] = ()  # summaries for people
    scheduled: tuple[Chore, ...] = ()  # the same for a pass of cron: done if their time has come

    @property
    def of_a_pass(self) -> tuple[Chore, ...]:
        """Those of every `tick`, in order. The daemon does the digest by its own schedule."""
        return (*self.inbound, *self.clocks, *self.lapse, *self.scheduled)


@dataclass(slots=True, kw_only=True)
class TickReport:
    """The numbers of `tick --json`, and sentences about what stopped a channel."""

    claimed: int = 0
    sent: int = 0
    failed: int = 0
    held: int = 0
    in_doubt: int = 0
    planned: int = 0
    cancelled: int = 0
    notes: list[str] = field(default_factory=list)

    def count(self, done: Pass) -> None:
        """Add one channel's pass."""
        self.claimed += done.claimed
        self.held += done.held
        self.cancelled += done.cancelled
        self.planned += done.planned
        if done.stopped and done.stopped not in self.notes:
            self.notes.append(done.stopped)

    def record(self, recorded: Recorded) -> None:
        """Add what was recorded."""
        self.sent += recorded.sent
        self.failed += recorded.failed
        self.in_doubt += recorded.in_doubt
        self.planned += recorded.planned
        self.notes.extend(recorded.alarms)


async def tick(
    office: Office,
    channels: Mapping[str, Channel],
    *,
    chores: Sequence[Chore] = (),
    stopping: Callable[[], bool] = lambda: False,
) -> TickReport:
    """Bring in what came back, detect, plan, and hand over everything that was due at the start.

    What is planned on the way waits for the next pass. Never sleeps for a retry.
    """
    report = TickReport()
    up_to_id = await asyncio.to_thread(newest_touch, office)
    report.planned += await asyncio.to_thread(prepare_pass, office, chores)
    await prove_doubts(office, channels)
    committer = Committer(office)
    committer.start()
    try:
        passes = [
            run_channel(office, channel, committer, up_to_id=up_to_id, stopping=stopping)
            for name, channel in sorted(channels.items())
            if name not in PERSONAL_CHANNELS
        ]
        lists = asyncio.to_thread(list_calls, office, channels, up_to_id=up_to_id)
        for done in await asyncio.gather(lists, *passes):
            report.count(done)
    finally:
        await committer.stop()
    report.record(committer.recorded)
    await asyncio.to_thread(raise_alarms, office, committer.recorded.alarms)
    return report


def newest_touch(office: Office) -> int:
    """The bound of a pass: touches planned later have a higher id."""
    with office.store.read() as unit:
        return unit.touches.newest_id()


def prepare_pass(office: Office, chores: Sequence[Chore] = ()) -> int:
    """Everything before the sending; how many touches were planned."""
    rescue(office, alone=office.store.is_sqlite)
    follow_zone_data(office)
    for chore in chores:
        chore(office)
    react_to_activities(office)
    planned = run_new_lead_triggers(office) + announce_urgent(office)
    end_pauses(office)
    release_held(office)
    return planned + plan_some_missing(office)


def plan_some_missing(office: Office, *, most: int = LOOKED_AT) -> int:
    """Part of `plan_missing`: looks at `most` enrollments, goes on where the pass before ended, and begins again
    behind the last. It is the net below what plans by itself, and a pass must not take longer the more are enrolled."""
    with office.store.read() as unit:
        after, newest = int(unit.switches.get(LOOKED_UP_TO) or 0), unit.enrollments.newest_id()
    up_to = min(after + most, newest)
    planned = _plan_missing(office, after=after, up_to=up_to)
    reached = 0 if up_to == newest else up_to
    if reached != after:
        with office.store.write() as unit:
            unit.switches.set(LOOKED_UP_TO, str(reached), at=office.clock.now())
    return planned


def plan_missing(office: Office) -> int:
    """Give running enrollments without an open touch their next one: nobody evaporates."""
    with office.store.read() as unit:
        newest = unit.enrollments.newest_id()
    return _plan_missing(office, after=0, up_to=newest)


def _plan_missing(office: Office, *, after: int, up_to: int) -> int:
    planned, ids = 0, list[int]()
    while after < up_to:
        try:
            with office.store.write() as unit:
                office.library.refresh(unit)
                ids = unit.touches.unplanned(after=after, up_to=up_to, limit=BATCH)
                made = plan_enrollments(unit, office.library, office.house, ids, now=office.clock.now()) if ids else 0
            planned += made
        except Conflict:  # on a server somebody else has just planned for one of them; the rest has its turn again
            logger().info("planned_elsewhere", enrollments=len(ids))
        after = ids[-1] if len(ids) == BATCH else up_to
    return planned


async def run_channel(
    office: Office,
    channel: Channel,
    committer: Committer,
    *,
    up_to_id: int,
    stopping: Callable[[], bool],
) -> Pass:
    """Drain a channel, and print what it spooled."""
    done = await drain(office, channel, committer, up_to_id=up_to_id, stopping=stopping)
    await print_run(office, channel)
    return done
