"""The root group: prints what commands return, and turns errors into a sentence and an exit code."""

import os
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from touches.collector import collect_seldom
from touches.commands.failures import describe, print_failure
from touches.commands.options import add_shared_options, app
from touches.commands.output import print_result
from touches.errors import BROKEN_PIPE

ALIASES = {"enrol": "enroll"}


class Root(click.Group):
    """A click group whose `main` owns output and exit codes; everything below it returns data."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes, result_callback=_print)
        self._sections: dict[str, list[str]] = {}
        add_shared_options(self)

    def add_all(self, section: str, commands: Iterable[click.Command]) -> None:
        """Add commands, each with the options that all share; `section` heads them in the help."""
        for command in commands:
            add_shared_options(command)
            self.add_command(command)
            self._sections.setdefault(section, []).append(command.name or "")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Also by the other spelling."""
        return super().get_command(ctx, ALIASES.get(cmd_name, cmd_name))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, by section."""
        width = max((len(name) for name in self.list_commands(ctx)), default=0)
        room = formatter.width - 6 - width
        for section, names in self._sections.items():
            with formatter.section(section):
                formatter.write_dl(
                    [(name.ljust(width), self.commands[name].get_short_help_str(room)) for name in names]
                )

    def invoke(self, ctx: click.Context) -> Any:
        """Run; a reader who stopped reading (`| head`) is no error worth a word."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _forget_output()
            ctx.exit(BROKEN_PIPE)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run, print, exit: only SystemExit leaves."""
        _open_what_is_closed()
        collect_seldom()
        arguments = list(extra.pop("args", None) or (args[0] if args and args[0] is not None else sys.argv[1:]))
        name = extra.pop("prog_name", None) or "touches"
        asked = arguments[: arguments.index("--")] if "--" in arguments else arguments
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")  # a terminal of another encoding is no reason to fail
        try:
            arguments = [_readable(argument) for argument in arguments]
            code = super().main(arguments, name, **{**extra, "standalone_mode": False})
        except Exception as error:  # noqa: BLE001 - the border: whatever it is becomes a sentence and a code
            failure = describe(error)
            print_failure(failure, as_json="--json" in asked, verbose="--verbose" in asked)
            code = failure.exit_code
        sys.exit(code if isinstance(code, int) else 0)


def _open_what_is_closed() -> None:
    """A process that was started without its three streams (`<&-`, some supervisors) gets empty ones."""
    nothing = Path(os.devnull)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, nothing.open(mode, encoding="utf-8"))


def _readable(argument: str) -> str:
    """An argument as UTF-8 whatever the locale says; a usage error for what is no text."""
    try:
        return os.fsencode(argument).decode("utf-8")
    except UnicodeDecodeError:
        shown = argument.encode("ascii", "replace").decode()[:60]
        raise click.UsageError(f'"{shown}" is no UTF-8 text: type it in a terminal that is set to UTF-8.') from None


def _print(value: object, **_options: object) -> None:
    context = click.get_current_context()
    if code := print_result(value, as_json=app(context).json):
        context.exit(code)


def _forget_output() -> None:
    """Nothing more goes to standard output, so that Python does not complain of it at exit."""
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, sys.stdout.fileno())
