"""Work beside the loop that sends: what computes, and what waits for the database."""

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Beside:
    """A thread for everything that is prepared and recorded on SQLite: two would only take turns, at the database's
    one writer and at the interpreter's lock, and each turn costs. A server has work of its own to do meanwhile: there
    each piece of work has its thread."""

    def __init__(self, *, alone: bool) -> None:
        self._alone = alone
        self._pool: ThreadPoolExecutor | None = None

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` returns or raises; where there is one thread, in the order of the calls."""
        if self._alone and self._pool is None:
            self._pool = ThreadPoolExecutor(1, "beside")
        context = contextvars.copy_context()
        return await asyncio.get_running_loop().run_in_executor(self._pool, context.run, work)

    async def close(self) -> None:
        """Let the thread go when it has done what it was given; idempotent."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(pool.shutdown)
