"""Which column of a list is which field of a lead. Pure."""

import keyword
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from touches.errors import FileError, near_words, quoted_list
from touches.people.header_words import folded, second_best, spellings

IDENTIFYING: Final = ("external_id", "email", "email_2", "email_3", "phone", "mobile", "phone_2", "phone_3")
_REFUSED_FILE: Final = ("line", "reason")  # the first columns of the file of refused rows, imported again


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """`fields` and `attributes` say at which position (from 0) a value stands; `width` counts the columns."""

    fields: Mapping[str, int]
    attributes: Mapping[str, int]
    width: int


def columns_of(header: Sequence[str], *, file: str) -> Columns:
    """Map the names of a list's columns. Raises FileError when two mean the same or none tells who it is about."""
    cleaned = [_cleaned(name) for name in header]
    fields = _fields(cleaned, file)
    taken = set(fields.values())
    attributes: dict[str, int] = {}
    for position, name in enumerate(cleaned):
        if position in taken or _is_of_refused_file(cleaned, position):
            continue
        safe = attribute_name(name) or f"column_{position + 1}"
        if safe in attributes:
            raise _twice(file, header, attributes[safe], position, f'the attribute "{safe}"')
        attributes[safe] = position
    if not any(name in fields for name in IDENTIFYING):
        raise _nobody(file, header)
    return Columns(fields=fields, attributes=attributes, width=len(header))


def _cleaned(name: str) -> str:
    return unicodedata.normalize("NFC", name.replace("\ufeff", "")).strip()


def _fields(header: Sequence[str], file: str) -> dict[str, int]:
    fields: dict[str, int] = {}
    for position, name in enumerate(header):
        field = spellings().get(folded(name)) if name else None
        if field is None:
            continue
        if field in fields:
            raise _twice(file, header, fields[field], position, f'the field "{field}"')
        fields[field] = position
    for position, name in enumerate(header):
        second = second_best().get(folded(name)) if name else None
        if second is not None and second not in fields:
            fields[second] = position
    return fields


def _is_of_refused_file(header: Sequence[str], position: int) -> bool:
    return position < 2 and tuple(name.casefold() for name in header[:2]) == _REFUSED_FILE


def attribute_name(header: str) -> str:
    """A name by which templates and rules can use a column: letters, digits and underscores; may be empty."""
    words = re.sub(r"\W+", "_", header.casefold()).strip("_")[:60]
    if words and not words.isidentifier():
        words = f"n{words}"
    return f"{words}_" if keyword.iskeyword(words) else words


def _twice(file: str, header: Sequence[str], first: int, second: int, meaning: str) -> FileError:
    return FileError(
        f'In "{file}" the columns {first + 1} ("{header[first]}") and {second + 1} ("{header[second]}") '
        f"both mean {meaning}.",
        hint="Rename or remove one of them.",
    )


def _nobody(file: str, header: Sequence[str]) -> FileError:
    shown = ", ".join(f'"{name[:40]}"' for name in header[:12]) + (", …" if len(header) > 12 else "")
    near = [word for name in header for word in near_words(name[:60], ("external_id", "email", "phone"))]
    guess = f"Did you mean {quoted_list(dict.fromkeys(near))}? " if near else ""
    return FileError(
        f'"{file}" has no column that says who a row is about: expected external_id, email or phone, found {shown}.',
        hint=f"{guess}The first line must hold the names of the columns.",
    )
