"""Sentences read in further languages, one language after the other: what each of their words does in a request to be
left out. `wishes` says which words together make one."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from channels.inbound.wish_words import EUROPEAN
from channels.inbound.wish_words_beyond import BEYOND_EUROPE
from channels.inbound.wish_words_everyday import EVERYDAY

_EVERYWHERE = {
    "mail": r"E?MAILS?|NEWSLETTERS?|SPAM|SMS|MARKETING|MAILING",
    "stop": r"STOP",
    "list": r"NEWSLETTERS?|MAILING",
    "filler": r"OK|HI|HELLO|PLEASE|THANKS|NOW",
}
_JOINED = (  # words that only mean it together; a plain "not" tells, with "want" or "please" it asks
    (re.compile(r"\bΔΕΝ (?=(?:\w+ )?(?:ΕΠΙΘΥΜ|ΘΕΛ|ΕΝΔΙΑΦΕΡ))"), "ΜΗΝ "),
    (re.compile(r"\bEI (?=(?:SOOVI|TAHA)\w*)"), "ARGE "),
    (re.compile(r"\b(?:TIDAK|TAK) (?=(?:LAGI )?(?:MAU|INGIN|BERMINAT|TERTARIK|PERLU)\b)"), "JANGAN "),
    (re.compile(r"\bKHONG (?=(?:CON )?MUON\b)"), "ĐUNG "),
    (re.compile(r"\b(ДА(?: НЕ| МИ| НИ){1,3} (?:ИЗ)?ПРАЩА)ТЕ\b"), r"\1ИТЕ"),
    (re.compile(r"\bE (?=(?:MAIL|POST|KIRJ|PAST|LAISK|MEL))"), "E"),
    (re.compile(r"\b(?:DEJ(?:A|E|EN|AD|AR)|PARA|PAREN?|BASTA(?: YA)?|CHEGA) (?:YA )?DE\b|\bPAR[AE]M? COM\b"), "STOP"),
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
    for vocabulary in (*EUROPEAN.values(), *BEYOND_EUROPE.values(), *EVERYDAY.values())
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
