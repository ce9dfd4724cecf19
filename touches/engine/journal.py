"""An append-only file beside the database that narrows the doubt after a kill to what was on the wire.

Touches are marked in groups, a stretch ahead of the connections. A line before the irrevocable byte and another after
the answer tell later which of a group had begun. Lines are written without fsync: they outlive the process, not the
machine, so they are believed only while the machine has not been started again and the writer is dead.

The file is written as memory: a call to the system for each mail would also give the interpreter's lock away each time,
and then the connections wait for whoever composes. Its blocks are reserved before, so that a full disk is an error and
no signal; behind the last line it holds zeros.
"""

import fcntl
import json
import mmap
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from channels.protocol import Accepted, Refused, Result, Withdrawn
from touches.errors import FileError

FORMAT = "touches-journal 1"
COMPACT_AT = 1_000_000  # bytes; then only what is open is kept
RESERVED = 1 << 16  # bytes of a fresh file, at least; it doubles when they are used up
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
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
        self._map: mmap.mmap | None = None
        self._size = 0
        self._open: dict[int, bytes] = {}  # lines of touches whose outcome is not in the database yet

    def start(self) -> None:
        """Make the file; FileError where that is impossible."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._use(self._fresh(self._path, b""), self._header)
        except OSError as error:
            raise FileError.from_os(error, "write the journal of hand-overs") from None

    def begun(self, touch_id: int, fence: int) -> None:
        """Right before the irrevocable byte; FileError means that it must not leave."""
        line = b"b %d %d\n" % (touch_id, fence)
        self._write(line)
        self._open[touch_id] = self._open.get(touch_id, b"") + line

    def answered(self, touch_id: int, fence: int, result: Result, at: datetime) -> None:
        """Right after the answer. An unknown end stays begun; FileError: so does this one."""
        line = _answer_line(touch_id, fence, result, at)
        if line and touch_id in self._open:
            self._open[touch_id] += line
            self._write(line)

    def recorded(self, touch_ids: Iterable[int]) -> None:
        """Their outcomes are durable in the database: their lines are not needed any more."""
        for touch_id in touch_ids:
            self._open.pop(touch_id, None)
        if self._size > COMPACT_AT:
            self._compact()

    def close(self, *, keep: bool = False) -> None:
        """Give the lock back; the file goes when nothing in it is open. `keep` it where marked touches are left in the
        database: that it says nothing of them proves that they never left. Idempotent."""
        if self._map is None:
            return
        self._map.close()
        self._map = None
        if not self._open and not keep:
            self._path.unlink(missing_ok=True)
        else:
            os.ftruncate(self._file, self._size)
        os.close(self._file)
        self._file = -1

    def _write(self, line: bytes) -> None:
        """Append a line. Its end is written last: a kill between two bytes leaves no line rather than a wrong one."""
        last = self._size + len(line) - 1
        lines = self._map
        if lines is None or last >= len(lines):
            lines = self._longer(last + 1)
        lines[self._size : last] = line[:-1]
        lines[last] = line[-1]
        self._size = last + 1

    def _longer(self, size: int) -> mmap.mmap:
        """Reserve more for the same file; FileError when the disk is full."""
        if self._map is None:
            raise FileError("The journal of hand-overs is not open.")
        try:
            longer = _reserved(self._file, 2 * size)
        except OSError as error:
            raise FileError.from_os(error, "write the journal of hand-overs") from None
        self._map.close()
        self._map = longer
        return longer

    def _compact(self) -> None:
        """Put a new file in the place of the old one; a reader sees the one or the other, both whole."""
        spare = self._path.with_suffix(".new")
        try:
            lines = b"".join(self._open.values())
            fresh = self._fresh(spare, lines)
            spare.replace(self._path)
        except OSError as error:
            raise FileError.from_os(error, "write the journal of hand-overs") from None
        self._use(fresh, self._header + lines)

    def _fresh(self, path: Path, lines: bytes) -> int:
        """A new file under a lock, with the header and these lines."""
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        content = self._header + lines
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with _reserved(file, max(RESERVED, 2 * len(content))) as made:
                made[: len(content)] = content
        except OSError:
            os.close(file)
            raise
        return file

    def _use(self, file: int, content: bytes) -> None:
        """Write to this file from now on, behind what it holds."""
        before, self._file = self._file, file
        if self._map is not None:
            self._map.close()
            os.close(before)
        self._map = mmap.mmap(file, 0)
        self._size = len(content)


def _reserved(file: int, size: int) -> mmap.mmap:
    """A file as memory, with all its blocks on the disk; OSError when there is no room."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file, 0, size)
    else:  # macOS
        os.ftruncate(file, size)
    return mmap.mmap(file, size)


def _answer_line(touch_id: int, fence: int, result: Result, at: datetime) -> bytes:
    micros = (at - EPOCH) // MICROSECOND
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
        return _testimony(rest.rstrip(b"\0").split(b"\n")[:-1])  # what follows the last line end is no whole line
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
