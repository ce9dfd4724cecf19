"""What must be known of a language to compare two pieces of news: one module a language, no method."""

from policies.likeness.words.chinese import CHINESE
from policies.likeness.words.english import ENGLISH
from policies.likeness.words.filipino import FILIPINO
from policies.likeness.words.finnish import FINNISH
from policies.likeness.words.german import GERMAN
from policies.likeness.words.russian import RUSSIAN
from policies.likeness.words.vocabulary import Vocabulary

_NOTHING_KNOWN = Vocabulary(code="")
_BY_CODE = {
    "en": ENGLISH,
    "fi": FINNISH,
    "de": GERMAN,
    "zh": CHINESE,
    "tl": FILIPINO,
    "fil": FILIPINO,
    "ru": RUSSIAN,
}

KNOWN = (ENGLISH, FINNISH, GERMAN, CHINESE, FILIPINO, RUSSIAN)


def vocabulary(language: str) -> Vocabulary:
    """The vocabulary of a language tag (`fi`, `de-AT`, `fil`); an empty one for a language nobody described."""
    return _BY_CODE.get(language.casefold().replace("_", "-").split("-")[0], _NOTHING_KNOWN)


__all__ = ["KNOWN", "Vocabulary", "vocabulary"]
