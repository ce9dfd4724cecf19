"""One run: so many simulated days by one seed, then a few without faults in which everything comes to rest."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

from tests.simulation.checker import Checker
from tests.simulation.deeds import Deeds
from tests.simulation.lives import CronLife, DaemonLife, Life, outage
from tests.simulation.loop import Killed
from tests.simulation.nature import Deed, Fault
from tests.simulation.rival import Rival
from tests.simulation.world import World
from touches.engine import dispatching, listing

REST_DAYS = 5
RIVALRY = 0.3  # of what happens in the middle of a process's work: another process works, where there may be one


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run came to. `trace` is a hash over everything that happened, in order."""

    seed: int
    days: int
    database: str
    trace: str
    lines: tuple[str, ...]
    hits: Counter[str]
    counts: Counter[str]
    violations: tuple[str, ...]

    def said(self) -> str:
        """What to do about a run that failed."""
        found = "\n  ".join(self.violations[:20])
        option = " --postgresql" if self.database == "postgresql" else ""
        return f"seed {self.seed}: python -m tests.simulation {self.seed} --days {self.days}{option}\n  {found}"


class Run:
    """Plays a world forward."""

    def __init__(
        self,
        seed: int,
        folder: Path,
        *,
        life: type[Life] | None = None,
        people: type[Deeds] = Deeds,
        server: str = "",
    ) -> None:
        for engine in (dispatching, listing):
            engine._BATCHES = count(1)  # PostgreSQL puts rows where they fit: a lease's name is as long every time
        self.world = World(seed, folder, server=server)
        self.deeds = people(self.world)
        self.world.people_act = self.world.network.meddle = self._somebody_acts
        self._rival = Rival(self.world) if server else None
        if self._rival is not None:
            self.world.network.overtake = self._rival.step_in
        self.checker = Checker(self.world)
        self._kind = life or (DaemonLife if seed % 2 else CronLife)
        self._life: Life | None = None
        self._busy = False

    def play(self, days: int, *, rest: int = REST_DAYS) -> Outcome:
        """Days with faults, days without; then the last look."""
        try:
            self._days(days)
            self._calm_down()
            self._days(rest)
            self.checker.look()
            self.checker.look_at_rest(self.world.clock.now())
            return self._outcome(days)
        finally:
            if self._life is not None:
                self._life.leave()
            self.world.close()

    def _days(self, days: int) -> None:
        until = self.world.clock.monotonic() + days * 86400
        while self.world.clock.monotonic() < until and not self.checker.violations:
            self._pass_time()
            self.deeds.look_around()
            self._wake()
            self.checker.look()

    def _pass_time(self) -> None:
        world, nature = self.world, self.world.nature
        if nature.happens(Fault.OUTAGE):
            self._leave()
            world.clock.advance(outage(world))
        for fault, sign in ((Fault.FORWARD, 1), (Fault.BACK, -1)):
            if nature.happens(fault):
                world.jumped = True
                world.clock.set(world.clock.now() + sign * timedelta(minutes=world.dice.choice((2, 20, 90, 1500))))
        world.clock.advance(timedelta(minutes=world.dice.choice((2, 20, 60, 120, 240, 300, 480))))

    def _wake(self) -> None:
        self.world.nature.doom()
        try:
            if self._life is None:
                self._life = self._kind(self.world)
            self._life.wake()
            if issubclass(self._kind, CronLife):
                self._life = None
        except Killed:
            self._died()
        finally:
            self.world.nature.doom_is_over()

    def _leave(self) -> None:
        life, self._life = self._life, None
        try:
            if life is not None:
                life.leave()
        except Killed:
            self._life = life
            self._died()

    def _died(self) -> None:
        life, self._life = self._life, None
        self.world.note(f"died {'by power' if self.world.nature.powerless else 'by a kill'}")
        if life is not None:
            life.bury()

    def _somebody_acts(self) -> None:
        """At most one thing at a time, and nobody acts inside of an act."""
        if self._busy or self.world.nature.calm or self.world.dice.random() > 0.015:
            return
        self._busy = True
        try:
            if self._rival is not None and self.world.dice.random() < RIVALRY:
                self._rival.step_in()
            else:
                self.deeds.some()
        finally:
            self._busy = False

    def _calm_down(self) -> None:
        """No more faults. Whoever stopped things lets them go."""
        self.world.nature.calm = True
        for deed in (Deed.GO_ON, Deed.RELEASE):
            self.deeds.do(deed)

    def _outcome(self, days: int) -> Outcome:
        lines = (*self.world.trace, *self.checker.trace())
        digest = hashlib.blake2b("\n".join(lines).encode(), digest_size=16).hexdigest()
        return Outcome(
            seed=self.world.seed,
            days=days,
            database=self.world.outside.store.engine.dialect.name,
            trace=digest,
            lines=lines,
            hits=self.world.nature.hits,
            counts=self.checker.counts(),
            violations=tuple(self.checker.violations),
        )


def simulate(seed: int, days: int, folder: Path, *, rest: int = REST_DAYS, server: str = "") -> Outcome:
    """Play a seed, on SQLite or in an empty database of a PostgreSQL server."""
    return Run(seed, folder, server=server).play(days, rest=rest)
