"""A clock that is set back does not silence the daemon for as long."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from touches.clock import VirtualClock
from touches.daemon.setbacks import HARMLESS, follow_clock
from touches.daemon.trigger import LineTrigger
from touches.settings.schedule import Every

SECOND = timedelta(seconds=1)
AHEAD = timedelta(hours=3)


@asynccontextmanager
async def scheduler_ahead() -> AsyncIterator[tuple[AsyncIOScheduler, asyncio.Event]]:
    """One whose job, every second, has its next time hours ahead, as after a clock that was set back."""
    scheduler, done = AsyncIOScheduler(timezone=UTC), asyncio.Event()
    later = datetime.now(UTC) + AHEAD
    scheduler.add_job(_note, LineTrigger(Every(SECOND), ZoneInfo("UTC")), [done], id="email", next_run_time=later)
    scheduler.start()
    try:
        yield scheduler, done
    finally:
        scheduler.shutdown(wait=False)


async def _note(done: asyncio.Event) -> None:
    done.set()


async def _looked(scheduler: AsyncIOScheduler, clock: VirtualClock, by: timedelta) -> None:
    following = asyncio.create_task(follow_clock(scheduler, clock, every=0.01))
    await asyncio.sleep(0)
    clock.set(clock.now() + by)
    await asyncio.wait([following], timeout=0.1)
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)


async def test_jobs_go_on_at_once_when_the_clock_was_set_back(clock: VirtualClock) -> None:
    async with scheduler_ahead() as (scheduler, done):
        await _looked(scheduler, clock, -AHEAD)

        await asyncio.wait_for(done.wait(), timeout=10)


@pytest.mark.parametrize("by", [timedelta(0), HARMLESS, -HARMLESS, AHEAD])
async def test_a_clock_that_is_not_set_back_moves_no_job(clock: VirtualClock, by: timedelta) -> None:
    async with scheduler_ahead() as (scheduler, _):
        before = scheduler.get_job("email").next_run_time
        await _looked(scheduler, clock, by)

        assert scheduler.get_job("email").next_run_time == before
