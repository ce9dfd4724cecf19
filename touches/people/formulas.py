"""Cells that a spreadsheet would run as formulas: guarded on the way out, and taken as meant on the way in. Pure."""

from collections.abc import Collection
from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(cell: str) -> str:
    """An apostrophe before what a spreadsheet would take for a formula (OWASP, "CSV Injection"); phone numbers stay
    readable."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def unguarded(row: list[str]) -> list[str]:
    """A row without those apostrophes, which are no part of anybody's name: an exported list comes back as it was."""
    return [cell[1:] if cell[:1] == "'" and cell[1:].lstrip(" ").startswith(_FORMULA) else cell for cell in row]


def all_unguarded(rows: list[list[str]], lines: Collection[str]) -> list[list[str]]:
    """The same for rows each of which is a line of a file; most lines have no apostrophe at all."""
    return [unguarded(row) if "'" in line else row for row, line in zip(rows, lines, strict=True)]
