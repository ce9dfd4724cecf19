"""Opens a list so that whatever fails in the middle of reading is told with the file's name."""

from io import BufferedReader, FileIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from touches.errors import FileError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class _NamedFile(FileIO):
    """The system names a file that cannot be opened, and none that cannot be read on: a bad disk, a lost share."""

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        try:
            return super().readinto(buffer)
        except OSError as error:
            raise FileError.from_os(OSError(error.errno, error.strerror, str(self.name)), "read") from error


def open_bytes(file: Path) -> BufferedReader:
    """As it is."""
    return BufferedReader(_NamedFile(str(file)))


def open_text(file: Path, *, encoding: str, errors: str) -> TextIOWrapper:
    """As text; every kind of line end is one."""
    return TextIOWrapper(open_bytes(file), encoding=encoding, errors=errors, newline=None)
