"""Where a key stands in the text of a TOML file, for messages with a line. A scan, not a parser."""

import re
from collections.abc import Sequence

_PART = r'(?:[A-Za-z0-9_-]+|"[^"\n]*"|\'[^\'\n]*\')'
_PATH = rf"{_PART}(?:\s*\.\s*{_PART})*"
_TABLE = re.compile(rf"\s*\[\[?\s*({_PATH})\s*\]\]?")
_KEY = re.compile(rf"\s*({_PATH})\s*=")


def line_of(text: str, path: Sequence[str]) -> int:
    """The line (from 1) of the key or table at `path`, else that of the nearest table around it, else 0."""
    wanted = tuple(path)
    lines = _paths_with_lines(text)
    for length in range(len(wanted), 0, -1):
        for found, number in lines:
            if found[:length] == wanted[:length]:
                return number
    return 0


def _paths_with_lines(text: str) -> list[tuple[tuple[str, ...], int]]:
    table: tuple[str, ...] = ()
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _TABLE.match(line):
            table = _parts(header[1])
            found.append((table, number))
        elif entry := _KEY.match(line):
            found.append((table + _parts(entry[1]), number))
    return found


def _parts(path: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(_PART, path))
