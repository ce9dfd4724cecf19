"""What no cell of a list may hold: control characters, line breaks where there are no lines, great length. Pure."""

import re
from collections.abc import Iterable, Sequence
from typing import Final
from unicodedata import is_normalized, normalize

FIELD_LIMIT: Final = 300  # characters; attributes may have as many as a cell
# C0, C1, line and paragraph separators, what turns the direction of text, surrogates, tags, no characters at all.
_REFUSED: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
_PRINTABLE: Final = bytes(range(0x20, 0x7F))
_BREAKS: Final = re.compile(r"[ \t]*[\r\n\t]+[ \t]*")
_WITH_BREAKS: Final = frozenset({"street"})


def tidied(cell: str) -> str:
    """Without the space and the byte order marks around it, each letter in its one form (NFC)."""
    return normalize("NFC", cell.strip().strip("\ufeff").strip())


def look_closely(
    cells: list[str], fields: Iterable[tuple[str, int]], attributes: Iterable[tuple[str, int]], problems: list[str]
) -> None:
    """Bring line breaks into shape where they may be, in place, and complain of everything that may not be."""
    for name, at in attributes:
        cells[at] = _BREAKS.sub(" ", cells[at])
        _refuse_controls(name, cells[at], problems)
    for name, at in fields:
        text = cells[at]
        if name in _WITH_BREAKS:
            text = cells[at] = _BREAKS.sub("\n", text)
            text = text.replace("\n", " ")
        _refuse_controls(name, text, problems)
        if len(text) > FIELD_LIMIT:
            problems.append(f'{name} "{text[:40]}…" is longer than {FIELD_LIMIT} characters')


def _refuse_controls(name: str, text: str, problems: list[str]) -> None:
    found = _REFUSED.search(text)
    if found is None:
        return
    code = ord(found[0])
    kind = "a line break" if found[0] in "\r\n\x85\u2028\u2029" else "a control character"
    readable = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text[:40])
    problems.append(f'{name} "{readable}" has {kind} (U+{code:04X}) in it')


def looked_at(column: Sequence[str]) -> tuple[Sequence[str], bool]:
    """The cells without the space around them, and whether all are plain. They are looked at as one text, since most
    columns are plain throughout; a bar combines with no letter that might follow it."""
    text = "|".join(column)
    ascii_alone = text.isascii()
    visible = not text.encode().translate(None, _PRINTABLE) if ascii_alone else text.isprintable()
    if not visible or (" " in text and ("| " in text or " |" in text or text[0] == " " or text[-1] == " ")):
        return list(map(str.strip, column)), False
    plain = ascii_alone or is_normalized("NFC", text)
    return column, plain and (len(text) <= FIELD_LIMIT or max(map(len, column)) <= FIELD_LIMIT)


def is_plain(cell: str) -> bool:
    """Whether nothing in a cell must be looked at closely: controls, other forms of a letter, great length."""
    return len(cell) <= FIELD_LIMIT and cell.isprintable() and is_normalized("NFC", cell) and "\ufeff" not in cell
