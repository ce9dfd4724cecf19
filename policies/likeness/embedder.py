"""The seam to a model of meaning: texts in, vectors out. What is made of the vectors is in `meaning`."""

from collections.abc import Sequence
from typing import Protocol

Vector = Sequence[float]


class Embedder(Protocol):
    """Turns texts into vectors of meaning, in whatever language they are.

    Rely on: one vector for each text, in order; all of one length and of unit norm; the same text, the same vector.
    What all texts of a language have in common is taken out of the vectors, so that a translation is as close as a
    rewording. The limits by which `meaning` judges were measured on multilingual-e5-small; another model needs its own.
    """

    def embed(self, texts: Sequence[str], *, languages: Sequence[str]) -> Sequence[Vector]:
        """The vectors of the texts, whose languages stand beside them. Never fails on what a text holds."""
        ...


def cosine(one: Vector, other: Vector) -> float:
    """How close two vectors of unit norm are, -1 to 1."""
    return float(sum(x * y for x, y in zip(one, other, strict=True)))
