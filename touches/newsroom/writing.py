"""New files for news, with the front matter filled in."""

import re
from datetime import date
from pathlib import Path

from policies.news import UNWRITTEN
from touches.errors import FileError, Refused

NAME = re.compile(r"[\w-]{1,64}")


def write_draft(
    folder: Path,
    name: str,
    *,
    kind: str,
    headline: str,
    segments: tuple[str, ...] = (),
    language: str = "",
    valid_until: date | None = None,
    body: str = "",
) -> Path:
    """Write `NAME.md` (or `NAME.LANG.md`); Refused when it exists or the name is no id, FileError for the disk."""
    if not NAME.fullmatch(name):
        raise Refused(f'"{name}" is no name for a piece of news: use letters, digits, - and _, at most 64.')
    path = folder / f"{name}{'.' + language if language else ''}.md"
    lines = ["---"]
    if not language:
        lines.append(f"kind: {kind}")
    lines.append(f"headline: {_quoted(headline)}")
    if segments and not language:
        lines.append(f"for: {{segment: [{', '.join(segments)}]}}")
    if valid_until is not None and not language:
        lines.append(f"valid: ..{valid_until.isoformat()}")
    text = "\n".join([*lines, "---", body or UNWRITTEN, ""])
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Refused(f"{path} exists already; nothing was written.") from None
    except OSError as error:
        raise FileError.from_os(error, "write") from None
    return path


def _quoted(text: str) -> str:
    """A YAML text that is taken literally whatever it holds."""
    plain = " ".join(text.split())
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
