"""The keyed hash under which an address is suppressed, and how it follows a lead's name."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from touches.model.people import PointKind
from touches.store.units import Unit
from touches.tokens import Signer

_APART: Final = re.compile(r"\W+")
_APART_IN_ASCII: Final = {code: " " for code in range(128) if _APART.match(chr(code))}
_POSTAL: Final = PointKind.POSTAL.value


def address_hash(signer: Signer, kind: str, address: str, name: str) -> str:
    """The hash of an address of the lead with this full name.

    A mailbox or a number is one whoever reads there. A street is a whole office's: post is closed for the person, by
    name and street however they are spelt; where nobody knows the name, by the street alone.
    """
    return signer.address_hash(kind, addressed(address, name) if kind == _POSTAL else address)


def addressed(address: str, name: str) -> str:
    """To whom post goes, as its hash takes it: the words of street, town and name in an order of their own."""
    text = f"{address} {name}"
    if text.isascii():
        words = text.lower().translate(_APART_IN_ASCII)
    else:
        letters = [letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter)]
        words = _APART.sub(" ", "".join(letters).casefold())
    return " ".join(sorted(words.split()))


def follow_names(unit: Unit, signer: Signer, lead_ids: Sequence[int]) -> None:
    """Leads have another name than before: what was closed at their streets stays closed under it. To be called
    wherever names change."""
    for lead in unit.leads.by_ids(lead_ids).values():
        for point in lead.points:
            hashed = address_hash(signer, point.kind, point.address, lead.full_name)
            if hashed != point.address_hash:
                unit.suppressions.copy(point.address_hash, hashed)
                unit.leads.update_point(point.id, address_hash=hashed)
