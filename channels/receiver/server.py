"""The listening side of a receiver."""

import asyncio
from collections.abc import Callable
from typing import Self

from channels.receiver.session import ReceiverSession
from channels.receiver.values import ReceivedMail, ReceiverOptions


class Receiver:
    """Listens from `start` to `close`, or as an async context.

    `take` gets each whole message and returns the name under which it is kept; only then it is acknowledged.
    """

    def __init__(self, take: Callable[[ReceivedMail], str], options: ReceiverOptions | None = None) -> None:
        self.take = take
        self.options = options or ReceiverOptions()
        self.port = 0
        self.sessions: set[ReceiverSession] = set()
        self._server: asyncio.Server | None = None

    def session(self) -> ReceiverSession:
        """What speaks on a new connection; for those who want it to speak differently."""
        return ReceiverSession(self)

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 takes a free one, which `port` then names. Raises OSError when it is taken."""
        self._server = await asyncio.get_running_loop().create_server(self.session, host, port, backlog=512)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Stop listening and cut what is open; idempotent."""
        if self._server is None:
            return
        self._server.close()
        for session in list(self.sessions):
            session.cut()
        await self._server.wait_closed()
        self._server = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
