"""What is no list at all, and is told before anything of it is read."""

import os
import stat
from pathlib import Path
from typing import Final

from touches.errors import FileError
from touches.people.opening import open_bytes

_FOREIGN_FILES: Final = (
    (b"PK\x03\x04", "a ZIP archive (an .xlsx file under another name?)", "Give it its own ending, .xlsx."),
    (b"\x1f\x8b", "compressed with gzip", "Unpack it first: gunzip."),
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls)", "Save it as .xlsx or CSV."),
    (b"%PDF", "a PDF", "Save the table as CSV."),
    (b"SQLite format 3", "a SQLite database", "Export the table as CSV."),
)


def require_ordinary(file: Path) -> None:
    """Refuse what is missing, no ordinary file, or not ours to read: FileError."""
    try:
        mode = file.stat().st_mode
        if stat.S_ISREG(mode) and not os.access(file, os.R_OK):
            raise FileError(f'Cannot read "{file}": permission denied.')
    except OSError as error:
        raise FileError.from_os(error, "read") from None
    if not stat.S_ISREG(mode):
        kind = "a folder" if stat.S_ISDIR(mode) else "no ordinary file"
        raise FileError(f'"{file}" is {kind}; expected a CSV or .xlsx file.')


def refuse_foreign(file: Path) -> None:
    """Refuse a file that is empty or begins as another kind does: FileError."""
    with open_bytes(file) as opened:
        beginning = opened.read(16)
    if not beginning:
        raise FileError(f'"{file}" is empty; expected a first line with the names of the columns.')
    for magic, name, advice in _FOREIGN_FILES:
        if beginning.startswith(magic):
            raise FileError(f'"{file}" is {name}, no CSV.', hint=advice)
