"""How many SMS a text takes and why: GSM 03.38 septets or UTF-16 units, by 3GPP TS 23.038 and 23.040."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

import gsm0338

# What word processors put where a keyboard has a plain sign. One of them turns a whole SMS from 160 to 70 a
# part.
_STRAIGHT = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"',
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "‹": "'", "›": "'", "´": "'", "`": "'",
        "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "−": "-",
        "…": "...", "•": "-",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": "", "\u2060": "", "\u00ad": "",
    }
)  # fmt: skip


class Encoding(StrEnum):
    """The alphabet of a message; the value is what our documents and JSON call it."""

    GSM7 = "gsm7"
    UCS2 = "ucs2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """`parts` messages that arrive as one; `left` units (septets or UTF-16 units) are free in the last.

    `offenders` are the characters that force UCS-2, in order of appearance, each once.
    """

    encoding: Encoding
    parts: int
    left: int
    offenders: tuple[str, ...] = ()


def segments(text: str) -> Segments:
    """Count as an operator does: 160 or 70 alone, 153 or 67 in each part of several; nothing is split inside
    a character (escaped septets, surrogate pairs). An empty text takes one part."""
    offenders = tuple(dict.fromkeys(char for char in text if not _septets(char)))
    if offenders:
        return _counted([_utf16_units(char) for char in text], Encoding.UCS2, offenders)
    return _counted([_septets(char) for char in text], Encoding.GSM7, ())


def straightened(text: str) -> str:
    """The text with plain quotes, dashes, dots and spaces, if that alone makes it GSM-7; else unchanged (but
    composed, NFC, since a combining accent is never GSM-7)."""
    composed = unicodedata.normalize("NFC", text)
    plain = composed.translate(_STRAIGHT)
    return plain if all(_septets(char) for char in plain) else composed


def _counted(sizes: list[int], encoding: Encoding, offenders: tuple[str, ...]) -> Segments:
    alone, joined = (160, 153) if encoding is Encoding.GSM7 else (70, 67)
    total = sum(sizes)
    if total <= alone:
        return Segments(encoding=encoding, parts=1, left=alone - total, offenders=offenders)
    parts, used = 1, 0
    for size in sizes:
        if used + size > joined:
            parts, used = parts + 1, 0
        used += size
    return Segments(encoding=encoding, parts=parts, left=joined - used, offenders=offenders)


@lru_cache(maxsize=4096)
def _septets(char: str) -> int:
    """0: not in the alphabet; 2: behind an escape. The escape itself is no character of a text."""
    if char == "\x1b":
        return 0
    return len(_codec().encode(char, "ignore")[0])


@cache
def _codec() -> gsm0338.Codec:
    return gsm0338.Codec()


def _utf16_units(char: str) -> int:
    return 2 if ord(char) > 0xFFFF else 1
