"""The keyed hash under which an address is suppressed, and how it follows a lead's name."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from touches.model.people import PointKind
from touches.store.units import Unit
from touches.tokens import Signer

_BETWEEN: Final = "\0"
_ASCII: Final = bytes(range(128))
_APART: Final = {char: " " for char in map(chr, range(1, 128)) if not (char.isalnum() or char == "_")}
_TABLE: Final = str.maketrans(_APART)
_FEW: Final = 100
_POSTAL: Final = PointKind.POSTAL.value
_SPOKEN_OF: Final = 2  # words of a name that say who somebody is
# What vCard calls honorific prefixes (RFC 6350, 6.2.2), in the languages of the pages. Left out are those that can be
# all that tells two people apart: Mrs and Mme may stand before a husband's name, Sr after a father's, M. is an initial.
_TITLES: Final = frozenset({"dr", "prof", "professor", "mr", "ms", "miss", "herr", "herrn", "frau", "herra", "rouva"})


def address_hash(signer: Signer, kind: str, address: str, name: str) -> str:
    """The hash of an address of the lead with this full name.

    A mailbox or a number is one whoever reads there. A street is a whole office's: post is closed for the person, by
    name and street however they are spelt; where nobody knows the name, by the street alone.
    """
    return signer.address_hash(kind, addressed(address, name) if kind == _POSTAL else address)


def addressed(address: str, name: str) -> str:
    """To whom post goes, as its hash takes it: the words of street, town and name in an order of their own."""
    return all_addressed([f"{address} {untitled(name)}"])[0]


def untitled(name: str) -> str:
    """A name without the titles before it, where two words are left: of a last name alone the title may say who."""
    words = name.split()
    while len(words) > _SPOKEN_OF and is_title(words[0]):
        del words[0]
    return " ".join(words)


def is_title(word: str) -> bool:
    """Whether it says no more than how somebody is addressed."""
    return word.rstrip(".").lower() in _TITLES


def all_addressed(texts: Sequence[str]) -> list[str]:
    """The same of addresses with names behind them. They are looked at as one text: a list has tens of thousands."""
    together = _BETWEEN.join(texts)
    if together.count(_BETWEEN) >= len(texts):
        together = _BETWEEN.join([text.replace(_BETWEEN, " ") for text in texts])
    words = together.lower().translate(_TABLE) if together.isascii() else _words(together)
    return [" ".join(sorted(each.split())) for each in words.split(_BETWEEN)]


def _words(text: str) -> str:
    """Letters without their accents, in one case, and spaces."""
    text = unicodedata.normalize("NFKD", text)
    text = _replaced(text, dict.fromkeys(filter(unicodedata.combining, _beyond_ascii(text)), "")).casefold()
    marks = [char for char in _beyond_ascii(text) if not char.isalnum()]
    return _replaced(_replaced(text, _APART), dict.fromkeys(marks, " "))


def _beyond_ascii(text: str) -> set[str]:
    """The characters in a text that are not ASCII."""
    return set(text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass"))


def _replaced(text: str, replacements: Mapping[str, str]) -> str:
    """Each character by what stands for it. A few are quicker replaced one after another."""
    if len(replacements) > _FEW:
        return text.translate({ord(char): other for char, other in replacements.items()})
    for char, other in replacements.items():
        text = text.replace(char, other)
    return text


def follow_names(unit: Unit, signer: Signer, lead_ids: Sequence[int]) -> None:
    """Leads have another name than before: what was closed at their streets stays closed under it. To be called
    wherever names change."""
    for lead in unit.leads.by_ids(lead_ids).values():
        for point in lead.points:
            hashed = address_hash(signer, point.kind, point.address, lead.full_name)
            if hashed != point.address_hash:
                unit.suppressions.copy(point.address_hash, hashed)
                unit.leads.update_point(point.id, address_hash=hashed)
