"""Tables: drawn on a terminal, tab-separated with a header line everywhere else. Rows are never all held at once."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TextIO

from touches.commands.plain import shown

PAGE = 500


def print_table(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]], empty: str, out: TextIO) -> None:
    """Print `rows`; on a terminal in pages of 500, each as wide as its own content."""
    cells = ([shown(row.get(column)) for column in columns] for row in rows)
    if out.isatty():
        _draw(columns, cells, empty, out)
        return
    out.write("\t".join(columns) + "\n")
    out.writelines("\t".join(row) + "\n" for row in cells)


def _draw(columns: tuple[str, ...], cells: Iterator[list[str]], empty: str, out: TextIO) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=out)
    page = list(islice(cells, PAGE))
    if not page and empty:
        out.write(empty + "\n")
    while page:
        table = Table(*(column.replace("_", " ") for column in columns), box=SIMPLE_HEAD, pad_edge=False)
        for row in page:
            table.add_row(*(Text(cell) for cell in row))
        console.print(table)
        page = list(islice(cells, PAGE))
