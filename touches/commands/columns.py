"""Several small tables in one text: aligned columns, for commands whose answer has more than one part."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from touches.commands.plain import shown


def columns(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A heading and a line for each row; numbers to the right. The keys of the first row are the columns."""
    if not rows:
        return
    names = list(rows[0])
    cells = [[shown(row.get(name)) for name in names] for row in rows]
    widths = [max(len(name), *(len(line[place]) for line in cells)) for place, name in enumerate(names)]
    numeric = [all(isinstance(row.get(name), (int, float)) or row.get(name) is None for row in rows) for name in names]
    yield _line([name.replace("_", " ") for name in names], widths, numeric)
    for line in cells:
        yield _line(line, widths, numeric)


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = [
        cell.rjust(width) if right else cell.ljust(width)
        for cell, width, right in zip(cells, widths, numeric, strict=True)
    ]
    return "  ".join(padded).rstrip()
