"""Tables: drawn on a terminal, tab-separated with a header line everywhere else. Rows are never all held at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice, zip_longest
from typing import Any, TextIO, TypeAlias

from touches.commands.plain import shown
from touches.commands.wrapping import broken, size

PAGE = 500
GAP = "  "
INDENT = "    "  # of the columns that do not fit beside the others and stand below them
NARROWEST = 16  # no cell is broken into shorter lines than that
FIXED = "\N{NO-BREAK SPACE}"

Cells: TypeAlias = Sequence[str]
Band: TypeAlias = list[tuple[int, int]]  # places of columns that stand side by side, each with its width


def print_table(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]], empty: str, out: TextIO) -> None:
    """Print `rows`; on a terminal in pages of 500, each as wide as its own content.

    What is wider than the terminal is not squeezed into it: the columns that do not fit go on in a line below.
    """
    if out.isatty():
        _draw(columns, ([_cell(row.get(column)) for column in columns] for row in rows), empty, out)
        return
    out.write("\t".join(columns) + "\n")
    out.writelines("\t".join(shown(row.get(column)) for column in columns) + "\n" for row in rows)


def _cell(value: object) -> str:
    """As `shown`; an instant stays in one piece."""
    return shown(value).replace(" ", FIXED) if isinstance(value, datetime) else shown(value)


def _draw(columns: tuple[str, ...], cells: Iterator[Cells], empty: str, out: TextIO) -> None:
    import shutil

    from rich.console import Console
    from rich.text import Text

    width = shutil.get_terminal_size().columns
    console = Console(file=out, width=width, soft_wrap=True)
    titles = [column.replace("_", " ") for column in columns]
    page = list(islice(cells, PAGE))
    if not page and empty:
        out.write(empty + "\n")
    while page:
        bands = _bands(titles, page, width)
        for line in _lines(titles, bands):
            console.print(Text(line, style="bold"))
        out.write("─" * max(_width(band, number) for number, band in enumerate(bands)) + "\n")
        out.writelines(line + "\n" for row in page for line in _lines(row, bands))
        page = list(islice(cells, PAGE))


def _bands(titles: Cells, page: Sequence[Cells], width: int) -> list[Band]:
    """The columns in order, in as few lines as hold them. Only text with blanks in it is made narrower for that."""
    bands: list[Band] = [[]]
    left = width
    for place, column in enumerate(zip(titles, *page, strict=True)):
        wanted = max(size(cell) for cell in column)
        needed = min(wanted, max(NARROWEST, *(size(word) for cell in column for word in cell.split(" "))))
        if bands[-1] and needed > left:
            bands.append([])
            left = width - len(INDENT)
        bands[-1].append((place, min(wanted, left)))
        left -= wanted + len(GAP)
    return bands


def _width(band: Band, number: int) -> int:
    """Of a whole line; all but the first are indented."""
    return sum(width for _, width in band) + len(GAP) * (len(band) - 1) + (len(INDENT) if number else 0)


def _lines(row: Cells, bands: Sequence[Band]) -> Iterator[str]:
    for number, band in enumerate(bands):
        if number and not any(row[place] for place, _ in band):
            continue
        pieces = [broken(row[place], width) for place, width in band]
        for line in zip_longest(*pieces, fillvalue=""):
            padded = (piece + " " * (width - size(piece)) for piece, (_, width) in zip(line, band, strict=True))
            yield ((INDENT if number else "") + GAP.join(padded)).replace(FIXED, " ").rstrip()
