"""One connection as bytes out and replies in: flow control, time limits, and what the server says unasked."""

import asyncio
from typing import Final

from channels.smtp.replies import MalformedReplyError, Reply, ReplyReader

_CLOSED: Final = "the server closed the connection"
HELD_LIMIT: Final = 32_768  # bytes that may wait for the loop: fewer than make a transport ask for a pause


class SessionEndedError(Exception):
    """The connection gives no further replies: closed, silent for too long, or talking nonsense."""


class Wire(asyncio.Protocol):
    """Takes a transport over from whoever opened it. One reader at a time."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._reader = ReplyReader()
        self._news: asyncio.Future[None] | None = None
        self._room: asyncio.Future[None] | None = None
        self._full = False
        self._over = ""  # why nothing more will come
        self._nonsense = False  # from here on no byte means anything
        self._limit: tuple[float, asyncio.Future[None], float] | None = None  # until when somebody waits for what
        self._timer: asyncio.TimerHandle | None = None
        self._rings_at = 0.0
        self._held: bytes | memoryview = b""  # leaves with what is written next, or when the loop comes round
        transport.set_protocol(self)
        if transport.is_closing():
            self._over = _CLOSED

    @property
    def silent(self) -> bool:
        """Open, and nothing has come that was not read: the server waits for us."""
        return not self._over and self._reader.empty

    @property
    def open(self) -> bool:
        return not self._over

    def write(self, data: bytes | memoryview) -> None:
        """Send without waiting. Raises SessionEndedError when it surely cannot leave."""
        if self._over or self._transport.is_closing():
            raise SessionEndedError(self._over or _CLOSED)
        held, self._held = self._held, b""
        if held:
            self._transport.writelines((held, data))
        else:
            self._transport.write(data)

    def write_soon(self, data: bytes | memoryview) -> None:
        """As `write`, but what is small may leave together with what is written next, in one packet less."""
        if len(data) > HELD_LIMIT:
            self.write(data)
            return
        self._let_go()
        self._held = data
        self._loop.call_soon(self._let_go)

    async def drained(self, seconds: float) -> None:
        """Wait until the system takes more. Raises SessionEndedError."""
        until = self._loop.time() + seconds
        while self._full and not self._over:
            self._room = self._loop.create_future()
            await self._wait(self._room, until, seconds)
        if self._over:
            raise SessionEndedError(self._over)

    async def reply(self, seconds: float) -> Reply:
        """The next reply. Raises SessionEndedError when it is not whole in time, never comes, or is nonsense."""
        until = self._loop.time() + seconds
        while (found := self.taken()) is None:
            if self._over:
                raise SessionEndedError(self._over)
            self._news = self._loop.create_future()
            await self._wait(self._news, until, seconds)
        return found

    def taken(self) -> Reply | None:
        """A reply that is already here. Raises SessionEndedError for nonsense."""
        if self._nonsense:
            raise SessionEndedError(self._over)
        try:
            return self._reader.take()
        except MalformedReplyError as error:
            self._give_up_on(error)
            raise SessionEndedError(self._over) from None

    def drop(self) -> None:
        """Cut the connection at once; idempotent."""
        self._end("dropped by us")
        self._transport.abort()

    def close(self) -> None:
        """Close in order; idempotent."""
        self._end("closed by us")
        self._transport.close()

    async def _wait(self, future: asyncio.Future[None], until: float, seconds: float) -> None:
        self._limit = (until, future, seconds)
        if self._timer is None or self._rings_at > until:
            self._wake_at(until)
        try:
            await future
        finally:
            self._limit = None

    def _wake_at(self, until: float) -> None:
        """One timer for many waits: made for the first limit, it moves on when it finds that limit long past."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer, self._rings_at = self._loop.call_at(until, self._look_at_limit), until

    def _look_at_limit(self) -> None:
        self._timer = None
        if self._limit is None or self._over:
            return
        until, future, seconds = self._limit
        if self._loop.time() < until:
            self._wake_at(until)
        else:
            _expire(future, seconds)

    def _let_go(self) -> None:
        held, self._held = self._held, b""
        if held and not self._over and not self._transport.is_closing():
            self._transport.write(held)

    def _give_up_on(self, error: MalformedReplyError) -> None:
        self._nonsense = True
        self._end(f"the server sent {error}")
        self._transport.abort()

    def _end(self, why: str) -> None:
        self._over = self._over or why
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        _wake(self._news)
        _wake(self._room)

    def data_received(self, data: bytes) -> None:
        if self._nonsense:
            return
        try:
            self._reader.feed(data)
        except MalformedReplyError as error:
            self._give_up_on(error)
        _wake(self._news)

    def eof_received(self) -> bool:
        self._end(_CLOSED)
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(f"{_CLOSED}: {exc}" if exc else _CLOSED)

    def pause_writing(self) -> None:
        self._full = True

    def resume_writing(self) -> None:
        self._full = False
        _wake(self._room)


def _wake(future: asyncio.Future[None] | None) -> None:
    if future is not None and not future.done():
        future.set_result(None)


def _expire(future: asyncio.Future[None], seconds: float) -> None:
    if not future.done():
        future.set_exception(SessionEndedError(f"no answer within {seconds:g} seconds"))
