"""Breaks text between words, for a terminal; widths are columns of the terminal, two for a Chinese character."""

import re
import shutil
from typing import TextIO

INDENT = 4  # of what goes on below a line without an indent of its own

_LABEL = re.compile(r" *\S+(?: \S+)* {2,}")  # what stands before the text of a line, with the blanks that end it


def for_reading(text: str, out: TextIO) -> str:
    """Prose as `out` shows it best: fitted to it where it is a terminal."""
    return fitted(text, shutil.get_terminal_size().columns) if out.isatty() else text


def fitted(text: str, width: int) -> str:
    """No line wider than `width`: what is longer goes on below, under where the text of its line begins."""
    return "\n".join(part for line in text.split("\n") for part in _fitted(line, width))


def _fitted(line: str, width: int) -> list[str]:
    if size(line) <= width:
        return [line]
    begins = _text_begins(line, width)
    first, *more = broken(line[begins:], width - (begins or INDENT))
    return [line[:begins] + first, *(" " * (begins or INDENT) + part for part in more)]


def _text_begins(line: str, width: int) -> int:
    """Behind a label that two blanks set apart, else behind the line's indent."""
    label = _LABEL.match(line)
    if label is not None and label.end() <= width // 2:
        return label.end()
    return len(line) - len(line.lstrip(" "))


def broken(text: str, width: int) -> list[str]:
    """The lines of a text, none wider than `width`; a word that is wider itself is cut."""
    from rich.cells import chop_cells

    lines = [""]
    for word in text.split(" "):
        first, *more = chop_cells(word, width) or [""]
        joined = f"{lines[-1]} {first}" if lines[-1] else first
        if size(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(first)
        lines += more
    return lines


def size(text: str) -> int:
    """How many columns of a terminal a text takes."""
    from rich.cells import cell_len

    return cell_len(text)
