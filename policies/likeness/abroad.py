"""Names in two languages: written in other letters, and places that each language calls otherwise."""

from functools import lru_cache

from policies.likeness.reading import Reading
from policies.likeness.wording import is_close
from policies.likeness.words.places import PLACES

_LETTERS = {
    **dict(zip("абвгдезийклмнопрстуфхцчшщыэу", "abvgdeziiklmnoprstufhccssieu", strict=True)),
    **dict(zip("жюяwyjéäöüåßq", "zuaviieaouask", strict=True)),
    **dict.fromkeys("ъь", ""),
}
_SPELLED = str.maketrans(_LETTERS)
_SOUNDS = {
    "tsch": "c",
    "sch": "s",
    "kh": "h",
    "ch": "c",
    "sh": "s",
    "zh": "z",
    "ts": "c",
    "ck": "k",
    "ph": "f",
    "th": "t",
}
_SHORTEST = 4


def missing_abroad(a: Reading, b: Reading) -> tuple[set[str], set[str]]:
    """The names of each text that the other, in another language, does not mention in its own way."""
    return _missing(a, b), _missing(b, a)


def _missing(one: Reading, other: Reading) -> set[str]:
    words = {romanised(word) for word in (*other.written.values(), *other.terms)}
    places = {place for word in (*other.written.values(), *other.terms) if (place := place_of(word))}
    return {name for name in one.names if not _is_there(one.written.get(name, name), words, places)}


def _is_there(name: str, words: set[str], places: set[str]) -> bool:
    if place := place_of(name):
        return place in places
    parts = [romanised(part) for part in name.split("-") if len(part) >= _SHORTEST or "-" not in name]
    return any(
        part == word or is_close(part, word) or (len(part) >= _SHORTEST and word.startswith(part[:-1]))
        for part in parts
        for word in words
    )


@lru_cache(maxsize=10_000)
def romanised(word: str) -> str:
    """The word in Latin letters, spelled so that what sounds alike looks alike: `волкова`, `Wolkowa`, `Volkova`."""
    for sound, letter in _SOUNDS.items():
        word = word.replace(sound, letter)
    return word.translate(_SPELLED)


@lru_cache(maxsize=10_000)
def place_of(word: str) -> str | None:
    """The English name of the place or country that the word names in any of the languages."""
    return next((group[0] for group in PLACES if word.startswith(group)), None)
