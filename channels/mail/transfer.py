"""Transfer encodings of text parts: quoted-printable with ready-made constants, base64 where shorter."""

import re
from binascii import b2a_base64, b2a_qp
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Final, Protocol

from channels.rendering.marks import Pattern, Place, escape_value

_SOFT: Final = b"=\r\n"
_PLACES: Final = tuple(Place)
_FIRST_DOT: Final = re.compile(rb"^\.(?=([^\r\n]{74})?)", re.MULTILINE)  # and whether the line has no room for a code
_OPAQUE: Final = re.compile(rb"\r(?!\n)|\n\.|(?<!\r)\n")
_MOST: Final = 75  # columns of a quoted-printable line that a soft break may still follow, RFC 2045 section 6.7


class Part(Protocol):
    """A text part whose constant share is encoded once."""

    @property
    def encoding(self) -> str:
        """The value of Content-Transfer-Encoding."""

    @property
    def transparent(self) -> bool:
        """Whether the constant share has CRLF line ends alone and no line that begins with a dot."""

    def write(self, values: Sequence[str], out: list[bytes]) -> bool:
        """Append the encoded content, its values joined in, and a line end; whether the values are transparent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedPart:
    """Constant texts ready in quoted-printable; each value stands between two soft line breaks."""

    texts: tuple[bytes, ...]
    values: tuple[tuple[int, int], ...]  # index and place of each value, once however often it stands in the text
    order: Callable[[tuple[bytes, ...]], tuple[bytes, ...]]  # from texts and values to the content
    markup: bool
    transparent: bool
    encoding: str = "quoted-printable"

    def write(self, values: Sequence[str], out: list[bytes]) -> bool:
        markup = self.markup
        coded = [quoted_value(values[at], place, markup) for at, place in self.values]
        out.extend(self.order((*self.texts, *coded)))
        each = b"\t".join([b"", *coded])  # of one line, and it stands at the beginning of one
        return b"\n" not in each and b"\r" not in each and b"\t." not in each


@dataclass(frozen=True, slots=True, kw_only=True)
class Base64Part:
    """Whole text encoded for each lead: for scripts that quoted-printable makes three times as long."""

    pattern: Pattern
    markup: bool
    transparent: bool = True
    encoding: str = "base64"

    def write(self, values: Sequence[str], out: list[bytes]) -> bool:
        text = self.pattern.fill(values, markup=self.markup)
        coded = b2a_base64(text.replace("\n", "\r\n").encode("utf-8"), newline=False)
        out.append(b"\r\n".join([coded[start : start + 76] for start in range(0, len(coded), 76)]))
        out.append(b"\r\n")
        return True


def part(pattern: Pattern, *, markup: bool) -> Part:
    """The shorter encoding for the constant texts. The text ends with exactly one line end."""
    pattern = Pattern((*pattern.texts[:-1], pattern.texts[-1].rstrip("\n") + "\n"), pattern.slots)
    quoted = tuple(_quoted_text(text) for text in pattern.texts)
    plain = sum(len(text.encode("utf-8")) for text in pattern.texts)
    if sum(map(len, quoted)) > plain * 4 / 3 * 78 / 76:
        return Base64Part(pattern=pattern, markup=markup)
    texts = [text if index == 0 else _SOFT + text for index, text in enumerate(quoted)]
    texts = [_before_slot(text) for text in texts[:-1]] + texts[-1:]
    slots = [(slot.index, int(slot.place)) for slot in pattern.slots]
    values = tuple(dict.fromkeys(slots))
    places = [0]
    for number, slot in enumerate(slots, start=1):
        places += (len(texts) + values.index(slot), number)
    order = itemgetter(*places) if slots else tuple
    transparent = not any(text.startswith(b".") or _OPAQUE.search(text) for text in texts)
    return QuotedPart(texts=tuple(texts), values=values, order=order, markup=markup, transparent=transparent)


@lru_cache(maxsize=4096)
def quoted_value(value: str, place: int, markup: bool) -> bytes:
    """A value escaped for its place and encoded; no line of it is longer than a soft break allows.

    The caches are for the values that one mail holds several times and for those that many leads share.
    """
    return _coded(escape_value(value, _PLACES[place], markup=markup))


@lru_cache(maxsize=4096)
def _coded(text: str) -> bytes:
    return _shortened(_quoted_text(text))


def _quoted_text(text: str) -> bytes:
    coded = b2a_qp(text.encode("utf-8"), istext=True).replace(b"\n", b"\r\n")
    return _FIRST_DOT.sub(_dot_in_code, coded) if b"\n." in coded or coded.startswith(b".") else coded


def _dot_in_code(found: re.Match[bytes]) -> bytes:
    """A line that begins with a dot needs no stuffing on its way, and no server takes it for the end."""
    return b"=2E=\r\n" if found[1] else b"=2E"


def _before_slot(text: bytes) -> bytes:
    """A soft break behind the text, unless the line has only just begun."""
    text = _shortened(text)
    return text if not text or text.endswith(b"\n") else text + _SOFT


def _shortened(text: bytes) -> bytes:
    """Break the last line where a soft break behind it would make it too long."""
    if len(text) - text.rfind(b"\n") - 1 <= _MOST:
        return text
    cut = -3 if text[-3:-2] == b"=" else -1
    return text[:cut] + _SOFT + text[cut:]
