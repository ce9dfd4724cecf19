"""Many texts at once: a new one against thousands, or all pairs, without comparing each with each."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from policies.likeness.comparing import compare_readings
from policies.likeness.embedder import Embedder, Vector
from policies.likeness.errors import DuplicateText
from policies.likeness.guards import differ_at_a_glance
from policies.likeness.meaning import judged_by_meaning, least_limit, text_to_embed
from policies.likeness.measures import alike_keys
from policies.likeness.reading import Reading, read
from policies.likeness.values import LikePair, Text
from policies.likeness.vectors import Vectors

SHORTLIST = 40
"""How many texts are compared in full; those with the largest part of their wording in common."""

CLOSEST = 20
"""The same where there is an embedder: those closest in meaning."""


@dataclass(slots=True)
class _Shelf:
    """The texts of one fact key. Texts with other numbers or months never say the same, so no other shelf matters."""

    readings: list[Reading] = field(default_factory=list)
    by_term: dict[str, list[int]] = field(default_factory=dict)
    vectors: Vectors = field(default_factory=Vectors)

    def put(self, reading: Reading, vector: Vector | None) -> None:
        for term in reading.terms:
            self.by_term.setdefault(term, []).append(len(self.readings))
        self.readings.append(reading)
        if vector is not None:
            self.vectors.add(vector)

    def alike_in_wording(self, reading: Reading) -> list[int]:
        """Places of the texts with the most terms in common, for their length; the shortlist."""
        common: Counter[int] = Counter()
        for term in reading.terms:
            common.update(self.by_term.get(term, ()))
        if not reading.terms:
            return list(range(len(self.readings)))[:SHORTLIST]
        own = len(reading.terms)
        rated = [(-2 * n / (own + len(self.readings[at].terms)), at) for at, n in common.items()]
        return [at for _, at in sorted(rated)[:SHORTLIST]]


class LikenessIndex:
    """Texts to compare new ones with. Grows only; not for several threads at once.

    Without `embedder` it answers like `compare`, with one like `compare_by_meaning`. Asking takes about as long for
    ten thousand texts as for a hundred: only texts with the same numbers and months are looked at, and of those the
    closest.
    """

    def __init__(self, texts: Iterable[Text] = (), *, embedder: Embedder | None = None) -> None:
        self._embedder = embedder
        self._shelves: dict[str, _Shelf] = {}
        self._ids: set[str] = set()
        self.add_all(texts)

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, text: Text) -> None:
        """Put a text in; `DuplicateText` if its id is in already."""
        self.add_all([text])

    def add_all(self, texts: Iterable[Text]) -> None:
        """Put many texts in, quicker than one by one where there is an embedder."""
        readings = [read(text) for text in texts]
        for reading, vector in zip(readings, self._vectors_of(readings), strict=True):
            self._put(reading, vector)

    def similar_to(self, text: Text) -> list[LikePair]:
        """The texts that seem to say what `text` (`second` of each pair) says, best first; never that of its own id."""
        reading = read(text)
        return self._similar(reading, self._vectors_of([reading])[0])

    def _put(self, reading: Reading, vector: Vector | None) -> None:
        if reading.id in self._ids:
            raise DuplicateText(reading.id)
        self._ids.add(reading.id)
        self._shelves.setdefault(reading.facts.key(), _Shelf()).put(reading, vector)

    def _vectors_of(self, readings: list[Reading]) -> list[Vector | None]:
        if self._embedder is None or not readings:
            return [None] * len(readings)
        texts, languages = [text_to_embed(reading) for reading in readings], [reading.language for reading in readings]
        return list(self._embedder.embed(texts, languages=languages))

    def _similar(self, reading: Reading, vector: Vector | None) -> list[LikePair]:
        shelves = (shelf for key in alike_keys(reading.facts) if (shelf := self._shelves.get(key)))
        found = (
            pair
            for shelf in shelves
            for pair in (
                _by_wording(shelf, reading) if vector is None else _by_meaning(shelf, reading, vector, self._embedder)
            )
        )
        return sorted((p for p in found if p.second != p.first), key=lambda p: (-p.likeness.score, p.first))

    def add_and_compare(self, text: Text) -> list[LikePair]:
        """`similar_to`, then `add`, reading the text once; each pair has the older text first."""
        reading = read(text)
        vector = self._vectors_of([reading])[0]
        found = self._similar(reading, vector)
        self._put(reading, vector)
        return found


def pairs(texts: Iterable[Text], *, embedder: Embedder | None = None) -> Iterator[LikePair]:
    """All pairs of texts that seem to say the same, as they are found: each text with those before it."""
    index = LikenessIndex(embedder=embedder)
    for text in texts:
        yield from index.add_and_compare(text)


def told_before(said: Text, told: Iterable[Text], *, embedder: Embedder | None = None) -> list[LikePair]:
    """Which of the texts that a lead was told seem to say what a person just told them, best first."""
    return LikenessIndex(told, embedder=embedder).similar_to(said)


def _by_wording(shelf: _Shelf, reading: Reading) -> Iterator[LikePair]:
    for at in shelf.alike_in_wording(reading):
        other = shelf.readings[at]
        likeness = compare_readings(other, reading)
        if likeness.same:
            yield LikePair(first=other.id, second=reading.id, likeness=likeness)


def _by_meaning(shelf: _Shelf, reading: Reading, vector: Vector, embedder: Embedder | None) -> Iterator[LikePair]:
    for at, closeness in shelf.vectors.closest(vector, count=CLOSEST):
        other = shelf.readings[at]
        if closeness < least_limit(other, reading) or differ_at_a_glance(other, reading):
            continue
        likeness = judged_by_meaning(other, reading, closeness=closeness, embedder=embedder)
        if likeness.same:
            yield LikePair(first=other.id, second=reading.id, likeness=likeness)
