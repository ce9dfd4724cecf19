"""Reads mails in a child process that can be killed: five seconds, 256 MB, and a fresh child after anything odd."""

import os
import selectors
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from channels.inbound.child import write_frame
from channels.inbound.errors import WorkerError
from channels.inbound.limits import READ_AT_MOST
from channels.inbound.mail import digest_of, poison
from channels.inbound.values import InboundMail, OurMarks
from channels.inbound.wire import read_mail, request_line

SECONDS = 5.0
START_SECONDS = 60.0
_ROOT = Path(__file__).resolve().parents[2]


class MailWorker:
    """One child, started at the first mail and used again; threads may share it and take turns. Close it or use `with`.

    `seconds` is what one mail may take, once the child is ready. A child that dies, hangs or babbles is replaced, and
    its mail is POISON. One that never gets ready says nothing about the mail: that is a WorkerError. `python` runs it.
    """

    def __init__(self, *, seconds: float = SECONDS, python: str = sys.executable) -> None:
        self.seconds = seconds
        self._python = python
        self._child: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    def classify(self, raw: bytes, *, now: datetime, ours: OurMarks, size: int | None = None) -> InboundMail:
        """As `mail.classify_mail`, with bounds on time and memory. Raises WorkerError when no child can be started."""
        asked = request_line(ours, now=now, size=len(raw) if size is None else size)
        with self._turn:
            child = self._running()
            try:
                answer = self._ask(child, asked, raw[:READ_AT_MOST])
                return replace(read_mail(answer), digest=digest_of(raw))
            except TimeoutError:
                reason = f"over a limit: more than {self.seconds:g} seconds"
            except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
                reason = f"the reading process broke: {type(error).__name__}"
            self._stop()
        return replace(poison(reason), size=len(raw) if size is None else size, digest=digest_of(raw))

    def close(self) -> None:
        """End the child; idempotent. A later `classify` starts another."""
        with self._turn:
            self._stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._stop()
            self._child = _start(self._python)
            self._await_ready(self._child)
        return self._child

    def _await_ready(self, child: subprocess.Popen[bytes]) -> None:
        try:
            _read(child.stdout, 4, time.monotonic() + START_SECONDS)
        except (OSError, EOFError, TimeoutError) as error:
            self._stop()
            program = f"{self._python} -m channels.inbound.child"
            raise WorkerError(f"the process that reads mails does not start; `{program}` says why") from error

    def _ask(self, child: subprocess.Popen[bytes], asked: bytes, raw: bytes) -> bytes:
        """Write both frames and read one, all within the time allowed. The child reads all before it writes."""
        ends_at = time.monotonic() + self.seconds
        writer = threading.Thread(target=_send, args=(child, asked, raw), daemon=True)
        writer.start()
        head = _read(child.stdout, 4, ends_at)
        (length,) = struct.unpack(">I", head)
        answer = _read(child.stdout, length, ends_at)
        writer.join()
        return answer

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                _close(pipe.close)
        child.wait()


def _start(python: str) -> subprocess.Popen[bytes]:
    """A child with an empty environment: no secret of ours is in reach of what it reads."""
    environment = {"PYTHONPATH": str(_ROOT), "PATH": os.defpath, "LANG": "C.UTF-8"}
    try:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [python, "-m", "channels.inbound.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            close_fds=True,
        )
    except OSError as error:
        raise WorkerError(f"cannot start {python} to read mails: {error}") from error


def _send(child: subprocess.Popen[bytes], *frames: bytes) -> None:
    """Feed the child; a child that dies meanwhile is noticed by the reader."""
    try:
        for frame in frames:
            if child.stdin is not None:
                write_frame(child.stdin, frame)
    except (OSError, ValueError):
        return


def _read(pipe: IO[bytes] | None, length: int, ends_at: float) -> bytes:
    """Exactly `length` bytes. Raises TimeoutError at `ends_at` (monotonic), EOFError when the child closed."""
    if pipe is None:
        raise EOFError("the child has no pipe to answer on")
    source, found = pipe.fileno(), bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(source, selectors.EVENT_READ)
        while len(found) < length:
            if not selector.select(max(0.0, ends_at - time.monotonic())):
                raise TimeoutError
            piece = os.read(source, min(65_536, length - len(found)))
            if not piece:
                raise EOFError("the child closed its end")
            found += piece
    return bytes(found)


def _close(close: Callable[[], None]) -> None:
    try:
        close()
    except OSError:  # buffered bytes that a dead child will never read
        return
