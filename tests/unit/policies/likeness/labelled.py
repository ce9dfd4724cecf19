"""The labelled pairs, and how well a method does on them. The benchmark prints what the tests hold it to."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from policies.likeness import Likeness, Text

PAIRS = Path(__file__).parents[3] / "data" / "likeness" / "pairs.jsonl"
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


def labelled_pairs() -> list[LabelledPair]:
    return [_pair(json.loads(line)) for line in PAIRS.read_text("utf-8").splitlines()]


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


def measured(pairs: Iterable[LabelledPair], method: Method) -> Measured:
    answers = [(pair.label == "same", method(pair.a, pair.b).same) for pair in pairs]
    return Measured(
        found=sum(label and answer for label, answer in answers),
        called=sum(answer for _, answer in answers),
        same=sum(label for label, _ in answers),
    )
