"""A wall clock that is set back: the times of the next jobs, which go by it, would lie ahead by as much, and for so
long nothing would be done."""

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from touches.clock import Clock
from touches.logs import logger

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

LOOK_EVERY = 5.0  # seconds of the clock that nobody sets
HARMLESS = timedelta(seconds=10)


async def follow_clock(scheduler: "AsyncIOScheduler", clock: Clock, *, every: float = LOOK_EVERY) -> None:
    """For as long as the daemon runs: count the jobs' times anew whenever the clock was set back."""
    wall, steady = clock.now(), clock.monotonic()
    while True:
        await asyncio.sleep(every)
        before, wall = wall + timedelta(seconds=clock.monotonic() - steady), clock.now()
        steady = clock.monotonic()
        if wall < before - HARMLESS:
            logger().warning("clock_set_back", by_seconds=(before - wall).total_seconds())
            count_anew(scheduler)


def count_anew(scheduler: "AsyncIOScheduler") -> None:
    """Each job's next time by its line, from now on."""
    for job in scheduler.get_jobs():
        scheduler.reschedule_job(job.id, trigger=job.trigger)
