"""Every command that the documentation shows exists, with the options and words that it is shown with."""

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from cli import root

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *(page for page in sorted((ROOT / "docs").rglob("*.md")) if page.name != "commands.md")]
INLINE = re.compile(r"`(touches\s[^`]+)`")
BLOCK = re.compile(r"^(?: {4,}|\$ )*(touches .+)$", re.MULTILINE)
NOTE = re.compile(r"\s#\s.*| {3,}.*| [<>|&].*|(?<=-)\$\(.*?\)")  # behind a command, and what a shell puts in


def blocks(page: Path) -> Iterator[str]:
    """Commands on lines of their own."""
    text = page.read_text(encoding="utf-8")
    for fence in re.findall(r"^```(?:console|sh)?\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        yield from BLOCK.findall(fence)
    yield from re.findall(r"^ {4}(?:\$ )?(touches .+)$", prose(text), re.MULTILINE)


def sentences(page: Path) -> Iterator[str]:
    """Commands that a sentence names."""
    yield from INLINE.findall(prose(page.read_text(encoding="utf-8")))


def prose(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)


def found(reading: Callable[[Path], Iterator[str]]) -> list[Any]:
    lines = {
        (str(page.relative_to(ROOT)), " ".join(NOTE.sub("", line).split())) for page in PAGES for line in reading(page)
    }
    return [pytest.param(line, id=f"{page}: {line}") for page, line in sorted(lines)]


@pytest.mark.parametrize("line", found(blocks))
def test_a_command_that_a_page_shows_can_be_typed(line: str) -> None:
    parse(root, shlex.split(line)[1:])


@pytest.mark.parametrize("line", found(sentences))
def test_a_command_that_a_sentence_names_exists(line: str) -> None:
    words = shlex.split(line)[1:]
    try:
        parse(root, words)
    except click.MissingParameter:
        pass  # a sentence may name a command without its words
    except click.BadParameter:
        assert any(word.isupper() for word in words)  # ID stands for a number


def parse(group: click.Group, words: list[str]) -> None:
    """As the command line does, but nothing is carried out; UsageError for what it would not take."""
    while words and words[0] in ("--workspace", "--as"):
        words = words[2:]
    while words and words[0] in ("--json", "--verbose", "--help", "-h", "--version"):
        words = words[1:]
    if not words:
        return
    if words[0].startswith("-"):
        group.make_context(group.name, words)
        return
    command = group.get_command(click.Context(group), words[0])
    assert command is not None, f"there is no command {words[0]}"
    if isinstance(command, click.Group):
        parse(command, words[1:])
    else:
        command.make_context(command.name, words[1:])
