"""Signed, purpose-bound tokens for addresses, links and message ids: short, lower case, safe in every header."""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_NUMBER = re.compile(r"0|[1-9a-f][0-9a-f]{0,15}")  # one spelling of each number
SIGNATURE_BYTES = 10  # 80 bits: a guess a second for a lifetime finds nothing


class Purpose(StrEnum):
    """What a token may be used for; one made for a purpose is refused for every other."""

    TOUCH = "t"  # Message-ID, envelope sender, Reply-To
    UNSUBSCRIBE = "u"
    PREFERENCES = "p"
    BROWSER = "b"
    COMPLAINT = "c"
    REPORT = "d"  # a provider's delivery report


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A verified token. `touch_id` or `lead_id`, by the purpose."""

    purpose: Purpose
    number: int


class Signer:
    """Makes and reads tokens. Older keys keep verifying, so that an opt-out link never expires."""

    def __init__(self, key: bytes, *, retired: tuple[bytes, ...] = ()) -> None:
        self._keyed = tuple(_Keyed(each) for each in (key, *retired))

    def token(self, purpose: Purpose, number: int) -> str:
        """`purpose`, the number in hexadecimal digits, and a signature in base 32, all in lower case."""
        return purpose + f"{number:x}-" + _spelt(_signature(self._keyed[0], purpose, number))

    def read(self, text: str, purpose: Purpose) -> int | None:
        """The number of a valid token of this purpose, else None. Case and junk that mail clients add are forgiven."""
        cleaned = text.strip().strip("<>.,;)=").casefold()
        if len(cleaned) > 64 or not cleaned.startswith(purpose):
            return None
        body, _, signature = cleaned[1:].partition("-")
        given = _unbase32(signature)
        if not _NUMBER.fullmatch(body) or given is None or len(given) != SIGNATURE_BYTES:
            return None
        number = int(body, 16)
        good = [hmac.compare_digest(_signature(keyed, purpose, number), given) for keyed in self._keyed]
        return number if any(good) else None

    def address_hash(self, kind: str, address: str) -> str:
        """The keyed hash under which an address is suppressed; survives erasure, tells nothing without the key."""
        return self._keyed[-1].digest(f"address:{kind}:{address}").hex()[:32]

    def address_hashes(self, kind: str, addresses: Iterable[str]) -> list[str]:
        """`address_hash` of each; an empty address has an empty one."""
        return self._keyed[-1].hex_digests(f"address:{kind}:", addresses, length=32)

    def digest(self, subject: str, text: str) -> str:
        """A keyed digest of a text, the same for ever: proof for whoever has the key, nothing for others."""
        return self._keyed[-1].digest(f"{subject}:{text}").hex()[:32]


_INNER, _OUTER = (bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C))


class _Keyed:
    """HMAC-SHA256 (RFC 2104) with the key taken in: three are made for each lead of an import and each mail, and the
    library takes the key in anew at each call."""

    def __init__(self, key: bytes) -> None:
        padded = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
        self._inner, self._outer = hashlib.sha256(padded.translate(_INNER)), hashlib.sha256(padded.translate(_OUTER))

    def digest(self, text: str) -> bytes:
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(text.encode())
        outer.update(inner.digest())
        return outer.digest()

    def hex_digests(self, start: str, texts: Iterable[str], *, length: int) -> list[str]:
        """The first digits of the digest of `start` and each text; of an empty text an empty one."""
        begun = self._inner.copy()
        begun.update(start.encode())
        inner_copy, outer_copy = begun.copy, self._outer.copy
        found = []
        for text in texts:
            if not text:
                found.append("")
                continue
            inner, outer = inner_copy(), outer_copy()
            inner.update(text.encode())
            outer.update(inner.digest())
            found.append(outer.hexdigest()[:length])
        return found


def _signature(keyed: _Keyed, purpose: Purpose, number: int) -> bytes:
    return keyed.digest(purpose + ":" + str(number))[:SIGNATURE_BYTES]


_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = tuple(first + second for first in _ALPHABET for second in _ALPHABET)


def _spelt(signature: bytes) -> str:
    """A signature in base 32 (RFC 4648, lower case): its 80 bits ten at a time, for three are made for each mail."""
    bits, pairs = int.from_bytes(signature, "big"), _PAIRS
    first = pairs[bits >> 70] + pairs[bits >> 60 & 1023] + pairs[bits >> 50 & 1023] + pairs[bits >> 40 & 1023]
    return first + pairs[bits >> 30 & 1023] + pairs[bits >> 20 & 1023] + pairs[bits >> 10 & 1023] + pairs[bits & 1023]


def _unbase32(text: str) -> bytes | None:
    try:
        return base64.b32decode(text.upper() + "=" * (-len(text) % 8))
    except ValueError:
        return None
