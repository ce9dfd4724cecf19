"""Another process beside the first, where a database has room for several: a whole pass of it, in the middle of what
the first one does, or while that one is frozen and its leases run out."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from tests.simulation.lives import CronLife
from tests.simulation.storage import SimulatedStore
from tests.simulation.world import World


class Rival:
    """A colleague's machine. It never dies: that is the first one's part."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._home = SimulatedStore(world.url, world.clock)
        self._here = False

    def step_in(self) -> None:
        """One pass, now."""
        if self._here or self._world.nature.calm:
            return
        self._here = True
        self._world.nature.hits["rival"] += 1
        self._world.note("a rival steps in")
        try:
            with self._world.nature.sparing(), _no_loop_runs():
                CronLife(self._world, self._home.engine).wake()
        finally:
            self._here = False
            self._world.note("the rival goes")


@contextmanager
def _no_loop_runs() -> Iterator[None]:
    """A thread has one running loop; the first one's stands still meanwhile, as another machine's does not."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(running)
