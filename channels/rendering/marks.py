"""Marks: single private-use characters that stand for a lead's value while the text around it is formatted.

A mark is an ordinary letter to Markdown, so that no value can ever become markup: values are escaped for the
place where their mark ended up and put in at the very end.
"""

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final
from urllib.parse import quote

from channels.errors import UnsendableError

LIMIT: Final = 0x3FFE  # marks in one text; each kind owns a quarter of plane 15
_PLANE: Final = 0xF0000
_QUARTER: Final = 0x4000
_MARK: Final = re.compile("[\U000f0000-\U000ffffd]")
_ENCODED: Final = re.compile(r"%F3%B[0-9A-F]%[89AB][0-9A-F]%[89AB][0-9A-F]", re.IGNORECASE)
_UNFIT: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff]")
_SAME: Final = re.compile(r"[A-Za-z0-9._-]*")  # what no percent-encoding changes
_LINK: Final = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)


class Place(IntEnum):
    """Where a value stands, which decides how it is escaped."""

    TEXT = 0  # between words
    URL_PART = 1  # inside a link after its scheme: percent-encoded
    URL = 2  # the beginning of a link: the value itself must be a link we allow
    ADDRESS_PART = 3  # inside mailto: or tel:, where @ and + have their own meaning


@dataclass(frozen=True, slots=True)
class Slot:
    """The `index`-th value goes here."""

    index: int
    place: Place


@dataclass(frozen=True, slots=True)
class Pattern:
    """Fixed texts with slots between them: always one text more than slots."""

    texts: tuple[str, ...]
    slots: tuple[Slot, ...]

    def fill(self, values: Sequence[str], *, markup: bool) -> str:
        """Join the values in; `markup` escapes them for HTML."""
        if not self.slots:
            return self.texts[0]
        parts = [self.texts[0]]
        for slot, text in zip(self.slots, self.texts[1:], strict=True):
            parts.append(escape_value(values[slot.index], slot.place, markup=markup))
            parts.append(text)
        return "".join(parts)


def mark(index: int) -> str:
    """The mark of the `index`-th value, as text."""
    return chr(_PLANE + index)


def has_mark(text: str) -> bool:
    """Whether a character of the reserved range occurs."""
    return _MARK.search(text) is not None


def shift(text: str, offset: int) -> str:
    """The same text with `offset` added to the index of each mark. Raises UnsendableError past the last mark."""
    if offset == 0:
        return text
    return _MARK.sub(lambda m: _shifted(m.group(), offset), text)


def unfit(text: str) -> bool:
    """Whether a text holds control characters (line ends and tabs aside), overrides or half characters."""
    return _UNFIT.search(text) is not None


def alike(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but the kind of their marks."""
    return _MARK.sub("\uf8ff", one) == _MARK.sub("\uf8ff", other)


def in_url(url: str) -> str:
    """The same link with its marks moved to the kind that their place in the link asks for."""
    url = _ENCODED.sub(_decoded, url)
    found = _MARK.search(url)
    if found is None:
        return url
    lower = url.lower()
    inner = Place.ADDRESS_PART if lower.startswith(("mailto:", "tel:")) else Place.URL_PART
    return _MARK.sub(lambda m: _moved(m.group(), Place.URL if m.start() == 0 else inner), url)


def split(text: str) -> Pattern:
    """Cut a formatted text at its marks."""
    slots = tuple(_slot(char) for char in _MARK.findall(text))
    return Pattern(tuple(_MARK.split(text)), slots)


def escape_value(value: str, place: Place, *, markup: bool) -> str:
    """One value made harmless for its place. Control characters and direction overrides disappear.

    Raises UnsendableError("unsafe link") where a value is to be a link and is not http, https, mailto or tel.
    """
    if _UNFIT.search(value):
        value = _UNFIT.sub("", value.replace("\r\n", "\n"))
    if place is not Place.TEXT and (place is Place.URL or not _SAME.fullmatch(value)):
        value = _IN_LINKS[place](value)
    return html.escape(value) if markup else value


def _link(value: str) -> str:
    value = value.strip()
    if not _LINK.match(value):
        raise UnsendableError("unsafe link", "a value used as a link must begin with https://, mailto: or tel:")
    if _TIDY.fullmatch(value):
        return value
    return quote(value, safe="%/:?#[]@!$&'()*+,;=~-._")


_TIDY: Final = re.compile(r"[A-Za-z0-9%/:?#\[\]@!$&'()*+,;=~._-]+")  # nothing to quote: as most links are
_IN_LINKS: Final[dict[Place, Callable[[str], str]]] = {
    Place.URL_PART: lambda value: quote(value, safe=""),
    Place.ADDRESS_PART: lambda value: quote(value, safe="@+"),
    Place.URL: _link,
}


def _decoded(found: re.Match[str]) -> str:
    return bytes.fromhex(found.group().replace("%", "")).decode("utf-8")


def _shifted(char: str, offset: int) -> str:
    slot = _slot(char)
    if slot.index + offset >= LIMIT:
        raise UnsendableError("text too long", f"more than {LIMIT} values in one message")
    return chr(_PLANE + slot.place * _QUARTER + slot.index + offset)


def _moved(char: str, place: Place) -> str:
    return chr(_PLANE + (ord(char) - _PLANE) % _QUARTER + place * _QUARTER)


def _slot(char: str) -> Slot:
    place, index = divmod(ord(char) - _PLANE, _QUARTER)
    return Slot(index, Place(place))
