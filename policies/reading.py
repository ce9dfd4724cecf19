"""Text files, and what a YAML text says with the place of every key and value. Knows no policy."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from policies.findings import Finding, Severity

KeyPath: TypeAlias = tuple[str | int, ...]
Place: TypeAlias = tuple[int, int]
MOST_BYTES = 256 * 1024
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class TextFile:
    """The text of a file, or the one finding that says why there is none."""

    text: str = ""
    finding: Finding | None = None


@dataclass(slots=True)
class Document:
    """What a YAML text says. Scalars are text as written; empty is None, plain true and false are bool.

    `values` and `keys` give line and column, from 1, of each value and of each key by its path.
    """

    data: object = None
    values: dict[KeyPath, Place] = field(default_factory=dict)
    keys: dict[KeyPath, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def place(self, path: KeyPath, *, of_key: bool = False) -> Place:
        """The place of the deepest part of the path that the text has; (1, 1) for none."""
        if of_key and path in self.keys:
            return self.keys[path]
        for end in range(len(path), -1, -1):
            if path[:end] in self.values:
                return self.values[path[:end]]
        return (1, 1)


def path_text(path: KeyPath) -> str:
    """`touches[3].channel` for ("touches", 3, "channel")."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def read_text_file(path: Path) -> TextFile:
    """The text of a UTF-8 file, with or without BOM, of at most 256 KiB. Never raises for a bad file."""
    try:
        if path.is_dir():
            return _no_text(path, "not-a-file", "is a folder; expected a file")
        if path.exists() and not path.is_file():
            return _no_text(path, "not-a-file", "is no regular file; expected a text file")
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return _no_text(path, "not-found", "there is no such file; check the name")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return _no_text(path, "unreadable-file", f"cannot be read: {reason}")
    return decoded(raw, file=str(path))


def decoded(raw: bytes, *, file: str) -> TextFile:
    """The text of the bytes, or the finding with the line and column of the first wrong byte."""
    if len(raw) > MOST_BYTES:
        return TextFile(finding=_error(file, (1, 1), "too-big", "the file is larger than 256 KiB; split it"))
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return TextFile(finding=_error(file, (1, 1), "wrong-encoding", "the file is UTF-16; save it as UTF-8"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = _place_at(raw[: error.start].decode("utf-8", "replace"))
        told = f"byte {error.start} (0x{raw[error.start]:02x}) is not UTF-8; save the file as UTF-8"
        return TextFile(finding=_error(file, where, "wrong-encoding", told))
    return _without_controls(text, file=file)


def _without_controls(text: str, *, file: str) -> TextFile:
    control = CONTROLS.search(text)
    if control is None:
        return TextFile(text=text)
    code = "nul-byte" if control[0] == "\0" else "control-character"
    told = f"a control character (U+{ord(control[0]):04X}) is in the text; delete it"
    return TextFile(finding=_error(file, _place_at(text[: control.start()]), code, told))


def _place_at(before: str) -> Place:
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _no_text(path: Path, code: str, told: str) -> TextFile:
    return TextFile(finding=_error(str(path), (1, 1), code, told))


def _error(file: str, place: Place, code: str, message: str) -> Finding:
    return Finding(file, place[0], place[1], Severity.ERROR, code, message)
