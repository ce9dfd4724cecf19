"""The command line starts quickly: no command's help loads a heavy library. Each command has its own interpreter."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cli import __file__ as root_module
from cli import root

HEAVY = """
    aiosmtplib alembic apscheduler asyncio css_inline email.message holidays httpx2 icalendar imap_tools jinja2
    matplotlib openpyxl phonenumbers prometheus_client psycopg pydantic pyipp rapidfuzz rich ruamel snowballstemmer
    sqlalchemy sqlite3 sqlmodel starlette structlog typst uvicorn uvloop
"""
PROBE = """
import json, sys
from cli import root
try:
    root.main(args=json.loads(sys.argv[1]))
except SystemExit as left:
    print(json.dumps([left.code, sorted(sys.modules)]), file=sys.stderr)
"""


def paths(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command of the tree, groups included."""
    yield path
    if isinstance(command, click.Group):
        for name, child in sorted(command.commands.items()):
            yield from paths(child, (*path, name))


@pytest.mark.parametrize("path", tuple(paths(root)), ids=" ".join)
def test_help_loads_nothing_heavy(path: tuple[str, ...]) -> None:
    arguments = json.dumps([*path, "--help"])
    done = subprocess.run([sys.executable, "-P", "-c", PROBE, arguments], capture_output=True, text=True, check=True)
    code, loaded = json.loads(done.stderr)
    assert code == 0
    assert done.stdout.startswith("Usage: touches")
    assert not set(HEAVY.split()) & set(loaded)


def test_every_command_and_option_has_a_help_text() -> None:
    for path in paths(root):
        command: click.Command = root
        for name in path:
            assert isinstance(command, click.Group)
            command = command.commands[name]
        assert command.help, path
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, (path, parameter.name)


def test_the_list_of_commands_cuts_no_sentence_off() -> None:
    groups = [path for path in paths(root) if isinstance(command_at(path), click.Group)]
    for path in groups:
        with click.Context(command_at(path), info_name="touches", terminal_width=80) as context:
            assert "..." not in context.get_help().partition("Options:")[2], path


def command_at(path: tuple[str, ...]) -> click.Command:
    command: click.Command = root
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    return command


def test_every_command_takes_the_shared_options() -> None:
    for path in paths(root):
        command: click.Command = root
        for name in path:
            command = command.commands[name]  # type: ignore[attr-defined]
        options = {option for parameter in command.params for option in parameter.opts}
        assert {"--json", "--workspace", "--as", "--verbose"} <= options, path


def test_cli_only_assembles() -> None:
    """A hundred lines at most, and nothing but click and the command modules."""
    source = Path(root_module).read_text(encoding="utf-8")
    imported = {line.split()[1] for line in source.splitlines() if line.startswith(("import ", "from "))}
    assert len(source.splitlines()) <= 100
    assert all(name == "click" or name.startswith("touches.commands") for name in imported)
