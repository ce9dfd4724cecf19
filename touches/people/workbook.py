"""Lists in .xlsx files: the first sheet, row by row, every cell as the text that a CSV export would have."""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from touches.errors import FileError
from touches.people.reading import COLUMN_LIMIT, SourceRow, SourceTable, too_large

_UNPACKED_LIMIT: Final = 512 << 20  # bytes: more is a list for a database, or an attack


@contextmanager
def open_workbook(file: Path) -> Iterator[SourceTable]:
    """Open the first sheet. Raises FileError for what is no workbook, is protected or unpacks to too much."""
    from openpyxl import load_workbook

    _require_sane(file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about styles and extensions, which we do not read
        try:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except (OSError, KeyError, ValueError, TypeError, SyntaxError, zipfile.BadZipFile) as error:
            raise FileError(f'"{file}" cannot be read as .xlsx ({error}).', hint="Save it again, or as CSV.") from None
        try:
            yield _read(file, book)
        finally:
            book.close()


def _require_sane(file: Path) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        raise FileError(
            f'"{file}" is no .xlsx file, whatever its name says.', hint="Save it again, or as CSV."
        ) from None
    if unpacked > _UNPACKED_LIMIT:
        raise FileError(f'"{file}" unpacks to {unpacked >> 20} MB; at most 512 MB are read.', hint="Save it as CSV.")


def _read(file: Path, book: Any) -> SourceTable:
    if not book.worksheets:
        raise FileError(f'"{file}" has no sheet with rows.')
    sheet = book.worksheets[0]
    sheet.reset_dimensions()  # what the file claims of its size is not to be trusted
    rows = _rows(file, sheet.iter_rows(max_col=COLUMN_LIMIT + 1, values_only=True))
    header = next(rows, None)
    if header is None:
        raise FileError(f'The first sheet of "{file}" is empty; expected a row with the names of the columns.')
    if len(header.values) > COLUMN_LIMIT:
        raise FileError(f'"{file}" has more than {COLUMN_LIMIT} columns.')
    return SourceTable(header=header.values, rows=rows, encoding="xlsx")


def _rows(file: Path, rows: Iterator[tuple[Any, ...]]) -> Iterator[SourceRow]:
    number = 0
    while True:
        try:
            cells = next(rows, None)
        except (ValueError, TypeError, KeyError, IndexError, SyntaxError, zipfile.BadZipFile, OSError) as error:
            raise FileError(f'"{file}" is damaged after row {number} ({error}).', hint="Save it again.") from None
        if cells is None:
            return
        number += 1
        values = [_text(cell) for cell in cells]
        while values and not values[-1]:
            values.pop()
        if values:
            yield SourceRow(number, values, too_large(values))


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        midnight = cell.time() == time()
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ", timespec="seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
