"""The fonts of letters: only the two packages that are installed with the product, never the machine's."""

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import BinaryIO

_UNICODE = {(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)}  # platform and encoding of subtables by code point


@cache
def font_files() -> tuple[Path, ...]:
    """Latin, Greek, Cyrillic and Devanagari upright and slanted, then Chinese, Japanese and Korean."""
    import fontpkg_noto_sans
    import noto_cjk_sans_jp_regular

    latin = sorted(Path(fontpkg_noto_sans.ROOT).rglob("*.ttf"))
    return (*latin, Path(noto_cjk_sans_jp_regular.FONT_PATH))


@cache
def characters() -> frozenset[int]:
    """Every code point that one of the upright fonts has a glyph for."""
    upright = [path for path in font_files() if "Italic" not in path.name]
    return frozenset(point for path in upright for point in _mapped(path))


def _mapped(path: Path) -> Iterator[int]:
    """The code points of the font's `cmap` (OpenType 1.9.1, formats 12 and 4)."""
    with path.open("rb") as font:
        start = _table(font, b"cmap")
        for offset in _unicode_subtables(font, start):
            yield from _subtable(font, start + offset)


def _read(font: BinaryIO, at: int, layout: str) -> tuple[int, ...]:
    font.seek(at)
    return struct.unpack(layout, font.read(struct.calcsize(layout)))


def _table(font: BinaryIO, tag: bytes) -> int:
    (tables,) = _read(font, 4, ">H")
    for index in range(tables):
        font.seek(12 + 16 * index)
        if font.read(4) == tag:
            return _read(font, 12 + 16 * index + 8, ">I")[0]
    raise ValueError(f"{font.name}: no {tag.decode()} table, expected an OpenType font")


def _unicode_subtables(font: BinaryIO, start: int) -> list[int]:
    _, count = _read(font, start, ">HH")
    records = [_read(font, start + 4 + 8 * index, ">HHI") for index in range(count)]
    return sorted({offset for platform, encoding, offset in records if (platform, encoding) in _UNICODE})


def _subtable(font: BinaryIO, at: int) -> Iterator[int]:
    (kind,) = _read(font, at, ">H")
    if kind == 12:
        (groups,) = _read(font, at + 12, ">I")
        flat = _read(font, at + 16, f">{3 * groups}I")
        for first, last in zip(flat[::3], flat[1::3], strict=True):
            yield from range(first, last + 1)
    elif kind == 4:
        yield from _segments(font, at)


def _segments(font: BinaryIO, at: int) -> Iterator[int]:
    (doubled,) = _read(font, at + 6, ">H")
    count = doubled // 2
    ends = _read(font, at + 14, f">{count}H")
    starts = _read(font, at + 16 + doubled, f">{count}H")
    for first, last in zip(starts, ends, strict=True):
        if first != 0xFFFF:
            yield from range(first, last + 1)
