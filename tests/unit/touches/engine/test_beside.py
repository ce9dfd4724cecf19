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
    beside.close()
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
    beside.close()


async def test_a_thread_that_was_let_go_ends_its_work_and_another_comes() -> None:
    beside, came = Beside(alone=True), threading.Event()
    waiting = asyncio.create_task(beside.run(lambda: came.wait(10)))
    await asyncio.sleep(0)
    beside.close()
    beside.close()
    assert await beside.run(lambda: not came.is_set())
    beside.close()
    came.set()
    assert await waiting
