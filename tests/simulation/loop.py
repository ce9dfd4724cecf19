"""An event loop without time, threads or chance of its own: it jumps to the next timer, and work for threads is done
in its turn. When the process that it stands for is killed, nothing that was under way ever goes on."""

import asyncio
import math
import random
import selectors
from collections.abc import Callable, Coroutine, Sequence
from datetime import timedelta
from itertools import count
from typing import Any

from touches.clock import VirtualClock
from touches.errors import DatabaseUnreachable


class Killed(BaseException):
    """The process ends here, in the middle of whatever it does."""


class Stuck(Exception):
    """Everybody waits and no timer runs: a deadlock."""


class _Jumps(selectors.SelectSelector):
    """Instead of waiting, the clock moves."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__()
        self.clock = clock

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout is None:
            raise Stuck("every task waits and no timer runs")
        if timeout > 0:
            self.clock.advance(timedelta(microseconds=math.ceil(timeout * 1e6)))
        return []


class _Task(asyncio.Task[Any]):
    """Tasks stand in a set by the order in which they were made, not by where they lie in memory."""

    def __init__(self, work: Coroutine[Any, Any, Any], number: int, **known: Any) -> None:
        self.number = number
        super().__init__(work, **known)

    def __hash__(self) -> int:
        return self.number


class SimulatedLoop(asyncio.SelectorEventLoop):
    """One process's loop over the world's clock. `slowness` is how many seconds a piece of thread work may take."""

    def __init__(self, clock: VirtualClock, dice: random.Random, *, slowness: Callable[[], float]) -> None:
        self._jumps = _Jumps(clock)
        self._dice = dice
        self._slowness = slowness
        self._undone: list[asyncio.Handle] = []  # what stood in the queue at the death
        self.dead = False
        super().__init__(self._jumps)
        self.slow_callback_duration = math.inf
        numbers = count()
        self.set_task_factory(lambda loop, work, **known: _Task(work, next(numbers), loop=loop, **known))

    def time(self) -> float:
        """Seconds of the world's steady clock."""
        return self._jumps.clock.monotonic()

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any) -> Any:
        """Done in this thread, after a while, so that others get their turn before it and behind it."""
        future = self.create_future()
        self.call_later(self._slowness() * self._dice.random(), self._do, future, func, args)
        return future

    def _do(self, future: "asyncio.Future[Any]", func: Callable[..., Any], args: Sequence[Any]) -> None:
        if self.dead:
            _answer(future, None, DatabaseUnreachable("the process is dead"))
            return
        try:
            result = func(*args)
        except Killed:
            self.die()
        except BaseException as error:  # noqa: BLE001 - as a thread does it: whoever waits gets it
            self.call_later(self._slowness() * self._dice.random(), _answer, future, None, error)
        else:
            self.call_later(self._slowness() * self._dice.random(), _answer, future, result, None)

    def die(self) -> None:
        """Stop at once: what stands in the queue is not run before the burial."""
        self.dead = True
        queue = self._ready  # type: ignore[attr-defined]
        nothing = asyncio.Handle(lambda: None, (), self)
        nothing.cancel()
        self._undone = list(queue)
        queue.clear()
        queue.extend([nothing] * len(self._undone))  # the loop counted them before it began
        self.stop()

    def life(self, main: Any) -> Any:
        """Run a coroutine to its end; Killed when the process died in it."""
        task = self.create_task(main)
        task.add_done_callback(self._ended)
        self.run_forever()
        task.remove_done_callback(self._ended)
        if self.dead:
            raise Killed
        return task.result()

    def _ended(self, _: object) -> None:
        if not self.dead:
            self.stop()

    def leave(self) -> None:
        """A clean end, as `asyncio.run` makes it: what is still under way is cancelled and cleans up after itself."""
        try:
            self._cancel_all()
        except RuntimeError:
            if self.dead:
                raise Killed from None  # it died while it said goodbye
            raise
        self.close()

    def bury(self) -> None:
        """Close all that was under way. The dead can reach nothing any more: what their clean-up tries, fails. Nothing
        of them is left to the garbage collector, which would run their clean-up when it pleases."""
        self.dead = True
        self._jumps.clock = _apart(self._jumps.clock)
        for handle in self._scheduled:  # type: ignore[attr-defined]
            handle.cancel()
        undone, self._undone = self._undone, []
        self._ready.extend(undone)  # type: ignore[attr-defined]
        self._cancel_all()
        self.close()

    def _cancel_all(self) -> None:
        left = sorted(asyncio.all_tasks(self), key=hash)
        for task in left:
            task.cancel()
        if left:
            self.run_until_complete(asyncio.wait(left, timeout=120))
        self.run_until_complete(self.shutdown_asyncgens())
        for task in left:
            if not task.done():
                raise Stuck(f"{task} does not end, though it was cancelled")
            if not task.cancelled():
                task.exception()  # looked at: nobody else will


def _apart(clock: VirtualClock) -> VirtualClock:
    """The same hour, for the dead alone: the world's time does not pass while they are buried."""
    theirs = VirtualClock(clock.now() - timedelta(seconds=clock.monotonic()))
    theirs.advance(timedelta(seconds=clock.monotonic()))
    return theirs


def _answer(future: "asyncio.Future[Any]", result: Any, error: BaseException | None) -> None:
    if future.done():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
