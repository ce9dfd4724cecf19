"""What commands return, and how the root prints it: as text for people, or as JSON with stable keys."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TextIO

from touches.commands.plain import encoded, shown

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Base of what a command may return. `exit_code` is asked after printing, so a stream may find it on its way.

    `prose` is for reading: on a terminal its long lines are broken between words.
    """

    exit_code: int | Callable[[], int] = field(default=0)
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Document(Result):
    """One thing. JSON: an object with all of `data`. Text: `text`, else a line for each key."""

    data: Row
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Text(Result):
    """Words for people. JSON: `data` where given, else an object with the one key `text`."""

    text: str
    data: Row | None = None


@dataclass(frozen=True, slots=True)
class Lines(Result):
    """Many things, each one line of text by `line`. JSON: one object a line with all keys of the row."""

    rows: Iterable[Row]
    line: Callable[[Row], str]


@dataclass(frozen=True, slots=True)
class Table(Result):
    """Many things in columns. JSON: one object a line with all keys of the row, shown as a column or not.

    `columns` are keys of the rows. `empty` is said (to people only) where there are no rows.
    """

    columns: tuple[str, ...]
    rows: Iterable[Row]
    empty: str = ""


def print_result(value: object, *, as_json: bool, out: TextIO | None = None) -> int:
    """Print what a command returned to `out` (standard output by default); the exit code it carries.

    Besides results, a mapping counts as a document, a text as text, None as nothing to print.
    """
    out = out or sys.stdout
    result = _as_result(value)
    if result is None:
        return 0
    (_print_json if as_json else _print_text)(result, out)
    out.flush()
    return result.exit_code() if callable(result.exit_code) else result.exit_code


def _as_result(value: object) -> Result | None:
    if value is None or isinstance(value, Result):
        return value
    if isinstance(value, Mapping):
        return Document(value)
    if isinstance(value, str):
        return Text(value)
    raise TypeError(f"a command returned {type(value).__name__}, expected a result of touches.commands.output")


def _print_json(result: Result, out: TextIO) -> None:
    match result:
        case Document(data=data):
            documents: Iterable[Row] = (data,)
        case Text(text=text, data=data):
            documents = ({"text": text} if data is None else data,)
        case Lines(rows=rows) | Table(rows=rows):
            documents = rows
        case _:
            raise TypeError(f"no JSON form for {type(result).__name__}")
    only_ascii = (out.encoding or "ascii").lower().replace("-", "") != "utf8"
    write_line = json.JSONEncoder(default=encoded, ensure_ascii=only_ascii).encode
    out.writelines(write_line(document) + "\n" for document in documents)


def _print_text(result: Result, out: TextIO) -> None:
    match result:
        case Document(data=data, text=None):
            out.writelines(f"{name}: {shown(value)}\n" for name, value in data.items())
        case Document(text=str(text)) | Text(text=text):
            out.write(_read(text if text.endswith("\n") or not text else text + "\n", result, out))
        case Lines(rows=rows, line=line):
            out.writelines(_read(line(row), result, out) + "\n" for row in rows)
        case Table():
            from touches.commands.tables import print_table

            print_table(result.columns, result.rows, result.empty, out)


def _read(text: str, result: Result, out: TextIO) -> str:
    if not result.prose:
        return text
    from touches.commands.wrapping import for_reading

    return for_reading(text, out)
