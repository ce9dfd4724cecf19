"""The event loop that sends: uvloop where the extra `speed` is installed, else Python's own."""

import asyncio
import gc
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def run(main: Coroutine[Any, Any, T]) -> T:
    """As asyncio.run, on the fastest loop that is there. What is loaded by now is loaded for good: the collector need
    not look through it again and again while touches come and go."""
    gc.collect()
    gc.freeze()
    try:
        import uvloop
    except ModuleNotFoundError:
        return asyncio.run(main)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(main)
