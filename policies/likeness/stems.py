"""Words to stems, so that the bent forms of a word are one: the content of a text and the order it stands in."""

from functools import cache, lru_cache
from typing import Any

from policies.likeness.han import HAN_RUN
from policies.likeness.lookup import described, meaning_of
from policies.likeness.words.vocabulary import phrases

_SHORTEST_STEM = 3
_FILIPINO_STARTS = phrases(
    "ipinag|ipina|ipag|ipang|nakaka|makaka|napaka|pinaka|magpa|nagpa|pagpa|naka|maka|mag|nag|pag|ipa|ika|mai|nai|kina|pina|"
    "ma|na|pa|ka|i|um"
)
_FILIPINO_ENDS = phrases("han|hin|ang|ing|ong|an|in|ng")
_SHORTEST_FILIPINO_ROOT = 4


def stems_of(words: tuple[str, ...], *, language: str) -> tuple[str, ...]:
    """The stems of the words that carry something, in their order; for Chinese the characters."""
    if language == "zh":
        return tuple(part for word in words for part in _han_parts(word))
    common = described(language).common
    parts = (part for word in words for part in word.replace("'", " ").replace("-", " ").split())
    return tuple(stem(part, language=language) for part in parts if part not in common and len(part) > 1)


def _han_parts(word: str) -> list[str]:
    if HAN_RUN.match(word):
        return [character for character in word if character not in described("zh").common]
    return [word]


@lru_cache(maxsize=50_000)
def stem(word: str, *, language: str) -> str:
    """The stem of one lowered word, the same for words that may stand for each other; the word itself where nothing is
    known of its language."""
    return meaning_of(word, language=language, kind="synonyms") or root(word, language=language)


@lru_cache(maxsize=50_000)
def root(word: str, *, language: str) -> str:
    """The stem of one lowered word, apart from those that may stand for it."""
    if language in {"tl", "fil"}:
        return _filipino_stem(word)
    algorithm = described(language).stemmer
    if algorithm is None or len(word) <= _SHORTEST_STEM:
        return word
    stemmed: str = _stemmer(algorithm).stemWord(word)
    return stemmed if len(stemmed) >= _SHORTEST_STEM else word


@cache
def _stemmer(algorithm: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(algorithm)


def _filipino_stem(word: str) -> str:
    """One beginning and one ending off, a doubled first syllable and an infix taken out, as far as a root is left."""
    root = _without_end(word.replace("-", ""))
    for start in _FILIPINO_STARTS:
        if root.startswith(start) and len(root) - len(start) >= _SHORTEST_FILIPINO_ROOT:
            root = root[len(start) :]
            break
    if root[1:3] in {"in", "um"} and len(root) - 2 >= _SHORTEST_FILIPINO_ROOT:
        root = root[0] + root[3:]
    if len(root) - 2 >= _SHORTEST_FILIPINO_ROOT and root[:2] == root[2:4]:
        root = root[2:]
    return root


def _without_end(word: str) -> str:
    for end in _FILIPINO_ENDS:
        if word.endswith(end) and len(word) - len(end) >= _SHORTEST_FILIPINO_ROOT:
            return word[: -len(end)]
    return word
