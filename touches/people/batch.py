"""Rows of a list side by side, a column at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import and_
from typing import Any, Final

from touches.people.draft import EMAIL, PHONE, POSTAL

Column = Sequence[Any]
# What is used first among several of a kind stands first.
POINTS: Final = ((EMAIL, "email"), (PHONE, "mobile"), (PHONE, "phone"), (POSTAL, "postal"))

_FEW: Final = 50


@dataclass(slots=True, kw_only=True, eq=False)
class Batch:
    """Rows side by side: `positions` in the chunk, and columns of equal length by name. Attributes begin with `+`, the
    hashes of addresses with `#`."""

    positions: Sequence[int]
    columns: dict[str, Column]

    def keep(self, good: Sequence[bool]) -> None:
        """Let go of the rows that are not good."""
        bad = [at for at, one in enumerate(good) if not one]
        if bad:
            without = _without_few if len(bad) <= _FEW else _without
            self.positions = without(self.positions, bad, good)
            self.columns = {name: without(column, bad, good) for name, column in self.columns.items()}

    def keep_all_of(self, verdicts: Iterable[Sequence[bool]]) -> None:
        """Let go of the rows that are not good by one of the verdicts, all of which are of the rows as they are now."""
        together: Sequence[bool] = ()
        for good in verdicts:
            together = list(map(and_, together, good)) if together and good else together or good
        self.keep(together)

    def addresses(self) -> list[tuple[str, Column]]:
        """(kind, addresses) with empty ones, in the order in which they are to be used."""
        return [(kind, self.columns[name]) for kind, name in POINTS if name in self.columns]

    def copy(self) -> "Batch":
        """Another one, for a transaction that may have to be tried again."""
        return Batch(positions=self.positions, columns=dict(self.columns))


def _without(column: Sequence[Any], _bad: Sequence[int], good: Sequence[bool]) -> list[Any]:
    return list(compress(column, good))


def _without_few(column: Sequence[Any], bad: Sequence[int], _good: Sequence[bool]) -> list[Any]:
    left = list(column)
    for at in reversed(bad):
        del left[at]
    return left
