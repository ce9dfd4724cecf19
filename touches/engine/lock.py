"""The dispatch lock of a SQLite database: one process sends, and holding it proves that the one before is dead."""

import fcntl
import os
from types import TracebackType
from typing import Self

from touches.errors import FileError, LockHeld


class DispatchLock:
    """An advisory lock on a file beside the database. The kernel gives it back when the process dies, however."""

    def __init__(self, path: str, owner: str) -> None:
        self._path = path
        self._owner = owner
        self._file = -1

    def __enter__(self) -> Self:
        """Take it, or raise LockHeld with the name of who has it."""
        try:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise FileError.from_os(error, "open the dispatch lock") from None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._file, 200, 0).decode("utf-8", "replace").strip()
            os.close(self._file)
            raise LockHeld(holder or "another process") from None
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, self._owner.encode(), 0)
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Give it back."""
        os.ftruncate(self._file, 0)
        os.close(self._file)
