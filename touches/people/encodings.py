"""Which encoding a file of text is in: by its mark, by its pattern of NULs, by being valid UTF-8, else Windows-1252."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from touches.errors import FileError, did_you_mean
from touches.people.opening import open_bytes

_BLOCK: Final = 1 << 20
_NO_UTF8: Final = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII: Final = re.compile("[^\x00-\x7f]")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES: Final = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
_KNOWN: Final = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "windows-1252", "iso-8859-1", "iso-8859-15", "mac-roman")


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How to read a file. `spoilt`: it has bytes that do not belong to the encoding, or NULs: look at every line."""

    codec: str
    spoilt: bool = False
    guessed: bool = False

    @property
    def name(self) -> str:
        """As people write it."""
        return _NAMES.get(self.codec, self.codec.upper())

    @property
    def errors(self) -> str:
        """What becomes of bytes that do not belong: a mark in the text by which the row is refused."""
        return "replace" if self.codec.startswith("utf-16") else "surrogateescape"


def encoding_of(file: Path, wanted: str = "") -> Encoding:
    """The encoding of `file`; `wanted` overrides what it looks like.

    Raises FileError for an encoding that does not exist or that we do not read.
    """
    if wanted:
        return Encoding(codec=_known(wanted), spoilt=True)
    with open_bytes(file) as opened:
        beginning = opened.read(4096)
    for mark, codec in _MARKS:
        if beginning.startswith(mark):
            if codec == "utf-32":
                raise FileError(f'"{file}" is in UTF-32, which nobody uses for lists.', hint="Save it as UTF-8.")
            return Encoding(codec=codec, spoilt=codec == "utf-16" or _spoilt(file))
    return _without_mark(file, beginning)


def _known(name: str) -> str:
    try:
        found = codecs.lookup(name.strip())
        "".encode(found.name)
    except (LookupError, ValueError):
        raise FileError(
            f'There is no encoding "{name}".{did_you_mean(name, _KNOWN)}', hint="The usual ones: utf-8, windows-1252."
        ) from None
    if found.name in {"idna", "punycode", "undefined", "utf-7"}:
        raise FileError(f'"{name}" is no encoding for a list.', hint="The usual ones: utf-8, windows-1252.")
    return found.name


def _without_mark(file: Path, beginning: bytes) -> Encoding:
    pairs = max(1, len(beginning) // 2)
    if beginning[1::2].count(0) > pairs * 0.4 and beginning[::2].count(0) < pairs * 0.1:
        return Encoding(codec="utf-16-le", spoilt=True, guessed=True)
    if beginning[::2].count(0) > pairs * 0.4 and beginning[1::2].count(0) < pairs * 0.1:
        return Encoding(codec="utf-16-be", spoilt=True, guessed=True)
    foreign, wrong, nulls = _bytes_beyond_ascii(file)
    if wrong and wrong >= foreign:
        return Encoding(codec="cp1252", spoilt=True, guessed=True)
    return Encoding(codec="utf-8", spoilt=bool(wrong or nulls))


def _spoilt(file: Path) -> bool:
    _, wrong, nulls = _bytes_beyond_ascii(file)
    return bool(wrong or nulls)


def _bytes_beyond_ascii(file: Path) -> tuple[int, int, int]:
    """Of the whole file read as UTF-8: characters beyond ASCII (only counted where some bytes are none), bytes
    that are no UTF-8, NULs. A megabyte at a time."""
    nulls = _count_nulls(file)
    try:
        for _ in _decoded(file, "strict"):
            pass
        return 0, 0, nulls
    except UnicodeDecodeError:
        foreign = wrong = 0
        for text in _decoded(file, "surrogateescape"):
            bad = len(_NO_UTF8.findall(text))
            wrong, foreign = wrong + bad, foreign + len(_BEYOND_ASCII.findall(text)) - bad
        return foreign, wrong, nulls


def _count_nulls(file: Path) -> int:
    with open_bytes(file) as opened:
        return sum(block.count(0) for block in iter(lambda: opened.read(_BLOCK), b""))


def _decoded(file: Path, errors: str) -> Iterator[str]:
    decode = codecs.getincrementaldecoder("utf-8")(errors).decode
    with open_bytes(file) as opened:
        while block := opened.read(_BLOCK):
            yield decode(block)
    yield decode(b"", final=True)
