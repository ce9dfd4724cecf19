"""Vectors kept together, so that the closest to a new one are found in one multiplication where numpy is at hand."""

from heapq import nsmallest
from typing import Any

from policies.likeness.embedder import Vector, cosine


class Vectors:
    """Vectors of unit norm in the order in which they were added."""

    def __init__(self) -> None:
        self._rows: list[Vector] = []
        self._matrix: Any = None

    def add(self, vector: Vector) -> None:
        """Put one more in."""
        self._rows.append(vector)

    def closest(self, vector: Vector, *, count: int) -> list[tuple[int, float]]:
        """Place and cosine of the `count` closest, best first."""
        return nsmallest(count, enumerate(self._cosines(vector)), key=lambda entry: (-entry[1], entry[0]))

    def _cosines(self, vector: Vector) -> list[float]:
        try:
            import numpy as np
        except ImportError:
            return [cosine(row, vector) for row in self._rows]
        kept = 0 if self._matrix is None else len(self._matrix)
        fresh = self._rows[kept:]
        if len(fresh) > max(64, kept // 4):
            self._matrix = np.asarray(self._rows, dtype=np.float32)
            kept, fresh = len(self._rows), []
        found: list[float] = []
        if kept:
            # Not `@`: its threads spin for ten milliseconds after half a millisecond of work.
            found = np.einsum("ij,j->i", self._matrix, np.asarray(vector, dtype=np.float32)).tolist()
        return found + [cosine(row, vector) for row in fresh]
