"""Several small tables in one text: aligned columns, for commands whose answer has more than one part."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from touches.commands.plain import shown


def columns(rows: Sequence[Mapping[str, Any]], *, shares: Collection[str] = ()) -> Iterator[str]:
    """A heading and a line for each row; numbers to the right, those of `shares` in per cent. The keys of the first row
    are the columns."""
    if not rows:
        return
    names = list(rows[0])
    cells = [[_cell(row.get(name), is_share=name in shares) for name in names] for row in rows]
    widths = [max(len(name), *(len(line[place]) for line in cells)) for place, name in enumerate(names)]
    numeric = [all(isinstance(row.get(name), (int, float)) or row.get(name) is None for row in rows) for name in names]
    yield _line([name.replace("_", " ") for name in names], widths, numeric)
    for line in cells:
        yield _line(line, widths, numeric)


def _cell(value: object, *, is_share: bool) -> str:
    return f"{value:.1%}" if is_share and isinstance(value, (int, float)) else shown(value)


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padded = [
        cell.rjust(width) if right else cell.ljust(width)
        for cell, width, right in zip(cells, widths, numeric, strict=True)
    ]
    return "  ".join(padded).rstrip()
