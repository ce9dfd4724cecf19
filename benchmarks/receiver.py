"""A quick mail server as a process of its own that counts what it takes; every reply can be made late.

python -m benchmarks.receiver FILE [--late MILLISECONDS]

PIPELINING is offered. Each message taken is one line in FILE, its Message-ID, written before it is acknowledged.
"""

import argparse
import asyncio
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.servers.counting_smtpd import Counting
from touches.daemon.loop import run

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """One that runs."""

    port: int
    file: Path

    def counted(self) -> Counter[str]:
        """How often each Message-ID came."""
        return Counter(self.file.read_text(encoding="ascii").split()) if self.file.exists() else Counter()


@contextmanager
def receiving(folder: Path, *, late: float = 0.0) -> Iterator[Receiver]:
    """A receiver for the length of the block; `late` is in seconds."""
    file = folder / f"received-{late}"
    command = [sys.executable, "-m", "benchmarks.receiver", str(file), "--late", str(late * 1000)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if process.stdout is None:
        raise RuntimeError("no pipe to the receiver")
    try:
        yield Receiver(port=int(process.stdout.readline()), file=file)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


class Gathered:
    """A transport whose bytes leave together, when all that was received is answered, and perhaps some seconds later.

    RFC 2920 3.2 asks a server to answer pipelined commands so, and mail servers do.
    """

    def __init__(self, transport: asyncio.Transport, seconds: float) -> None:
        self._transport = transport
        self._seconds = seconds
        self._loop = asyncio.get_running_loop()
        self._waiting: list[bytes] = []

    def write(self, data: bytes) -> None:
        self._waiting.append(data)

    def flush(self) -> None:
        if self._waiting:
            data, self._waiting = b"".join(self._waiting), []
            self._later(self._say, data)

    def close(self) -> None:
        self.flush()
        self._later(self._transport.close)

    def abort(self) -> None:
        self._transport.abort()

    def _say(self, data: bytes) -> None:
        if not self._transport.is_closing():  # who asked may have hung up meanwhile
            self._transport.write(data)

    def _later(self, do: Callable[..., None], *what: bytes) -> None:
        if self._seconds:
            self._loop.call_later(self._seconds, do, *what)
        else:
            do(*what)


class Patient(Counting):
    """The counting server with its replies gathered, and a delay before them."""

    def __init__(self, file: int, seconds: float) -> None:
        super().__init__(file, 0.0, random.Random(1))
        self._seconds = seconds

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._gathered = Gathered(transport, self._seconds)  # type: ignore[arg-type]
        super().connection_made(self._gathered)  # type: ignore[arg-type]
        self._gathered.flush()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._gathered.flush()


async def serve(path: str, late: float) -> None:
    """Listen on a free port of loopback and say which on standard output."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    server = await asyncio.get_running_loop().create_server(lambda: Patient(file, late), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--late", type=float, default=0.0, help="milliseconds")
    told = parser.parse_args()
    run(serve(told.file, told.late / 1000))
