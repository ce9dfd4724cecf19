"""Passwords as salted scrypt hashes (RFC 7914), which carry their own costs: they can be raised later."""

import base64
import hashlib
import hmac
import secrets
from typing import Final

LEAST: Final = 10  # characters
MOST: Final = 200
_COST, _BLOCK, _PARALLEL = 2**14, 8, 1  # 16 MB and about 50 ms
_MEMORY = 64 * 1024 * 1024


def why_not_password(password: str) -> str:
    """What is wrong with it, as a sentence; empty: it may be used."""
    if len(password) < LEAST:
        return f"The password has {len(password)} characters; take {LEAST} or more, a few words for instance."
    if len(password) > MOST:
        return f"The password has more than {MOST} characters."
    if len(set(password)) < 4:
        return "The password repeats so few characters that it is easily guessed."
    return ""


def hash_password(password: str) -> str:
    """`scrypt$N$r$p$salt$hash`."""
    salt = secrets.token_bytes(16)
    hashed = _scrypt(password, salt, _COST, _BLOCK, _PARALLEL)
    return "$".join(["scrypt", str(_COST), str(_BLOCK), str(_PARALLEL), _text(salt), _text(hashed)])


def is_password(password: str, stored: str) -> bool:
    """Whether it is the one that was hashed. Takes as long for a hash of nobody as for a real one."""
    name, _, rest = (stored or NOBODY).partition("$")
    if name != "scrypt" or len(password) > MOST:
        return False
    cost, block, parallel, salt, hashed = rest.split("$")
    found = _scrypt(password, base64.b64decode(salt), int(cost), int(block), int(parallel))
    return hmac.compare_digest(found, base64.b64decode(hashed)) and bool(stored)


def _scrypt(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    given = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(given, salt=salt, n=cost, r=block, p=parallel, maxmem=_MEMORY, dklen=32)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


NOBODY: Final = f"scrypt${_COST}${_BLOCK}${_PARALLEL}${_text(bytes(16))}${_text(bytes(32))}"
