"""A disk that keeps what was written in its cache until it is told to sync, and loses of it what it likes when the
power goes: nothing, all, some of it in any order, or half a sector. SQLite writes to it through a VFS of apsw."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import apsw

SECTOR = 512


@dataclass(slots=True)
class Content:
    """One file: as the process sees it, as it stands on the disk, and what lies in the cache between the two."""

    seen: bytearray = field(default_factory=bytearray)
    stored: bytearray | None = None  # None: not even its name is on the disk yet
    waiting: list[tuple[int, bytes | None]] = field(default_factory=list)  # (offset, bytes), or (length, None): cut

    def write(self, offset: int, data: bytes) -> None:
        """Seen at once, stored later."""
        _apply(self.seen, offset, data)
        self.waiting.append((offset, data))

    def truncate(self, length: int) -> None:
        """The same for a cut."""
        _apply(self.seen, length, None)
        self.waiting.append((length, None))

    def sync(self) -> None:
        """What was written before is on the disk now, the file's name included."""
        self.stored = bytearray(self.seen)
        self.waiting.clear()


def _apply(content: bytearray, offset: int, data: bytes | None) -> None:
    if data is None:
        del content[offset:]
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


class Disk:
    """All files of one machine. `at` is asked before and behind each write and each sync, and may raise."""

    def __init__(self, dice: random.Random, at: Callable[[], None] = lambda: None) -> None:
        self._dice = dice
        self._at = at
        self.files: dict[str, Content] = {}
        self.syncs = 0

    def open(self, name: str) -> Content:
        """A file, made where it is not there."""
        return self.files.setdefault(name, Content())

    def sync(self, content: Content) -> None:
        """One fsync."""
        self._at()
        self.syncs += 1
        content.sync()
        self._at()

    def write(self, content: Content, offset: int, data: bytes) -> None:
        """One write."""
        self._at()
        content.write(offset, data)

    def delete(self, name: str) -> None:
        """Gone for the process; on the disk as well (SQLite syncs the folder of a journal it deletes)."""
        self.files.pop(name, None)

    def after_the_cut(self) -> dict[str, bytes]:
        """What the files hold when the machine is started again."""
        kept = {name: self._left(content) for name, content in sorted(self.files.items())}
        return {name: left for name, left in kept.items() if left is not None}

    def _left(self, content: Content) -> bytes | None:
        if content.stored is None and self._dice.random() < 0.5:
            return None
        left = bytearray(content.stored or b"")
        share = self._dice.choice((0.0, 0.3, 0.5, 0.9, 1.0))
        written = [one for one in content.waiting if self._dice.random() < share]
        if self._dice.random() < 0.5:
            self._dice.shuffle(written)
        for offset, data in written:
            _apply(left, offset, data if data is None else self._torn(data))
        return bytes(left)

    def _torn(self, data: bytes) -> bytes:
        """Sometimes only its first sectors, sometimes not even whole ones."""
        if self._dice.random() < 0.7:
            return data
        whole = self._dice.randrange(len(data) // SECTOR + 1) * SECTOR
        return data[:whole] if self._dice.random() < 0.7 else data[: self._dice.randrange(len(data) + 1)]


class CachedVfs(apsw.VFS):
    """SQLite's way to a `Disk`. For one connection with `locking_mode=EXCLUSIVE`: there is no shared memory."""

    def __init__(self, name: str, disk: Disk) -> None:
        self.disk = disk
        self.name = name
        super().__init__(name, base="")

    def xOpen(self, name: Any, flags: list[int]) -> "CachedFile":
        """A file by its name; SQLite's own temporary ones have none."""
        flags[1] = flags[0]
        named = name.filename() if hasattr(name, "filename") else name
        return CachedFile(self.disk, str(named or f"temporary-{len(self.disk.files)}"))

    def xFullPathname(self, name: str) -> str:
        """There are no folders."""
        return name

    def xAccess(self, pathname: str, flags: int) -> bool:
        """Whether it is there."""
        return pathname in self.disk.files

    def xDelete(self, filename: str, syncdir: bool) -> None:
        """Remove it."""
        self.disk.delete(filename)


class CachedFile:
    """One open file."""

    def __init__(self, disk: Disk, name: str) -> None:
        self._disk = disk
        self._content = disk.open(name)

    def xRead(self, amount: int, offset: int) -> bytes:
        """What the process sees."""
        return bytes(self._content.seen[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        """Into the cache."""
        self._disk.write(self._content, offset, bytes(data))

    def xTruncate(self, newsize: int) -> None:
        """Into the cache."""
        self._content.truncate(newsize)

    def xSync(self, flags: int) -> None:
        """To the disk."""
        self._disk.sync(self._content)

    def xFileSize(self) -> int:
        """As the process sees it."""
        return len(self._content.seen)

    def xClose(self) -> None:
        """Nothing is written by closing."""

    def xLock(self, level: int) -> None:
        """One connection only."""

    def xUnlock(self, level: int) -> None:
        """One connection only."""

    def xCheckReservedLock(self) -> bool:
        """One connection only."""
        return False

    def xSectorSize(self) -> int:
        """Bytes that are torn at most."""
        return SECTOR

    def xDeviceCharacteristics(self) -> int:
        """It promises nothing: no atomic writes, no order, no safe append."""
        return 0

    def xFileControl(self, op: int, ptr: int) -> bool:
        """Nothing is known."""
        return False
