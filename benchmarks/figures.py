"""One small frame for all benchmarks: a figure, its verdict, the table and the JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured value. `floor` must be held, `goal` is wished for; with neither the value is only shown.

    `at_most` turns both round: less is better. `how` says in a line what was measured against what.
    """

    name: str
    value: float
    floor: float | None = None
    goal: float | None = None
    unit: str = "x"
    at_most: bool = False
    how: str = ""

    def _holds(self, bound: float) -> bool:
        return self.value <= bound if self.at_most else self.value >= bound

    @property
    def verdict(self) -> str:
        """`goal`, `floor` or `missed`; empty where nothing is asked."""
        if self.floor is None and self.goal is None:
            return ""
        if self.goal is not None and self._holds(self.goal):
            return "goal"
        if self.floor is not None and self._holds(self.floor):
            return "held" if self.goal is None else "floor"
        return "missed"

    def document(self) -> dict[str, Any]:
        """For JSON."""
        return {**asdict(self), "verdict": self.verdict}

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Self:
        """From JSON."""
        return cls(**{name: value for name, value in document.items() if name != "verdict"})


def written(figures: Iterable[Figure]) -> str:
    """The figures as JSON."""
    return json.dumps([figure.document() for figure in figures], indent=2, ensure_ascii=False) + "\n"


def read(text: str) -> list[Figure]:
    """What `written` wrote."""
    return [Figure.of(document) for document in json.loads(text)]


def table(figures: Sequence[Figure]) -> str:
    """One line a figure, columns side by side."""
    head = ("figure", "measured", "floor", "goal", "verdict")
    rows = [head, *(_cells(figure) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = row
    cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True))]
    return "  ".join(cells).rstrip()


def _cells(figure: Figure) -> tuple[str, str, str, str, str]:
    sign = "≤ " if figure.at_most else "≥ "
    bounds = ("" if bound is None else f"{sign}{_number(bound)}" for bound in (figure.floor, figure.goal))
    floor, goal = bounds
    return figure.name, f"{_number(figure.value)} {figure.unit}".rstrip(), floor, goal, figure.verdict


def _number(value: float) -> str:
    """Three digits that mean something; whole where it is large."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
