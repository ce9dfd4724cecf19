"""Sentences read in further languages, one language after the other: what each of their words does in a request to be
left out. `wishes` says which words together make one."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from channels.inbound.wish_words import EUROPEAN
from channels.inbound.wish_words_beyond import BEYOND_EUROPE

_EVERYWHERE = {
    "mail": r"E?MAILS?|NEWSLETTERS?|SPAM|SMS|MARKETING|MAILING",
    "stop": r"STOP",
    "list": r"NEWSLETTERS?|MAILING",
    "filler": r"OK|HI|HELLO|PLEASE|THANKS|NOW",
}
_JOINED = (  # words that only mean it together
    (re.compile(r"\bE (?=(?:MAIL|POST|KIRJ|PAST|LAISK|MEL))"), "E"),
    (re.compile(r"\bABONELIKTEN (?=CIK)"), "ABONELIKTEN"), (re.compile(r"\bHUY ĐANG KY\b"), "HUYĐANGKY"),
    (re.compile(r"\bHUY DANG KY\b"), "HUYĐANGKY"), (re.compile(r"\bDANH SACH\b"), "DANHSACH"),
    (re.compile(r"\bQUANG CAO\b"), "QUANGCAO"), (re.compile(r"\bBERHENTI (?:BER)?LANGGANAN\b"), "BERHENTILANGGANAN"),
    (re.compile(r"\bالغاء (?:ال)?اشتراكي?\b"), "الغاءالاشتراك"),
)  # fmt: skip
_SERBIAN = {
    **dict(zip("АБВГДЕЖЗИЈКЛМНОПРСТЋУФХЦЧШ", "ABVGDEZZIJKLMNOPRSTCUFHCCS", strict=True)),
    "Ђ": "DJ", "Љ": "LJ", "Њ": "NJ", "Џ": "DZ",
}  # fmt: skip
_TO_LATIN = str.maketrans(_SERBIAN)
_WORDS = tuple(
    tuple((kind, re.compile(f"{words}|{_EVERYWHERE.get(kind, '(?!)')}")) for kind, words in vocabulary.items())
    for vocabulary in (EUROPEAN | BEYOND_EUROPE).values()
)


def readings(said: str) -> Iterator[tuple[list[str], Callable[[str], frozenset[str]]]]:
    """The words of a normalised sentence, and in each language what every one of them does there; also as Serbian that
    was written in Cyrillic."""
    for pattern, one in _JOINED:
        said = pattern.sub(one, said)
    for spelt in dict.fromkeys((said, said.translate(_TO_LATIN))):
        for language in _WORDS:
            yield spelt.split(), partial(_means, language)


def _means(language: tuple[tuple[str, re.Pattern[str]], ...], word: str) -> frozenset[str]:
    return frozenset(kind for kind, words in language if words.fullmatch(word))
