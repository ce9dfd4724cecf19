"""A mail server as a process of its own that counts: each message it takes is one line in a file, written before it
says so. It never refuses, never looks inside beyond the Message-ID, and outlives whoever sends.

python -m tests.servers.counting_smtpd FILE [--forget SHARE] [--seed N]
"""

import argparse
import asyncio
import os
import random
import re

MESSAGE_ID = re.compile(rb"^message-id:\s*<([^>\r\n]+)>", re.IGNORECASE | re.MULTILINE)
GREETING = b"250-counting\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 10000000\r\n"


class Counting(asyncio.Protocol):
    """One connection. `forget` of the messages that were taken get no answer: the connection ends instead."""

    def __init__(self, file: int, forget: float, dice: random.Random) -> None:
        self._file = file
        self._forget = forget
        self._dice = dice
        self._buffer = b""
        self._in_data = False
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]
        self._transport.write(b"220 counting ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while self._step():
            pass

    def _step(self) -> bool:
        return self._message() if self._in_data else self._command()

    def _message(self) -> bool:
        if self._buffer.startswith(b".\r\n"):
            body, end = b"", 3
        else:
            at = self._buffer.find(b"\r\n.\r\n")
            if at < 0:
                return False
            body, end = self._buffer[:at], at + 5
        self._buffer = self._buffer[end:]
        self._in_data = False
        found = MESSAGE_ID.search(body)
        os.write(self._file, (found[1] if found else b"?") + b"\n")
        if self._dice.random() < self._forget:
            self._transport.abort()
            return False
        self._transport.write(b"250 2.0.0 Ok: queued as 1\r\n")
        return True

    def _command(self) -> bool:
        line, found, rest = self._buffer.partition(b"\r\n")
        if not found:
            return False
        self._buffer = rest
        verb = line[:4].upper()
        if verb == b"DATA":
            self._in_data = True
            self._transport.write(b"354 go on\r\n")
        elif verb == b"EHLO":
            self._transport.write(GREETING)
        elif verb == b"QUIT":
            self._transport.write(b"221 bye\r\n")
            self._transport.close()
        else:
            self._transport.write(b"250 2.1.0 Ok\r\n")
        return True


async def serve(path: str, forget: float, seed: int) -> None:
    """Listen on a free port of loopback and say which on standard output."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    dice = random.Random(seed)
    server = await asyncio.get_running_loop().create_server(lambda: Counting(file, forget, dice), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--forget", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    asyncio.run(serve(told.file, told.forget, told.seed))
