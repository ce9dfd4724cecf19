"""Cells that a spreadsheet would run as formulas: guarded on the way out, and taken as meant on the way in. Pure."""

import re
from collections.abc import Collection
from typing import Final

# A formula begins a cell, or what becomes one in a spreadsheet that parts cells by another mark than we do.
_PARTED: Final = r"[;,|\t\r\n] *"
_BEGINS: Final = r"[=+\-@＝＋－＠]"
_FORMULA: Final = re.compile(rf"^ *(?:{_BEGINS}|[\t\r\n])|{_PARTED}{_BEGINS}")
_BARE: Final = re.compile(rf"({_PARTED})(?={_BEGINS})")
_GUARDED: Final = re.compile(rf"({_PARTED})'(?={_BEGINS})")


def guarded(cell: str) -> str:
    """An apostrophe before what a spreadsheet would take for a formula (OWASP, "CSV Injection"), and before the whole
    cell; phone numbers stay readable."""
    return "'" + _BARE.sub(r"\1'", cell) if _FORMULA.search(cell) else cell


def unguarded(row: list[str]) -> list[str]:
    """A row without those apostrophes, which are no part of anybody's name: an exported list comes back as it was."""
    return [_meant(cell) if cell[:1] == "'" else cell for cell in row]


def _meant(cell: str) -> str:
    bare = _GUARDED.sub(r"\1", cell[1:])
    return bare if guarded(bare) == cell else cell


def all_unguarded(rows: list[list[str]], lines: Collection[str]) -> list[list[str]]:
    """The same for rows each of which is a line of a file; most lines have no apostrophe at all."""
    return [unguarded(row) if "'" in line else row for row, line in zip(rows, lines, strict=True)]
