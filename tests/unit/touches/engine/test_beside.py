"""One thread beside the loop takes its work in order; several do not wait for each other."""

import asyncio
import threading
from contextvars import ContextVar

import pytest

from touches.engine.beside import Beside

WHO: ContextVar[str] = ContextVar("who", default="nobody")


async def test_one_thread_takes_its_work_in_order() -> None:
    beside, done, threads = Beside(alone=True), list[int](), set[int]()

    def work(number: int) -> int:
        threads.add(threading.get_ident())
        done.append(number)
        return number

    found = await asyncio.gather(*(beside.run(lambda number=number: work(number)) for number in range(50)))
    await beside.close()
    assert found == done == list(range(50))
    assert len(threads) == 1
    assert threading.get_ident() not in threads


async def test_what_has_threads_of_its_own_need_not_wait() -> None:
    beside, came = Beside(alone=False), threading.Event()
    waiting = asyncio.create_task(beside.run(lambda: came.wait(10)))
    await beside.run(came.set)
    assert await waiting


async def test_errors_and_the_context_of_the_caller_go_along() -> None:
    beside = Beside(alone=True)
    WHO.set("Aino")
    assert await beside.run(WHO.get) == "Aino"
    with pytest.raises(ZeroDivisionError):
        await beside.run(lambda: 1 // 0)
    await beside.close()


async def test_it_is_closed_when_all_that_it_was_given_is_done() -> None:
    beside, came, done = Beside(alone=True), threading.Event(), list[int]()

    def work() -> None:
        came.wait(10)
        done.append(1)

    given = [asyncio.create_task(beside.run(work)) for _ in range(3)]
    await asyncio.sleep(0)
    given[0].cancel()  # who waits no more ends nothing
    closing = asyncio.create_task(beside.close())
    await asyncio.sleep(0)
    assert not closing.done()
    came.set()
    await closing
    assert len(done) == 3
    await beside.close()
    assert await beside.run(lambda: 7) == 7  # another thread comes
    await beside.close()
