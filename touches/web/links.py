"""The tokens in the addresses of public pages, as they come back from mail clients, scanners and gateways."""

import re
from typing import Final
from urllib.parse import unquote

from touches.tokens import Purpose, Signer

# A token, then nothing that could belong to it: clients append dots, brackets, "=3D", queries.
_TOKEN: Final = re.compile(r"[a-z][0-9a-f]{1,16}-[a-z2-7]{16}(?![a-z0-9])")


def number_in(path: str, purpose: Purpose, signer: Signer) -> int | None:
    """The number that a valid token of this purpose stands for, else None. Forgives what programs on the way do to
    addresses: quoting once more, upper case, trailing signs. The token itself must be whole."""
    if len(path) > 500:
        return None
    text = path
    for _ in range(3):
        text = unquote(text, errors="replace")
    found = _TOKEN.match(text.strip().strip("<\u200b\ufeff ").casefold())
    return signer.read(found[0], purpose) if found else None


def masked(address: str) -> str:
    """An address that its owner recognises and nobody else learns: `a…@c…r.test`, `+35…67`."""
    local, at, domain = address.rpartition("@")
    if at:
        name, dot, ending = domain.rpartition(".")
        return f"{local[:1]}…@{name[:1]}…{name[-1:] if len(name) > 2 else ''}{dot}{ending}"
    first = address.split("\n", 1)[0]
    return f"{first[:3]}…{first[-2:]}" if len(first) > 6 else "…"
