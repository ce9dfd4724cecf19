"""Mailbox addresses of leads: RFC 5321 sizes, RFC 6531 local parts, domains as lower-case A-labels. Pure."""

import re
from functools import lru_cache
from typing import Final

_PLAIN: Final = re.compile(r"[a-z0-9][a-z0-9_+-]*(?:\.[a-z0-9_+-]+)*@([a-z0-9.-]+)")
_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL: Final = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


class BadMailbox(ValueError):
    """No address that mail can go to; the text says why, as the end of a sentence that begins with the address."""


def mailbox_of(text: str) -> str:
    """The address in lower case, its domain in ASCII. Raises BadMailbox.

    RFC 5321 2.4 lets a server tell `Anna` from `anna`; none in use does, and an opt-out must hold for both spellings.
    """
    lowered = text.lower()
    found = _PLAIN.fullmatch(lowered)
    if found and found.end(0) <= 254 and found.start(1) <= 65:
        _domain(found[1])
        return lowered
    return _unusual(lowered)


@lru_cache(maxsize=4096)
def _unusual(text: str) -> str:
    local, at, domain = text.rpartition("@")
    if not at or not local or not domain:
        raise BadMailbox("is no address: expected one @ between a name and a domain")
    if "@" in local or any(mark in text for mark in ' ,;<>()[]"\\:'):
        raise BadMailbox("is no single plain address: expected one like name@example.com")
    if len(local.encode("utf-8", "replace")) > 64:
        raise BadMailbox("has more than 64 bytes before the @")
    if not _LOCAL.fullmatch("".join(char if char.isascii() else "x" for char in local)) or not local.isprintable():
        raise BadMailbox("has a character or a dot before the @ that no mailbox can have")
    whole = f"{local}@{_domain(domain)}"
    if len(whole.encode("utf-8", "replace")) > 254:
        raise BadMailbox("is longer than 254 bytes")
    return whole


@lru_cache(maxsize=65_536)
def _domain(text: str) -> str:
    domain = text.lower() if text.isascii() else _in_ascii(text)
    labels = domain.split(".")
    if len(domain) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise BadMailbox(f'has no valid domain ("{text[:80]}")')
    if len(labels) < 2:
        raise BadMailbox(f'has a domain without a dot ("{text[:80]}")')
    if labels[-1].isdigit():
        raise BadMailbox("goes to an IP address, not to a domain")
    return domain


def _in_ascii(domain: str) -> str:
    import idna

    try:
        return idna.encode(domain, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        raise BadMailbox(f'has a domain that cannot be written in ASCII ("{domain[:80]}")') from None
