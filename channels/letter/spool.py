"""The spool folder: `out/` waits, `taken/` is at a printer, `done/` was printed or posted. A file there is
proof."""

import csv
import io
import os
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from channels.errors import UnsendableError

STAGES: Final = ("out", "taken", "done")
COLUMNS: Final = ("key", "date", "name", "postal_lines", "country", "pages", "digest", "printed")
_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")
# A formula begins a cell, or what becomes one in a spreadsheet that parts cells by another mark than we do.
_BEGINS: Final = r"[=+\-@＝＋－＠]"
_FORMULA: Final = re.compile(rf"^ *(?:{_BEGINS}|[\t\r])|[;,|\t\r\n] *{_BEGINS}")
_BARE: Final = re.compile(rf"([;,|\t\r\n] *)(?={_BEGINS})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spooled:
    """A letter that is in the spool; `at` is when its file was written, in UTC."""

    path: Path
    stage: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Spool:
    """`folder` is made, with its parts, when the first letter comes. File names are keys of ours, nothing
    else."""

    folder: Path

    def put_aside(self, key: str, pdf: bytes) -> Path:
        """Write the file durably where nobody looks. OSError says that certainly nothing happened."""
        for name in ("tmp", *STAGES):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        path = self.folder / "tmp" / file_name(key)
        path.unlink(missing_ok=True)  # left by a process that died before the marker
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        descriptor = os.open(path, flags, 0o640)
        with os.fdopen(descriptor, "wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        return path

    def withdraw(self, aside: Path) -> None:
        """Forget what was put aside."""
        aside.unlink(missing_ok=True)

    def commit(self, aside: Path) -> Path:
        """The irrevocable step: from here on the letter is to be posted."""
        target = self.folder / "out" / aside.name
        aside.replace(target)
        sync_folder(target.parent)
        return target

    def move(self, key: str, *, stage: str) -> Path:
        """From wherever it is to another stage, durably. FileNotFoundError if it is nowhere."""
        found = self.find(key)
        if found is None:
            raise FileNotFoundError(f"no letter {key} in {self.folder}")
        target = self.folder / stage / found.path.name
        found.path.replace(target)
        sync_folder(target.parent)
        return target

    def find(self, key: str) -> Spooled | None:
        """Where the letter is, or None: it was never committed."""
        for stage in STAGES:
            path = self.folder / stage / file_name(key)
            if path.is_file():
                written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                return Spooled(path=path, stage=stage, at=written)
        return None

    def keys(self, stage: str) -> list[str]:
        """The letters of one stage, by key."""
        return sorted(path.stem for path in (self.folder / stage).glob("*.pdf"))


_manifest_lock = threading.Lock()


def append_line(folder: Path, line: Mapping[str, str]) -> None:
    """Add one row to `manifest.csv`, durably, with the header in a new file. All cells are quoted, and one
    that a spreadsheet would take for a formula gets an apostrophe."""
    with _manifest_lock, _appending(folder / "manifest.csv") as descriptor:
        rows: list[tuple[str, ...]] = [] if os.fstat(descriptor).st_size else [COLUMNS]
        rows.append(tuple(_cell(line[name]) for name in COLUMNS))
        text = io.StringIO()
        csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
        _write_all(descriptor, text.getvalue().encode("utf-8"))
        os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Make a rename durable: fsync of the folder that holds the name."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def file_name(key: str) -> str:
    """`KEY.pdf`; a key that is no plain file name is refused, so that nothing of a lead ever reaches a
    path."""
    if not _KEY.fullmatch(key):
        raise UnsendableError("bad key", "a letter's key is letters, digits, '.', '_' and '-', at most 120")
    return f"{key}.pdf"


@contextmanager
def _appending(path: Path) -> Iterator[int]:
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o640)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _cell(value: str) -> str:
    return "'" + _BARE.sub(r"\1'", value) if _FORMULA.search(value) else value
