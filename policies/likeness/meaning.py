"""The same question answered by meaning instead of wording. The guards stay in force, and translations are found."""

from collections.abc import Sequence

from policies.likeness.comparing import common_evidence, has_content, in_fixed_order, lexical_score, reasons_for
from policies.likeness.embedder import Embedder, cosine
from policies.likeness.guards import only_replaced, reasons_against
from policies.likeness.plain import lowered
from policies.likeness.reading import Reading, read
from policies.likeness.values import Likeness, Text
from policies.likeness.wording import Wording, wording

SAME_FROM = 0.9
"""The cosine from which two texts in one language, whose facts agree, seem to say the same."""

REWORDED_FROM = 0.84
"""The same where much of the wording is common too: a score by wording of `_MUCH_WORDING` or more."""

TRANSLATED_FROM = 0.875
"""The same for two languages, where the model sees less likeness; each fact in common lowers it by `_PER_FACT`."""

SYNONYM_FROM = 0.895
"""The cosine from which a word that took the place of another says the same."""

_PER_FACT = 0.015
_MOST_FACTS = 4
_MUCH_WORDING = 0.35
_NOTHING = 0.75
"""The model's cosine of texts that have nothing in common lies about here; it is a score of 0."""


def compare_by_meaning(a: Text, b: Text, *, embedder: Embedder) -> Likeness:
    """`compare` that also finds the same news in another language, and rewordings that share few words."""
    one, other = read(a), read(b)
    first, second = embedder.embed([text_to_embed(one), text_to_embed(other)])
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
    if against and embedder is not None and _means_the_same(only_replaced(a, b, laid), embedder):
        against = ()
    if not has_content(a) or not has_content(b):
        against = (*against, "one text says nothing that can be compared")
    wanted = limit(a, b, laid)
    if closeness < wanted:
        against = (*against, f"the meaning is not close enough ({closeness:.3f}, wanted {wanted:.3f})")
    because = (f"close in meaning ({closeness:.3f})", *reasons_for(a, b, laid))
    score = round(min(1.0, max(0.0, (closeness - _NOTHING) / (1 - _NOTHING))), 4)
    return Likeness(score=score, same=not against, because_for=because, because_against=against)


def _means_the_same(replaced: Sequence[tuple[str, str]], embedder: Embedder) -> bool:
    """Whether each pair of what was replaced and what took its place is one in meaning; False for none."""
    vectors = embedder.embed([part for pair in replaced for part in pair]) if replaced else []
    close = [cosine(one, other) for one, other in zip(vectors[::2], vectors[1::2], strict=True)]
    return bool(close) and min(close) >= SYNONYM_FROM


def limit(a: Reading, b: Reading, laid: Wording) -> float:
    """The cosine from which the two seem to say the same."""
    if a.language == b.language:
        return REWORDED_FROM if lexical_score(a, b, laid) >= _MUCH_WORDING else SAME_FROM
    return TRANSLATED_FROM - _PER_FACT * min(common_evidence(a, b), _MOST_FACTS)


def least_limit(a: Reading, b: Reading) -> float:
    """Below this cosine no wording helps: a quick answer before the two are laid side by side."""
    return REWORDED_FROM if a.language == b.language else TRANSLATED_FROM - _PER_FACT * _MOST_FACTS
