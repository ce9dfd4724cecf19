"""An append-only file beside the database that narrows the doubt after a kill to what was on the wire.

Touches are marked in groups, a stretch ahead of the connections. A line before the irrevocable byte and another after
the answer tell later which of a group had begun. Lines are written without fsync: they outlive the process, not the
machine, so they are believed only while the machine has not been started again and the writer is dead.
"""

import fcntl
import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from channels.protocol import Accepted, Refused, Result, Withdrawn
from touches.errors import FileError
from touches.logs import logger

FORMAT = "touches-journal 1"
COMPACT_AT = 1_000_000  # bytes; then only what is open is kept
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")

Attempt = tuple[int, int]  # touch id and fence: one claim of one touch


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the other side said, as far as a rescue needs it. `accepted` False: certainly not taken."""

    accepted: bool
    at: datetime
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimony:
    """What a dead process wrote before it died: all of it, in the order of its doing."""

    begun: frozenset[Attempt]
    answers: Mapping[Attempt, Answer]


class Journal:
    """The lines of one living process. An exclusive lock on the file says that it lives, also while it is frozen."""

    def __init__(self, folder: Path, owner: str) -> None:
        self._path = path_of(folder, owner)
        self._header = f"{FORMAT} boot={boot_id()} owner={owner}\n".encode()
        self._file = -1
        self._size = 0
        self._answers = b""  # lines that leave with the next
        self._open: dict[int, bytes] = {}  # lines of touches whose outcome is not in the database yet

    def start(self) -> None:
        """Make the file; FileError where that is impossible."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = self._fresh(self._path, b"")
        except OSError as error:
            raise FileError.from_os(error, "write the journal of hand-overs") from None

    def begun(self, touch_id: int, fence: int) -> None:
        """Right before the irrevocable byte; FileError means that it must not leave."""
        line = b"b %d %d\n" % (touch_id, fence)
        self._write(self._answers + line)
        self._answers = b""
        self._open[touch_id] = self._open.get(touch_id, b"") + line

    def answered(self, touch_id: int, fence: int, result: Result, at: datetime) -> bool:
        """Right after the answer; whether somebody has to call `flush` soon. An unknown end stays begun.

        The line leaves with the next one of `begun` or with `flush`: until then the connection has begun nothing else,
        so that a kill still leaves at most one touch of each connection in doubt.
        """
        line = _answer_line(touch_id, fence, result, at)
        if not line or touch_id not in self._open:
            return False
        self._open[touch_id] += line
        first, self._answers = not self._answers, self._answers + line
        return first

    def flush(self) -> None:
        """Write the answers that wait. While the disk is full they are kept, and nothing more is begun."""
        if self._answers and self._file >= 0:
            try:
                self._write(self._answers)
            except FileError as error:
                logger().warning("answers_not_in_journal", because=str(error)[:300])
            else:
                self._answers = b""

    def recorded(self, touch_ids: Iterable[int]) -> None:
        """Their outcomes are durable in the database: their lines are not needed any more."""
        for touch_id in touch_ids:
            self._open.pop(touch_id, None)
        if self._size > COMPACT_AT:
            self._compact()

    def close(self, *, keep: bool = False) -> None:
        """Give the lock back; the file goes when nothing in it is open. `keep` it where marked touches are left in the
        database: that it says nothing of them proves that they never left. Idempotent."""
        if self._file < 0:
            return
        self.flush()
        if not self._open and not keep:
            self._path.unlink(missing_ok=True)
        os.close(self._file)
        self._file = -1

    def _write(self, line: bytes) -> None:
        try:
            if os.write(self._file, line) == len(line):
                self._size += len(line)
                return
            os.ftruncate(self._file, self._size)  # half a line: the disk is full
        except OSError as error:
            raise FileError.from_os(error, "write the journal of hand-overs") from None
        raise FileError("The journal of hand-overs cannot be written: the disk is full.", hint="Free some space.")

    def _compact(self) -> None:
        """Put a new file in the place of the old one; a reader sees the one or the other, both whole."""
        spare = self._path.with_suffix(".new")
        try:
            fresh = self._fresh(spare, b"".join(self._open.values()))
            spare.replace(self._path)
        except OSError as error:
            raise FileError.from_os(error, "write the journal of hand-overs") from None
        os.close(self._file)
        self._file = fresh
        self._answers = b""  # they are among the lines of what is open

    def _fresh(self, path: Path, lines: bytes) -> int:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_CLOEXEC, 0o600)
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        content = self._header + lines
        if os.write(file, content) != len(content):
            raise OSError(28, "No space left on device", str(path))
        self._size = len(content)
        return file


def _answer_line(touch_id: int, fence: int, result: Result, at: datetime) -> bytes:
    micros = (at - EPOCH) // timedelta(microseconds=1)
    if isinstance(result, Accepted):
        known = result.reference
        quoted = f'"{known}"' if known.isascii() and known.isalnum() else json.dumps(known)
        return b"a %d %d %d %s\n" % (touch_id, fence, micros, quoted.encode())
    if isinstance(result, Refused | Withdrawn):
        return b"r %d %d %d\n" % (touch_id, fence, micros)
    return b""


def path_of(folder: Path, owner: str) -> Path:
    """The journal of an owner."""
    return folder / (re.sub(r"[^A-Za-z0-9._-]", "_", owner) + ".log")


def boot_id() -> str:
    """A name of this run of the machine, empty where the system gives none: then no journal is ever believed."""
    try:
        return BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return ""


def testimony_of(folder: Path, owner: str) -> Testimony | None:
    """What a dead owner's journal says, or None: there is none, the machine was started since, or the owner lives."""
    try:
        file = os.open(path_of(folder, owner), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with os.fdopen(os.dup(file), "rb") as opened:
            return _read(opened.read(), owner)
    except OSError:
        return None
    finally:
        os.close(file)


def forget(folder: Path, owner: str) -> None:
    """Remove the journal of a dead owner, after what it says is in the database."""
    path_of(folder, owner).unlink(missing_ok=True)


def _read(content: bytes, owner: str) -> Testimony | None:
    header, _, rest = content.partition(b"\n")
    boot = boot_id()
    if not boot or header.decode("utf-8", "replace") != f"{FORMAT} boot={boot} owner={owner}":
        return None
    try:
        return _testimony(rest.split(b"\n")[:-1])  # what follows the last line end is no whole line
    except (ValueError, IndexError):
        return None  # a damaged one proves nothing: what it was about stays in doubt


def _testimony(lines: list[bytes]) -> Testimony:
    begun: set[Attempt] = set()
    answers: dict[Attempt, Answer] = {}
    for line in lines:
        fields = line.split(b" ", 4)
        attempt = (int(fields[1]), int(fields[2]))
        if fields[0] == b"b":
            begun.add(attempt)
            answers.pop(attempt, None)
        else:
            answers[attempt] = _answer(fields)
    return Testimony(begun=frozenset(begun), answers=answers)


def _answer(fields: list[bytes]) -> Answer:
    at = EPOCH + timedelta(microseconds=int(fields[3]))
    reference = json.loads(fields[4]) if len(fields) > 4 else ""
    return Answer(accepted=fields[0] == b"a", at=at, reference=reference)
