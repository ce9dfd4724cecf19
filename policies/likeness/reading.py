"""One text read once: everything that comparing needs, so that an index compares a new text with many old ones."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise, takewhile

from policies.likeness.facts import read_facts
from policies.likeness.language import guessed_language
from policies.likeness.lookup import described, meaning_of
from policies.likeness.names import names_in
from policies.likeness.plain import LONGEST, lowered, readable, telling
from policies.likeness.sheet import Facts
from policies.likeness.stems import stem, stems_of
from policies.likeness.values import Text

_LONGEST_CLAUSE = 6
_NEAR_AGAIN = 2
_HAN_OPENING = ("营业", "开馆", "开始营业")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text taken apart.

    `stems` is the content in its order (characters for Chinese), `terms` what the score counts (stems, or pairs of
    characters), `notions` the signed sides of opposites (`open+`), `names` stems of what is written as a name,
    `reopens` whether something opens again,
    `written` a word as it stood for each stem, `is_cut` whether the text was too long to be read whole.
    """

    id: str
    language: str
    telling: str
    facts: Facts
    stems: tuple[str, ...]
    terms: frozenset[str]
    names: frozenset[str]
    notions: frozenset[str]
    notion_of: Mapping[str, str]
    reopens: bool
    written: Mapping[str, str]
    negations: int
    is_cut: bool


def read(text: Text) -> Reading:
    """Take a text apart. Never fails, whatever the text holds; what stands behind 20,000 characters is not read."""
    kept = telling(readable(text.body))
    language = text.language or guessed_language(kept)
    plain = _with_one_word_for_each(lowered(kept), language=language)
    facts, words = read_facts(plain, language=language)
    stems = stems_of(words, language=language)
    is_han = language == "zh"
    return Reading(
        id=text.id,
        language=language,
        telling=kept,
        facts=facts,
        stems=stems,
        is_cut=len(text.body) > LONGEST,
        terms=_han_terms(stems) if is_han else frozenset(stems),
        names=names_in(kept, language=language),
        notions=_han_notions(plain) if is_han else _notions(words, language=language),
        reopens=_reopens(plain) if is_han else _opens_again(words, language=language),
        notion_of={} if is_han else _notion_of_stems(words, language=language),
        written={} if is_han else {stem(word, language=language): word for word in words},
        negations=sum(map(plain.count, described("zh").negations)) if is_han else _negations(words, language=language),
    )


def _with_one_word_for_each(plain: str, *, language: str) -> str:
    """The text with one word for phrases that say the same, and in Chinese, which has no words that could be looked
    up, for all that may stand for each other."""
    if language == "zh":
        for word, canonical in described("zh").synonyms.items():
            plain = plain.replace(word, canonical)
        return plain
    one_word = described(language).one_word
    return _any_phrase(language).sub(lambda found: one_word[found.group()], plain) if one_word else plain


@cache
def _any_phrase(language: str) -> re.Pattern[str]:
    longest_first = sorted(described(language).one_word, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


def _han_terms(characters: tuple[str, ...]) -> frozenset[str]:
    """Characters and pairs of them: a pair is most often a word."""
    pairs = (one + two for one, two in pairwise(characters))
    return frozenset((*characters, *pairs))


def is_negation(word: str, *, language: str) -> bool:
    """Whether the word (a character in Chinese) denies."""
    return word in described(language).negations or (language == "en" and word.endswith("n't"))


def _negations(words: tuple[str, ...], *, language: str) -> int:
    return sum(is_negation(word, language=language) for word in words)


def _notions(words: tuple[str, ...], *, language: str) -> frozenset[str]:
    """Signed notions; one with a negation close before it counts as its opposite."""
    found = set()
    for at, word in enumerate(words):
        if notion := meaning_of(word, language=language, kind="opposites"):
            near = words[max(0, at - 2) : at] + _rest_of_clause(words, at, language=language)
            found.add(_turned(notion) if any(is_negation(w, language=language) for w in near) else notion)
    return frozenset(found)


def _opens_again(words: tuple[str, ...], *, language: str) -> bool:
    again = described(language).again
    return any(
        meaning_of(word, language=language, kind="opposites") == "open+"
        and not again.isdisjoint(words[max(0, at - _NEAR_AGAIN) : at + _NEAR_AGAIN + 1])
        for at, word in enumerate(words)
    )


def _reopens(plain: str) -> bool:
    zh = described("zh")
    opening = [word for word, notion in zh.opposites.items() if notion == "open+"]
    return any(one + other in plain for one in zh.again for other in (*opening, *_HAN_OPENING))


def _rest_of_clause(words: tuple[str, ...], at: int, *, language: str) -> tuple[str, ...]:
    """The words up to the next clause, where the language denies at its end: `wir öffnen im Juni nicht`."""
    ends = described(language).clauses_begin_with
    return tuple(takewhile(lambda word: word not in ends, words[at + 1 : at + 1 + _LONGEST_CLAUSE])) if ends else ()


def _notion_of_stems(words: tuple[str, ...], *, language: str) -> dict[str, str]:
    found = ((word, meaning_of(word, language=language, kind="opposites")) for word in words)
    return {stem(word, language=language): notion for word, notion in found if notion}


def _han_notions(plain: str) -> frozenset[str]:
    denied = described("zh").negations
    found = set()
    for word, notion in _han_opposites():
        at = plain.find(word)
        if at >= 0:
            found.add(_turned(notion) if any(c in denied for c in plain[max(0, at - 3) : at]) else notion)
    return frozenset(found)


@lru_cache(maxsize=1)
def _han_opposites() -> tuple[tuple[str, str], ...]:
    return tuple(described("zh").opposites.items())


def _turned(notion: str) -> str:
    return notion[:-1] + ("-" if notion[-1] == "+" else "+")
