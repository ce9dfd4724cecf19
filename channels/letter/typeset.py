"""From a letter's data to a PDF: one compiler, kept, offline, with our fonts and our template alone."""

import json
import re
import threading
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from channels.errors import UnsendableError

if TYPE_CHECKING:
    from typst import Compiler

_COUNT = re.compile(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b")


class Typesetter:
    """Sets letters one after the other; may be called from several threads. Same data, same bytes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._compiler: Compiler | None = None
        self._template = b""

    def pdf(self, content: Mapping[str, Any], written_at: datetime) -> bytes:
        """The letter as PDF, tagged for screen readers; `written_at` is aware and stands in its metadata.

        Raises UnsendableError("address too wide").
        """
        import typst

        data = {"letter": json.dumps(content, ensure_ascii=False, sort_keys=True)}
        with self._lock:
            try:
                made = self._ready().compile(
                    self._template, format="pdf", sys_inputs=data, timestamp=int(written_at.timestamp())
                )
            except typst.TypstError as error:
                raise _refusal(error.message) from None
        if not isinstance(made, bytes):
            raise UnsendableError("letter cannot be set", "more than one file came out")
        return made

    def _ready(self) -> "Compiler":
        if self._compiler is None:
            self._template = files("channels.letter").joinpath("page.typ").read_bytes()
            self._compiler = _compiler()
        return self._compiler


def page_count(pdf: bytes) -> int:
    """How many sheets, as the page tree says."""
    found = _COUNT.search(pdf)
    if found is None:
        raise ValueError("no page tree found: not a PDF of ours")
    return int(found.group(1) or found.group(2))


def _compiler() -> "Compiler":
    import typst

    from channels.letter.fonts import font_files

    folders = sorted({str(path.parent) for path in font_files()})
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    return typst.Compiler(font_paths=fonts)


def _refusal(message: str) -> UnsendableError:
    if "address too wide" in message:
        return UnsendableError("address too wide", "a line of the address does not fit the window; shorten it")
    return UnsendableError("letter cannot be set", message.splitlines()[0][:200])
