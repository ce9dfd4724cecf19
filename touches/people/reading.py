"""Lists of people and of what they did, as numbered rows of text: CSV in the usual encodings, and .xlsx. Streams."""

import csv
import re
from collections import deque
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from io import StringIO
from itertools import count, repeat
from pathlib import Path
from typing import Final, NamedTuple, TextIO

from touches.errors import FileError
from touches.people.encodings import Encoding, encoding_of
from touches.people.foreign_files import refuse_foreign, require_ordinary
from touches.people.formulas import all_unguarded, unguarded
from touches.people.opening import open_text

ROW_LIMIT: Final = 64 * 1024  # characters
CELL_LIMIT: Final = 4 * 1024
COLUMN_LIMIT: Final = 500
_DELIMITERS: Final = ",;\t|"
_SPOILT: Final = re.compile("[\x00\udc80-\udcff\ufffd]")


class SourceRow(NamedTuple):
    """One row. `line` counts from 1, the header included. A row that could not be read has a `problem`."""

    line: int
    values: list[str]
    problem: str = ""


_good_row = partial(tuple.__new__, SourceRow)  # quicker by half than to call it


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTable:
    """An open list: `header` as it is written, `rows` once."""

    header: list[str]
    rows: Iterator[SourceRow]
    encoding: str
    guessed: bool = field(default=False)


@contextmanager
def open_table(file: Path, *, encoding: str = "") -> Iterator[SourceTable]:
    """Open a list; never more of it in memory than a row (of an .xlsx: and its table of texts).

    Raises FileError when it cannot be read at all; a row that cannot be read carries its problem.
    """
    require_ordinary(file)
    if file.suffix.lower() in {".xlsx", ".xlsm"}:
        from touches.people.workbook import open_workbook

        with open_workbook(file) as table:
            yield table
        return
    refuse_foreign(file)
    found = encoding_of(file, encoding)
    with open_text(file, encoding=found.codec, errors=found.errors) as stream:
        yield _read(file, stream, found)


def _read(file: Path, stream: TextIO, encoding: Encoding) -> SourceTable:
    first = stream.readline(ROW_LIMIT + 1)
    skipped = 0
    if first.lower().startswith("sep=") and len(first.strip()) <= 5:  # Excel's own first line
        first, skipped = stream.readline(ROW_LIMIT + 1), 1
    if len(first) > ROW_LIMIT:
        raise FileError(f'The first line of "{file}" is longer than 64 kB; expected the names of the columns.')
    lines = _Lines(stream, first=first, number=skipped)
    rows = _rows(lines, delimiter_of(first), spoilt=encoding.spoilt)
    header = next(rows, None)
    if header is None or not any(header.values):
        raise FileError(f'"{file}" has nothing in its first line; expected the names of the columns.')
    if header.problem:
        raise FileError(f'The first line of "{file}" cannot be read: {header.problem}.')
    if len(header.values) > COLUMN_LIMIT:
        raise FileError(f'"{file}" has {len(header.values)} columns; at most {COLUMN_LIMIT} are read.')
    return SourceTable(header=header.values, rows=rows, encoding=encoding.name, guessed=encoding.guessed)


def delimiter_of(header: str) -> str:
    """What stands between the names of the columns: comma, semicolon, tab or bar; a comma if none does."""
    outside = re.sub(r'"[^"]*"', "", header)
    return max(_DELIMITERS, key=lambda mark: (outside.count(mark), -_DELIMITERS.index(mark)))


class _RowTooLong(Exception):
    """Raised through the CSV reader: a row, or what an open quote made of the rest of the file, is too long."""


