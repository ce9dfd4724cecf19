"""How far the wording of two texts agrees, once typing errors and bent forms of the same word are taken as one."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum, sqrt

from policies.likeness.reading import Reading
from policies.likeness.stems import root

_MOST_WORDS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Two readings side by side.

    `first` and `second` are the contents in order, with close words made equal; `shared` is the weight of common terms
    in both (Dice, 0..1), `covered` that of the shorter in the longer, `in_order` how alike the sequences are.
    """

    first: tuple[str, ...]
    second: tuple[str, ...]
    only_first: frozenset[str]
    only_second: frozenset[str]
    shared: float
    covered: float
    in_order: float


def wording(a: Reading, b: Reading) -> Wording:
    """Lay two readings side by side."""
    from rapidfuzz.distance import Indel

    same_word = {} if "zh" in (a.language, b.language) else close_words(a, b)
    first = a.stems
    second = tuple(same_word.get(stem, stem) for stem in b.stems)
    terms = frozenset(same_word.get(term, term) for term in b.terms)
    both, one, other = _weight(a.terms & terms), _weight(a.terms), _weight(terms)
    if not first and not second:
        both = one = other = 1.0
    return Wording(
        first=first,
        second=second,
        only_first=a.terms - terms,
        only_second=terms - a.terms,
        shared=2 * both / (one + other) if both else 0.0,
        covered=both / min(one, other) if both else 0.0,
        in_order=Indel.normalized_similarity(first, second),
    )


def in_order_as_written(a: Reading, b: Reading) -> float:
    """How alike the sequences of words are if words that may stand for each other are not one."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(_roots(a), _roots(b))


def _roots(reading: Reading) -> list[str]:
    return [root(reading.written.get(stem, stem), language=reading.language) for stem in reading.stems]


def _weight(terms: Iterable[str]) -> float:
    """Long words say more than short ones. Exact, so that it is the same in whatever order a set holds them."""
    return fsum([sqrt(min(len(term), 8)) for term in terms])


def close_words(a: Reading, b: Reading) -> dict[str, str]:
    """For each stem of `b` that only it holds, the stem of `a` alone that is the same word but for its writing."""
    spare = sorted(a.terms - b.terms)[:_MOST_WORDS]
    found = {}
    for term in sorted(b.terms - a.terms)[:_MOST_WORDS]:
        match = next((other for other in spare if _is_one_word(term, b, other, a)), None)
        if match is not None:
            found[term] = match
            spare.remove(match)
    return found


def _is_one_word(term: str, b: Reading, other: str, a: Reading) -> bool:
    if (notion := b.notion_of.get(term)) and notion == a.notion_of.get(other):
        return True
    written = is_close(b.written.get(term, term), a.written.get(other, other))
    return (written or is_close(term, other)) and not _opposed(term, b, other, a)


def _opposed(term: str, b: Reading, other: str, a: Reading) -> bool:
    one, two = b.notion_of.get(term), a.notion_of.get(other)
    return bool(one and two and one != two)


def is_close(one: str, other: str) -> bool:
    """Whether two stems are one word with a typing error or another ending."""
    from rapidfuzz.distance import OSA

    short, long = sorted((len(one), len(other)))
    if short < 4:
        return short == long == 3 and sorted(one) == sorted(other)
    if long - short <= 2 and OSA.distance(one, other, score_cutoff=2) <= _slips(one, other):
        return True
    return _common_start(one, other) >= max(4, 0.7 * long)


def _slips(one: str, other: str) -> int:
    """How many slips of the finger leave a word recognisable; the first letter is seldom wrong."""
    short = min(len(one), len(other))
    return 2 if short >= 8 or (short >= 6 and one[0] == other[0]) else 1


def _common_start(one: str, other: str) -> int:
    n = 0
    for x, y in zip(one, other, strict=False):
        if x != y:
            break
        n += 1
    return n
