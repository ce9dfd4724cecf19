"""Mailbox addresses: RFC 5321 limits, internationalised domains and mailboxes, and the form for a header."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from channels.errors import UnsendableError
from channels.mail.headers import LINE, phrase

_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN: Final = re.compile(r"(?=.{1,253}\Z)[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?"
                            r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*")  # fmt: skip
_PLAIN: Final = re.compile(r"[A-Za-z0-9]+(?:[.+_-][A-Za-z0-9]+)*@[a-z0-9]+(?:[.-][a-z0-9]+)*")


class Mailbox(NamedTuple):
    """A checked address. `smtputf8` says that only a server which offers SMTPUTF8 (RFC 6531) can take it."""

    address: str
    smtputf8: bool = False


def mailbox(text: str, *, field: str) -> Mailbox:
    """Check an address and bring its domain into the form that travels.

    Raises UnsendableError("bad address"): quoted local parts, comments and address literals are refused too.
    """
    if len(text) <= 64 and _PLAIN.fullmatch(text):
        return Mailbox(text)
    return _unusual(text, field)


def named(name: str, box: Mailbox, *, field: str) -> str:
    """`Name <address>` for a header, folded before the address where it is long."""
    if not name:
        return box.address
    shown = phrase(name, field=field)
    last = len(shown) - shown.rfind("\n") - 1 + (0 if "\n" in shown else len(field) + 2)
    fold = "\r\n " if last + len(box.address) + 3 > LINE else " "
    return f"{shown}{fold}<{box.address}>"


@lru_cache(maxsize=4096)
def _unusual(text: str, field: str) -> Mailbox:
    local, at, domain = text.rpartition("@")
    if not at or not local or not domain:
        raise _bad(field, "expected one @ between a name and a domain")
    if len(local.encode("utf-8", "replace")) > 64:
        raise _bad(field, "the part before @ is longer than 64 bytes")
    international = not local.isascii()
    if international:
        _check_international(local, field)
    elif not _LOCAL.fullmatch(local):
        raise _bad(field, "the part before @ has a character that no mailbox can have, or an extra dot or @")
    return Mailbox(address=f"{local}@{_domain(domain, field)}", smtputf8=international)


def _domain(domain: str, field: str) -> str:
    if not domain.isascii():
        import idna

        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except idna.IDNAError:
            raise _bad(field, "the international domain cannot be written in ASCII") from None
    if not _DOMAIN.fullmatch(domain):
        raise _bad(field, "the part after @ is no domain")
    return domain


def _check_international(local: str, field: str) -> None:
    """RFC 6531: a dot-atom whose atoms may hold any printing character beyond ASCII."""
    ascii_only = "".join(char if char.isascii() else "x" for char in local)
    if not _LOCAL.fullmatch(ascii_only) or not local.isprintable():
        raise _bad(field, "the part before @ has a character that no mailbox can have")


def _bad(field: str, detail: str) -> UnsendableError:
    return UnsendableError("bad address", f"{field}: {detail}")
