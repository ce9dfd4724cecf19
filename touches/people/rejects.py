"""The file of refused rows: line, reason, then the row as it was, so that it can be mended and imported again."""

import csv
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from touches.errors import FileError
from touches.people.draft import Rejection


class RejectedFile:
    """Made beside the list when the first row is refused (in the current folder where that cannot be written to), under
    its final name only when all is done."""

    def __init__(self, source: Path, header: Sequence[str], *, write: bool) -> None:
        self._source = source
        self._header = header
        self._write = write
        self._stream: IO[str] | None = None
        self._writer: Any = None
        self.path: Path | None = None

    def __enter__(self) -> Self:
        return self

    def add(self, rejections: Sequence[Rejection]) -> None:
        """Append; FileError when nothing can be written anywhere."""
        if not rejections or not self._write:
            return
        if self._stream is None:
            self._open()
        self._writer.writerows((each.line, each.reason, *map(_writable, each.values)) for each in rejections)

    def _open(self) -> None:
        name = f"{self._source.stem}.rejected.csv"
        problem: OSError | None = None
        for folder in dict.fromkeys((self._source.absolute().parent, Path.cwd())):
            try:
                self._stream = (folder / f".{name}.part").open("w", encoding="utf-8", newline="")
            except OSError as error:
                problem = error
                continue
            self.path = folder / name
            self._writer = csv.writer(self._stream)
            self._writer.writerow(("line", "reason", *map(_writable, self._header)))
            return
        raise FileError.from_os(problem or OSError(name), "write the refused rows to")

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self._stream is None or self.path is None:
            return
        part = Path(self._stream.name)
        try:
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
            part.replace(self.path)  # also after an interruption: what was refused so far is worth having
        except OSError as problem:
            with suppress(OSError):
                part.unlink()
            if error is None:
                raise FileError.from_os(problem, "write the refused rows to") from None


def _writable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