class _Lines:
    """The file's lines for the CSV reader. What a broken row swallowed can be given back and read again."""

    def __init__(self, stream: TextIO, *, first: str, number: int) -> None:
        self._stream = stream
        self.waiting = deque([first])  # read, and not yet taken
        self.taken: list[str] = []
        self.number = number  # lines that are done with
        self._size = 0

    def fill(self) -> bool:
        """Whether there are more lines; so many as are read together are then `waiting`."""
        size = sum(map(len, self.waiting))
        if size < ROW_LIMIT:
            text = self._stream.read(ROW_LIMIT - size)
            text += self._stream.readline(ROW_LIMIT + 1) if text[-1:] != "\n" else ""
            self.waiting.extend(StringIO(text, newline="\n"))
        return bool(self.waiting)

    def take_all(self) -> int:
        """What was waiting is done with; the number of its first line."""
        self.taken.extend(self.waiting)
        self.waiting.clear()
        return self.done()

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self.waiting.popleft() if self.waiting else self._stream.readline(ROW_LIMIT + 1)
        if not line:
            raise StopIteration
        self.taken.append(line)
        self._size += len(line)
        if self._size > ROW_LIMIT:
            raise _RowTooLong
        return line

    def done(self) -> int:
        """The row that was taken is done with; the number of its first line."""
        first = self.number + 1
        self.number += len(self.taken)
        self.taken, self._size = [], 0
        return first

    def give_back(self) -> str:
        """Only the first line that was taken is broken; the others are read again. Its text."""
        broken, *others = self.taken
        self.waiting.extendleft(reversed(others))
        if len(broken) > ROW_LIMIT and not broken.endswith("\n"):
            self._skip_line()
        self.taken = [broken]
        return broken

    def _skip_line(self) -> None:
        while piece := self._stream.readline(ROW_LIMIT):
            if piece.endswith("\n"):
                return


def _rows(lines: _Lines, delimiter: str, *, spoilt: bool) -> Iterator[SourceRow]:
    while lines.fill():
        block = None if spoilt else _row_a_line(lines.waiting, delimiter)
        if block is None:
            yield from _one_by_one(lines, delimiter, spoilt=spoilt)
        else:
            first = lines.take_all()
            numbered = map(_good_row, zip(count(first), block, repeat("")))
            yield from numbered if all(map(any, block)) else (row for row in numbered if any(row.values))


def _row_a_line(block: Collection[str], delimiter: str) -> list[list[str]] | None:
    """The values of lines each of which is a row without any problem, as most are; None where one is not."""
    if max(map(len, block)) > CELL_LIMIT:
        return None
    try:
        rows = list(csv.reader(block, delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return all_unguarded(rows, block) if len(rows) == len(block) and max(map(len, rows)) <= COLUMN_LIMIT else None


def _one_by_one(lines: _Lines, delimiter: str, *, spoilt: bool) -> Iterator[SourceRow]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while lines.waiting:
        try:
            values = unguarded(next(reader))
        except csv.Error as error:
            yield _broken(lines, _complaint(error))
            continue
        except _RowTooLong:
            yield _broken(lines, _too_long(lines))
            continue
        problem = _spoilt(lines.taken) if spoilt else ""
        number = lines.done()
        if values and any(values):
            yield SourceRow(number, values, problem or too_large(values))


def _broken(lines: _Lines, problem: str) -> SourceRow:
    text = lines.give_back()[:CELL_LIMIT].rstrip("\n")
    return SourceRow(lines.done(), [text], problem)


def _complaint(error: csv.Error) -> str:
    said = str(error)
    if "unexpected end" in said:
        return "a quote is opened and never closed"
    if "expected after" in said:
        return "text follows a closing quote; a quote inside a cell is written twice"
    return f"the row cannot be read ({said})"


def _too_long(lines: _Lines) -> str:
    if len(lines.taken) > 1:
        return "a quote is opened and not closed within 64 kB"
    return "the row is longer than 64 kB"


def _spoilt(lines: list[str]) -> str:
    for line in lines:
        if found := _SPOILT.search(line):
            return "it has a NUL byte" if found[0] == "\0" else "it has bytes that do not belong to the file's encoding"
    return ""


def too_large(values: list[str]) -> str:
    """Why a row has too much in it, or nothing."""
    if len(values) > COLUMN_LIMIT:
        return f"it has {len(values)} cells; at most {COLUMN_LIMIT} are read"
    if max(map(len, values)) > CELL_LIMIT:
        return f"a cell is longer than {CELL_LIMIT} characters"
    return ""
