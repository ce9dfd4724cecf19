"""The folder that a team works in: how it is found, what lies where in it, and how a new one is made."""

import json
import os
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from touches.errors import FileError, WorkspaceError

if TYPE_CHECKING:
    from touches.settings.model import Settings

SETTINGS_FILE = "touches.toml"
WORKSPACE_VARIABLE = "TOUCHES_WORKSPACE"
STARTER = Path(__file__).resolve().parent.parent / "policies" / "starter"


class Workspace:
    """One workspace. Its settings are read when first asked for, and raise SettingsError then."""

    def __init__(self, root: Path, environment: Mapping[str, str] | None = None) -> None:
        """`environment` overrides the process's own, for tests."""
        self.root = root.absolute()
        self._environment = os.environ if environment is None else environment

    def __repr__(self) -> str:
        return f"Workspace({str(self.root)!r})"

    @cached_property
    def settings(self) -> "Settings":
        """What `touches.toml` says."""
        from touches.settings.loader import load_settings

        return load_settings(self.root, self._environment)

    @property
    def policies(self) -> Path:
        """The folder of the cadences, one YAML file each."""
        return self.root / "policies"

    @property
    def news(self) -> Path:
        """The folder of the news, one Markdown file each."""
        return self.root / "news"

    @property
    def outbox(self) -> Path:
        """The folder that letters are spooled into, unless the settings name another."""
        return self.root / "outbox"

    @property
    def secret_key(self) -> Path:
        """The file with the key that tokens and hashes are made with."""
        return self.root / "secret.key"

    @property
    def state(self) -> Path:
        """What running processes keep for themselves; safe to delete while none runs."""
        return self.root / ".touches"

    @property
    def dispatch_lock(self) -> Path:
        """The file that a daemon or tick on a SQLite database locks."""
        return self.state / "dispatch.lock"

    def make_state(self) -> Path:
        """The state folder, made where it is missing; FileError on a read-only folder."""
        try:
            self.state.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise FileError.from_os(error, "make the folder") from None
        return self.state


def find_workspace(
    named: Path | None = None, *, start: Path | None = None, environment: Mapping[str, str] | None = None
) -> Workspace:
    """The workspace `named`, else the one of TOUCHES_WORKSPACE, else the nearest at or above `start`.

    `start` is the current folder by default. Raises WorkspaceError where there is none.
    """
    environment = os.environ if environment is None else environment
    chosen = named or (Path(environment[WORKSPACE_VARIABLE]) if environment.get(WORKSPACE_VARIABLE) else None)
    if chosen is not None:
        return _workspace_at(chosen, environment)
    start = (start or Path.cwd()).absolute()
    for folder in (start, *start.parents):
        if (folder / SETTINGS_FILE).is_file():
            return Workspace(folder, environment)
    raise WorkspaceError(
        f'There is no {SETTINGS_FILE} in "{start}" or in a folder above it.',
        hint="`touches init` makes a workspace here; `--workspace DIR` names one elsewhere.",
    )


def _workspace_at(folder: Path, environment: Mapping[str, str]) -> Workspace:
    if (folder / SETTINGS_FILE).is_file():
        return Workspace(folder, environment)
    found = "is no folder" if not folder.is_dir() else f"has no {SETTINGS_FILE}"
    raise WorkspaceError(f'"{folder}" {found}.', hint=f"`touches init {folder}` makes a workspace there.")


def create_workspace(
    folder: Path,
    *,
    name: str = "",
    starter: Path = STARTER,
    prepare_database: Callable[[str], None] | None = None,
) -> Workspace:
    """Make a workspace in `folder`, which may exist if it has no workspace yet; files in it are left alone.

    Copies the starter policies and news, makes a key of its own (mode 0600), and hands the database's address
    to `prepare_database`. `name` becomes `[workspace]` and `[sender] name`. Raises WorkspaceError or
    FileError and leaves no `touches.toml` behind, so that it can be tried again.
    """
    folder = folder.absolute()
    if (folder / SETTINGS_FILE).exists():
        raise WorkspaceError(
            f'"{folder}" is a workspace already: it has a {SETTINGS_FILE}.',
            hint="Choose another folder, or go on in this one: `touches doctor` says how it is.",
        )
    try:
        _fill(folder, starter)
        _make_key(folder / "secret.key")
        _write_settings(folder, starter, name)
    except OSError as error:
        raise FileError.from_os(error, "write to") from None
    workspace = Workspace(folder)
    if prepare_database is not None:
        try:
            prepare_database(workspace.settings.database_url)
        except BaseException:
            (folder / SETTINGS_FILE).unlink(missing_ok=True)
            raise
    return workspace


def _fill(folder: Path, starter: Path) -> None:
    import shutil

    folder.mkdir(mode=0o750, parents=True, exist_ok=True)  # it will hold people's data
    for part in ("policies", "news"):
        (folder / part).mkdir(exist_ok=True)
        for file in sorted((starter / part).glob("*")):
            if file.is_file() and not (folder / part / file.name).exists():
                shutil.copyfile(file, folder / part / file.name)
    (folder / "outbox").mkdir(exist_ok=True)
    (folder / ".touches").mkdir(mode=0o700, exist_ok=True)


def _make_key(file: Path) -> None:
    """32 random bytes in hexadecimal; an existing key is kept, or tokens that went out would die."""
    import secrets

    if file.exists():
        return
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(secrets.token_hex(32) + "\n")


def _write_settings(folder: Path, starter: Path, name: str) -> None:
    text = (starter / SETTINGS_FILE).read_text(encoding="utf-8")
    if name:
        quoted = json.dumps(name, ensure_ascii=False)
        text = re.sub(r"(?m)^name = .*$", lambda _: f"name = {quoted}", text, count=2)
    (folder / SETTINGS_FILE).write_text(text, encoding="utf-8")
