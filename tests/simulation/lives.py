"""Processes of the engine, one after another: the pass that cron starts, and the daemon with its jobs."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine

from channels.protocol import Channel
from channels.recording import RecordingChannel
from channels.smtp import SmtpChannel, SmtpSettings
from channels.tasks import CallChannel
from tests.simulation.loop import SimulatedLoop
from tests.simulation.network import SimulatedChannel
from tests.simulation.storage import SimulatedStore
from tests.simulation.world import World
from touches.care.chores import chores as clocks
from touches.daemon import jobs, service
from touches.daemon.jobs import Shift
from touches.engine.committing import Committer
from touches.engine.passing import Chores, TickReport, tick
from touches.errors import DatabaseError
from touches.lapse.watching import detect_lapses
from touches.planning.steadiness import ClockWatch


class Life:
    """One process. It ends by itself, or by `Killed` out of `wake`; then `bury` it."""

    transport = SimulatedChannel

    def __init__(self, world: World, engine: Engine | None = None) -> None:
        world.lives += 1
        self.world = world
        self.name = f"sim:{world.lives}:{world.clock.now():%Y%m%dT%H%M%S%f}"
        known = engine or world.outside.store.engine
        self.store = SimulatedStore(world.url, world.clock, nature=world.nature, between=world.between, engine=known)
        self.office = world.office(self.name, self.store)
        self.loop = SimulatedLoop(world.clock, world.dice, slowness=lambda: world.nature.slowness)
        self.channels = self._channels()

    def wake(self) -> None:
        """Work for a while; raises Killed."""
        raise NotImplementedError

    def leave(self) -> None:
        """A clean end."""
        self.loop.leave()
        self.store.close()

    def bury(self) -> None:
        """The end of the dead: what they wrote in their journal stays as it was at that moment, or what a power cut
        leaves of it, and their locks are open."""
        self.store.sever()
        kept = {path: path.read_bytes() for path in sorted(self.world.journals.glob("*"))}
        self.loop.bury()
        for path in sorted(self.world.journals.glob("*")):
            path.unlink()
        for path, content in kept.items():
            path.write_bytes(self._left_of(content))

    def _left_of(self, content: bytes) -> bytes:
        """After a power cut another run of the machine begins, and of lines that nobody synced anything may be left."""
        if not self.world.nature.powerless:
            return content
        cut = self.world.dice.randrange(len(content) + 1)
        return content.replace(b"boot=", b"boot=another-", 1)[:cut] + b"\0" * self.world.dice.choice((0, 0, 7))

    def _channels(self) -> dict[str, Channel]:
        def alive() -> bool:
            return not self.loop.dead

        mail = SmtpChannel(SmtpSettings(host="127.0.0.1", port=25, security="none"))
        composers: dict[str, Channel] = {"email": mail}
        composers |= {name: RecordingChannel(name) for name in ("fax", "letter", "sms")}
        made = {name: self.transport(name, one, self.world.network, alive) for name, one in composers.items()}
        return {"call": CallChannel(), **made}

    def _run(self, main: Awaitable[object]) -> object:
        """As a command runs it: a database that fails ends the pass, and the next one tries again."""
        try:
            return self.loop.life(main)
        except DatabaseError as error:
            self.world.note(f"failed {type(error).__name__}")
        except ExceptionGroup as group:
            rest = group.subgroup(lambda error: not isinstance(error, DatabaseError | ExceptionGroup))
            if rest is not None:
                raise
            self.world.note("failed in a group")
        return None


class CronLife(Life):
    """`touches tick`: a process for each pass."""

    def wake(self) -> None:
        """One pass."""
        report = self._run(tick(self.office, self.channels, chores=(*clocks(), detect_lapses)))
        if isinstance(report, TickReport):
            self.world.note(f"tick {report.claimed} {report.sent} {report.failed} {report.held} {report.in_doubt}")
        self.leave()


class DaemonLife(Life):
    """`touches daemon`: its jobs, over a committer and a watch of the clock that live on."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        now = world.clock.now()
        self.shift = Shift(
            office=self.office,
            channels=self.channels,
            committer=Committer(self.office),
            chores=Chores(clocks=clocks(), lapse=(detect_lapses,)),
            watch=ClockWatch(wall=now, monotonic=world.clock.monotonic()),
            name=self.name,
            host="sim",
            pid=world.lives,
            started_at=now,
            state=world.folder / "state",
        )
        self._started = False

    def wake(self) -> None:
        """Come back where that was not done yet; then all jobs, some of them at once."""
        self._run(self._work())

    async def _work(self) -> None:
        if not self._started:
            await asyncio.to_thread(service._come_back, _Place(self.shift.state), self.office)
            self.shift.committer.start()
            self._started = True
        sending = [self._job(jobs.send, name) for name in ("email", "fax", "letter", "sms")]
        others = [self._job(one) for one in (jobs.bring_in, jobs.list_day, jobs.keep_house, jobs.detect_lapses)]
        together = [*sending, *others]
        self.world.dice.shuffle(together)
        await asyncio.gather(*together)

    async def _job(self, job: Callable[..., Awaitable[None]], *args: object) -> None:
        """As the daemon runs it: what fails is tried again the next time."""
        try:
            await job(self.shift, *args)
        except DatabaseError as error:
            self.world.note(f"failed {type(error).__name__}")
        except ExceptionGroup as group:
            if group.subgroup(lambda error: not isinstance(error, DatabaseError | ExceptionGroup)) is not None:
                raise
            self.world.note("failed in a group")

    def leave(self) -> None:
        """SIGTERM: finish, write down, go."""
        if self._started:
            self._run(self.shift.committer.stop())
        super().leave()


@dataclass(frozen=True, slots=True)
class _Place:
    """As much of a workspace as a daemon's start asks for."""

    state: Path

    def make_state(self) -> Path:
        self.state.mkdir(exist_ok=True)
        return self.state


def outage(world: World) -> timedelta:
    """How long nobody runs."""
    return timedelta(hours=world.dice.choice((5, 26, 80)))
