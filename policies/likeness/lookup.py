"""A vocabulary made quick to ask: what is this word, in this language?"""

from collections.abc import Mapping
from functools import cache, lru_cache

from policies.likeness.words import Vocabulary, vocabulary
from policies.likeness.words.vocabulary import SYMBOLS

Table = tuple[Mapping[str, str], tuple[tuple[str, str], ...]]


@cache
def _table(language: str, kind: str) -> Table:
    """Whole words, and beginnings with the longest first."""
    entries: Mapping[str, str] = getattr(vocabulary(language), kind)
    whole = {word: value for word, value in entries.items() if not word.endswith("*")}
    starts = ((word[:-1], value) for word, value in entries.items() if word.endswith("*"))
    return whole, tuple(sorted(starts, key=lambda entry: -len(entry[0])))


@lru_cache(maxsize=50_000)
def meaning_of(word: str, *, language: str, kind: str) -> str | None:
    """What `word` stands for in the language's table `kind` (`months`, `units`, …); None if it is not in it."""
    whole, starts = _table(language, kind)
    if word in whole:
        return whole[word]
    return next((value for start, value in starts if word.startswith(start)), None)


def unit_of(word: str, *, language: str) -> str | None:
    """The unit that a word or sign stands for, in the language or in all."""
    return SYMBOLS.get(word) or meaning_of(word, language=language, kind="units")


def described(language: str) -> Vocabulary:
    """The language's vocabulary."""
    return vocabulary(language)
