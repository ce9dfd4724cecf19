"""Options that several commands share, and `App`: what a command asks for its workspace, settings, clock and store."""

import getpass
import os
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from touches.clock import Clock, SystemClock
from touches.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from touches.settings.model import Settings
    from touches.store.units import Store

Command = TypeVar("Command", bound=Callable[..., Any])


class App:
    """One run of the program. What is expensive is made when first asked for."""

    def __init__(self, context: click.Context) -> None:
        self._context = context
        self.json = False
        self.verbose = False
        self.named_workspace: Path | None = None
        self.named_actor = ""
        self.clock: Clock = SystemClock()

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace named or found; WorkspaceError where there is none."""
        return find_workspace(self.named_workspace)

    @property
    def settings(self) -> "Settings":
        """The workspace's settings; SettingsError with everything that is wrong."""
        return self.workspace.settings

    @property
    def actor(self) -> str:
        """Who is recorded with every change: `--as NAME`, else the user of the operating system."""
        return self.named_actor or _system_user()

    def store(self) -> "Store":
        """The workspace's database, open until the command ends; DatabaseError where it cannot be used."""
        return self._store

    @cached_property
    def _store(self) -> "Store":
        from touches.wiring import open_store

        store = open_store(self.settings)
        self._context.call_on_close(store.close)
        return store


def app(context: click.Context) -> App:
    """The run that `context` belongs to."""
    root = context.find_root()
    if not isinstance(root.obj, App):
        root.obj = App(root)
    return root.obj


def _system_user() -> str:
    """Containers run as users without a name: then the number."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def _remember(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def remember(context: click.Context, _parameter: click.Parameter, value: Any) -> None:
        if value:
            setattr(app(context), name, value)

    return remember


def shared_options() -> Iterable[click.Option]:
    """The options that every command takes, new for each command."""
    yield click.Option(
        ["--json"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_remember("json"),
        help="Answer as JSON: one document, or one line for each row.",
    )
    yield click.Option(
        ["--workspace"],
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        is_eager=True,
        expose_value=False,
        callback=_remember("named_workspace"),
        help="The workspace, if not the one around the current folder.",
    )
    yield click.Option(
        ["--as"],
        metavar="NAME",
        is_eager=True,
        expose_value=False,
        callback=_remember("named_actor"),
        help="Who is recorded with a change, if not you.",
    )
    yield click.Option(
        ["--verbose"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_remember("verbose"),
        help="Say more; show the traceback of an error.",
    )


def add_shared_options(command: click.Command) -> None:
    """Give `command` and everything below it the shared options, unless it has them."""
    taken = {name for parameter in command.params for name in parameter.opts}
    command.params.extend(option for option in shared_options() if not taken & set(option.opts))
    if isinstance(command, click.Group):
        for child in command.commands.values():
            add_shared_options(child)


def dry_run(command: Command) -> Command:
    """`--dry-run`, for what changes state: the command gets `dry_run: bool`."""
    return click.option("--dry-run", is_flag=True, help="Show what would happen; change nothing.")(command)


def yes(command: Command) -> Command:
    """`--yes`, for what affects many or cannot be undone: the command gets `yes: bool`."""
    return click.option("--yes", is_flag=True, help="Do it without asking.")(command)
