"""The event loop that sends: uvloop where the extra `speed` is installed, else Python's own; and a process that keeps
its memory small however many touches come and go."""

import asyncio
import contextlib
import ctypes
import gc
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

from touches.collector import collect_seldom

T = TypeVar("T")
M_ARENA_MAX = -8  # of glibc's malloc.h
# Seconds until a thread that composes or records lets the loop go on: ten connections wait for it, and a turn is short.
SHORTEST_TURN = 0.0005


def run(main: Coroutine[Any, Any, T]) -> T:
    """As asyncio.run, on the fastest loop that is there. Where the collector rests, `main` calls `settle` itself."""
    sys.setswitchinterval(SHORTEST_TURN)
    with contextlib.suppress(AttributeError, OSError):  # not glibc: no such arenas
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)  # what one thread allocates and another frees goes back to all
    if gc.isenabled():
        settle()
    try:
        import uvloop
    except ModuleNotFoundError:
        return asyncio.run(main)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(main)


def settle() -> None:
    """What is loaded by now is loaded for good: the collector, at work from now on, need not look through it again
    and again. It comes seldom: what a batch leaves behind has no cycles and goes by itself."""
    gc.collect()
    gc.freeze()
    collect_seldom()
    gc.enable()
