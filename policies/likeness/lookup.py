"""A vocabulary made quick to ask: what is this word, in this language?"""

from collections.abc import Mapping
from functools import cache, lru_cache

from policies.likeness.words import Vocabulary, vocabulary
from policies.likeness.words.vocabulary import SYMBOLS

Table = tuple[Mapping[str, str], tuple[tuple[str, str], ...]]

_SHORTEST_SLIP = 4
_LONG = 6


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


@lru_cache(maxsize=50_000)
def misspelt(word: str, *, language: str, kind: str) -> str | None:
    """What the word would stand for but for a slip of the finger: two letters exchanged, one doubled, one out.

    None for a word that is near to nothing.
    """
    if len(word) < _SHORTEST_SLIP or word in described(language).common:
        return None
    if meaning_of(word, language=language, kind="synonyms"):
        return None
    whole, starts = _table(language, kind)
    for right, value in whole.items():
        if is_slip(word, right):
            return value
    return next((value for start, value in starts if _begins_with_slip(word, start)), None)


def is_slip(word: str, right: str) -> bool:
    """Whether `word` is `right`, mistyped. Short words differ by a letter from other real ones: less is let pass."""
    if len(right) <= _SHORTEST_SLIP or word[0] != right[0] or word == right:
        return False
    if len(word) == len(right):
        return any(word == right[:n] + right[n + 1] + right[n] + right[n + 2 :] for n in range(1, len(right) - 1))
    if len(word) == len(right) + 1:
        return any(word == right[:n] + right[n] + right[n:] for n in range(1, len(right)))
    doubled = (n for n in range(1, len(right)) if right[n] == right[n - 1] or len(right) >= _LONG)
    return len(word) == len(right) - 1 and any(word == right[:n] + right[n + 1 :] for n in doubled)


def _begins_with_slip(word: str, start: str) -> bool:
    return len(start) >= _LONG and any(is_slip(word[: len(start) + more], start) for more in (-1, 0, 1))


def unit_of(word: str, *, language: str) -> str | None:
    """The unit that a word or sign stands for, in the language or in all."""
    return SYMBOLS.get(word) or meaning_of(word, language=language, kind="units")


def described(language: str) -> Vocabulary:
    """The language's vocabulary."""
    return vocabulary(language)
