"""The same question answered by meaning instead of wording. The guards stay in force, and translations are found."""

from collections.abc import Sequence

from policies.likeness.comparing import common_evidence, has_content, in_fixed_order, lexical_score, reasons_for
from policies.likeness.embedder import Embedder, cosine
from policies.likeness.guards import only_replaced, reasons_against
from policies.likeness.plain import lowered
from policies.likeness.reading import Reading, read
from policies.likeness.replaced import NEARLY_THE_SAME
from policies.likeness.values import Likeness, Text
from policies.likeness.wording import Wording, in_order_as_written, wording

SAME_FROM = 0.37
"""The cosine from which two texts in one language, whose facts agree, seem to say the same. Two that have nothing in
common lie about 0; each fact in common lowers the limit by `_PER_FACT`."""

TRANSLATED_FROM = 0.36
"""The same for two languages."""

SYNONYM_FROM = 0.6
"""The cosine from which a word that took the place of another says the same."""

KEPT_FROM = 0.47
"""The cosine from which the meaning stayed although every second word was replaced."""

KEPT_PER_ORDER = 1.65
"""How much higher that cosine must be, for each part of the order of words that stayed: where one word of many was
replaced, the meaning of the whole hardly moves, whatever the word."""

_HALF = 0.5
_LONGEST_REPLACED = 60  # characters: what is longer is no word for a word
_PER_FACT = 0.04
_MOST_FACTS = 4
_FOR_WORDING = 0.06
_MUCH_WORDING = 0.35
"""A score by wording from which the limit is lower by `_FOR_WORDING`."""


def compare_by_meaning(a: Text, b: Text, *, embedder: Embedder) -> Likeness:
    """`compare` that also finds the same news in another language, and rewordings that share few words."""
    one, other = read(a), read(b)
    texts, languages = [text_to_embed(one), text_to_embed(other)], [one.language, other.language]
    first, second = embedder.embed(texts, languages=languages)
    return judged_by_meaning(one, other, closeness=cosine(first, second), embedder=embedder)


def text_to_embed(reading: Reading) -> str:
    """What the model gets to see: the telling part in lower case, because capitals mislead it."""
    return lowered(reading.telling)


def judged_by_meaning(a: Reading, b: Reading, *, closeness: float, embedder: Embedder | None = None) -> Likeness:
    """The answer for two readings whose vectors have the cosine `closeness`. With the embedder, words that were
    replaced by others of the same meaning do not count as another thing."""
    a, b = in_fixed_order(a, b)
    laid = wording(a, b)
    against = reasons_against(a, b, laid)
    wanted = limit(a, b, laid)
    replaced = only_replaced(a, b, laid) if against and closeness >= wanted else []
    if replaced and (_in_other_words(a, b, closeness) or _means_the_same(replaced, embedder, a.language)):
        against = ()
    if not has_content(a) or not has_content(b):
        against = (*against, "one text says nothing that can be compared")
    if closeness < wanted:
        against = (*against, f"the meaning is not close enough ({closeness:.3f}, wanted {wanted:.3f})")
    because = (f"close in meaning ({closeness:.3f})", *reasons_for(a, b, laid))
    score = round(min(1.0, max(0.0, closeness)), 4)
    return Likeness(score=score, same=not against, because_for=because, because_against=against)


def _in_other_words(a: Reading, b: Reading, closeness: float) -> bool:
    """Whether so many words were replaced, and the meaning stayed so close, that they must be synonyms: another thing
    in the place of one changes few words and much of the meaning."""
    in_order = in_order_as_written(a, b)
    return in_order < NEARLY_THE_SAME and closeness >= KEPT_FROM + KEPT_PER_ORDER * (in_order - _HALF)


def _means_the_same(replaced: Sequence[tuple[str, str]], embedder: Embedder | None, language: str) -> bool:
    """Whether each pair of what was replaced and what took its place is one in meaning."""
    parts = [part for pair in replaced for part in pair]
    if embedder is None or sum(map(len, parts)) > _LONGEST_REPLACED:
        return False
    vectors = embedder.embed(parts, languages=[language] * len(parts))
    return min(cosine(one, other) for one, other in zip(vectors[::2], vectors[1::2], strict=True)) >= SYNONYM_FROM


def limit(a: Reading, b: Reading, laid: Wording) -> float:
    """The cosine from which the two seem to say the same."""
    for_facts = _PER_FACT * min(common_evidence(a, b), _MOST_FACTS)
    if a.language != b.language:
        return TRANSLATED_FROM - for_facts
    return SAME_FROM - for_facts - (_FOR_WORDING if lexical_score(a, b, laid) >= _MUCH_WORDING else 0.0)


def least_limit(a: Reading, b: Reading) -> float:
    """Below this cosine no wording helps: a quick answer before the two are laid side by side."""
    for_facts = _PER_FACT * min(common_evidence(a, b), _MOST_FACTS)
    return (SAME_FROM - _FOR_WORDING if a.language == b.language else TRANSLATED_FROM) - for_facts
