"""A TCP proxy on loopback that cuts a connection at one exact byte: before or after what passes in one direction."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Where to cut: at the first `mark` that passes. `towards` is "server" or "client"; `passes` says how many bytes
    of the mark (counted from its start) still go through."""

    towards: str
    mark: bytes
    passes: int = 0
    times: int = 1


class _Side(asyncio.Protocol):
    """One side of a connection; what it receives goes to the other."""

    def __init__(self, proxy: "CuttingProxy", towards: str) -> None:
        self.proxy = proxy
        self.towards = towards  # where what is received here is going
        self.other: _Side | None = None
        self.transport: asyncio.Transport | None = None
        self.early = b""  # what came before the other side was there
        self.seen = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport  # type: ignore[assignment]
        self.proxy.sides.add(self)
        if self.other is None:
            self.proxy.connect(self)

    def data_received(self, data: bytes) -> None:
        at = self.proxy.cut_in(self.seen + data, self.towards)
        passing = data if at < 0 else data[: max(0, at - len(self.seen))]
        self.seen = (self.seen + data)[-64:]
        if self.other is None or self.other.transport is None:
            self.early += passing
        else:
            self.other.transport.write(passing)
        if at >= 0:
            self.end()

    def connection_lost(self, exc: Exception | None) -> None:
        self.proxy.sides.discard(self)
        self.end()

    def end(self) -> None:
        """Close both sides, after what was passed on."""
        for side in (self, self.other):
            if side is not None and side.transport is not None and not side.transport.is_closing():
                side.transport.close()


class CuttingProxy:
    """Forwards to a port. `cuts` counts how often it cut; afterwards it is a plain proxy."""

    def __init__(self, port: int, cut: Cut) -> None:
        self._port = port
        self._cut = cut
        self._connecting: set[asyncio.Task[None]] = set()
        self.sides: set[_Side] = set()
        self.cuts = 0

    def connect(self, client: _Side) -> None:
        """Open the way on for a new client."""
        task = asyncio.get_running_loop().create_task(self._connect(client))
        self._connecting.add(task)
        task.add_done_callback(self._connecting.discard)

    async def _connect(self, client: _Side) -> None:
        server = _Side(self, "client")
        server.other = client
        await asyncio.get_running_loop().create_connection(lambda: server, "127.0.0.1", self._port)
        client.other = server
        assert server.transport is not None
        server.transport.write(client.early)

    def cut_in(self, data: bytes, towards: str) -> int:
        """How many bytes of `data` still pass, or -1: all."""
        if towards != self._cut.towards or self.cuts >= self._cut.times:
            return -1
        at = data.find(self._cut.mark)
        if at < 0:
            return -1
        self.cuts += 1
        return at + self._cut.passes

    async def end(self) -> None:
        """Close what is still open."""
        while self.sides or self._connecting:
            await asyncio.gather(*self._connecting)
            for side in list(self.sides):
                side.end()
            await asyncio.sleep(0)


@asynccontextmanager
async def cutting(port: int, cut: Cut) -> AsyncIterator[tuple[int, CuttingProxy]]:
    """A proxy before a port: its own port, and itself."""
    proxy = CuttingProxy(port, cut)
    server = await asyncio.get_running_loop().create_server(lambda: _Side(proxy, "server"), "127.0.0.1", 0)
    async with server:
        try:
            yield server.sockets[0].getsockname()[1], proxy
        finally:
            await proxy.end()
