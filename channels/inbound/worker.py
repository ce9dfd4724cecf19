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
from typing import Self

from channels.inbound.child import write_frame
from channels.inbound.errors import WorkerError
from channels.inbound.limits import READ_AT_MOST
from channels.inbound.mail import digest_of, poison
from channels.inbound.values import InboundMail, OurMarks
from channels.inbound.wire import read_mail, request_line

SECONDS = 5.0
_ROOT = Path(__file__).resolve().parents[2]


class MailWorker:
    """One child, started at the first mail and used again; threads may share it and take turns. Close it or use `with`.

    `seconds` is what one mail may take. A child that dies, hangs or babbles is replaced, and its mail is POISON.
    """

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self.seconds = seconds
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
            self._child = _start()
        return self._child

    def _ask(self, child: subprocess.Popen[bytes], asked: bytes, raw: bytes) -> bytes:
        """Write both frames and read one, all within the time allowed. The child reads all before it writes."""
        if child.stdout is None:
            raise EOFError("the child has no pipe to answer on")
        answers = child.stdout.fileno()
        ends_at = time.monotonic() + self.seconds
        writer = threading.Thread(target=_send, args=(child, asked, raw), daemon=True)
        writer.start()
        head = _read(answers, 4, ends_at)
        (length,) = struct.unpack(">I", head)
        answer = _read(answers, length, ends_at)
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


def _start() -> subprocess.Popen[bytes]:
    """A child with an empty environment: no secret of ours is in reach of what it reads."""
    environment = {"PYTHONPATH": str(_ROOT), "PATH": os.defpath, "LANG": "C.UTF-8"}
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "channels.inbound.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            close_fds=True,
        )
    except OSError as error:
        raise WorkerError(f"cannot start {sys.executable} to read mails: {error}") from error


def _send(child: subprocess.Popen[bytes], *frames: bytes) -> None:
    """Feed the child; a child that dies meanwhile is noticed by the reader."""
    try:
        for frame in frames:
            if child.stdin is not None:
                write_frame(child.stdin, frame)
    except (OSError, ValueError):
        return


def _read(source: int, length: int, ends_at: float) -> bytes:
    """Exactly `length` bytes. Raises TimeoutError at `ends_at` (monotonic), EOFError when the child closed."""
    found = bytearray()
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
