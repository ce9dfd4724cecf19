"""The SMS gateway of the demo: takes messages as Kannel does, and keeps each as a text file."""

import asyncio
import contextlib
from pathlib import Path
from typing import Self
from urllib.parse import parse_qs, urlsplit

from touches.clock import Clock
from touches.demo.arrivals import Arrival

ACCEPTED = b"0: Accepted for delivery"
MALFORMED = b"Malformed request"


class SmsGateway:
    """Listens on 127.0.0.1 while it is an async context; `url` is then its sendsms address."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.port = 0
        self._folder = folder
        self._clock = clock
        self._fresh: list[Arrival] = []
        self._kept = 0
        self._server: asyncio.Server | None = None
        self._serving: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """Where messages are handed in."""
        return f"http://127.0.0.1:{self.port}/cgi-bin/sendsms"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()
            for task in self._serving:
                task.cancel()
            await asyncio.gather(*self._serving, return_exceptions=True)
            await self._server.wait_closed()

    def fresh(self) -> list[Arrival]:
        """What came since the last question."""
        found, self._fresh = self._fresh, []
        return found

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve a connection in a task of ours, which the end of the demo may cancel without a word."""
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer))
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
                while True:  # until the client hangs up
                    head = await reader.readuntil(b"\r\n\r\n")
                    writer.write(_answer(self._take(head)))
                    await writer.drain()
        finally:
            writer.close()

    def _take(self, head: bytes) -> bool:
        _method, _, rest = head.split(b"\r\n", 1)[0].decode("ascii", "replace").partition(" ")
        parts = urlsplit(rest.partition(" ")[0])
        query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        if not query.get("to") or "text" not in query:
            return False
        self._keep(query["to"], query["text"])
        return True

    def _keep(self, number: str, text: str) -> None:
        self._kept += 1
        at = self._clock.now()
        path = self._folder / f"{at:%Y-%m-%d}-{self._kept:04d}.txt"
        path.write_text(f"To: {number}\nDate: {at.isoformat()}\n\n{text}\n", encoding="utf-8")
        self._fresh.append(Arrival(channel="sms", address=number, at=at, text=text, path=path))


def _answer(taken: bool) -> bytes:
    status, body = ("202 Accepted", ACCEPTED) if taken else ("400 Bad Request", MALFORMED)
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nContent-Type: text/plain\r\n\r\n".encode() + body
