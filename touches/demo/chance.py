"""Dice that fall the same for the same seed and the same question, in whatever order they are asked."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

Face = TypeVar("Face")


class Chance:
    """The dice of one demo."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def roll(self, *question: object) -> float:
        """From 0 (inclusive) to 1 (exclusive), fixed by the seed and the question."""
        text = "\x1f".join(str(part) for part in (self.seed, *question))
        number = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
        return number / 2**64

    def happens(self, share: float, *question: object) -> bool:
        """Whether something happens that does in `share` (0 to 1) of the cases."""
        return self.roll(*question) < share

    def pick(self, faces: Sequence[Face], *question: object) -> Face:
        """One of several, all alike."""
        return faces[int(self.roll(*question) * len(faces))]

    def between(self, low: float, high: float, *question: object) -> float:
        """A number in a range."""
        return low + (high - low) * self.roll(*question)

    def first_of(self, shares: Sequence[tuple[Face, float]], *question: object) -> Face | None:
        """One face by the shares (0 to 1 each, at most 1 together), or None for the rest."""
        left = self.roll(*question)
        for face, share in shares:
            if left < share:
                return face
            left -= share
        return None
