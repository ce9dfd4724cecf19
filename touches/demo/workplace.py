"""The demo's folder: an ordinary workspace with shipped leads, made anew each time."""

import json
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from touches.errors import FileError, WorkspaceError
from touches.workspace import SETTINGS_FILE, Workspace, create_workspace

DATA = Path(__file__).resolve().parent / "data"
MARK = "demo.json"  # in the folder of the workspace's state: this was made by us and may be replaced
TOLD_FROM = date(2026, 1, 5)  # the Monday that the shipped histories lead up to
LISTS = ("leads.csv", "fair-leads.csv")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[^,]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where a demo plays: the workspace, and the folders of what the world outside received."""

    workspace: Workspace
    starts_at: datetime

    @property
    def mails(self) -> Path:
        """The received mails, one .eml each."""
        return self.workspace.root / "received" / "mail"

    @property
    def texts(self) -> Path:
        """The received SMS, one text file each."""
        return self.workspace.root / "received" / "sms"

    @property
    def answers(self) -> Path:
        """What people wrote back, one .eml each."""
        return self.workspace.root / "received" / "answers"

    @property
    def letters(self) -> Path:
        """The spooled letters, one PDF each."""
        return self.workspace.settings.path(self.workspace.settings.channels.letter.spool)


def first_day(days: int, now: datetime) -> datetime:
    """The Monday from which so many days end by now, as an instant."""
    last = now.astimezone(UTC).date() - timedelta(days=days)
    return datetime.combine(last - timedelta(days=last.weekday()), time(), UTC)


def clear(folder: Path, *, force: bool) -> None:
    """Make way for a demo: an empty folder is fine, a former demo goes with `force`. Raises WorkspaceError."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    if not (folder / ".touches" / MARK).is_file():
        raise WorkspaceError(
            f'"{folder}" is not empty and was not made by `touches demo`; nothing in it was changed.',
            hint="Name another folder: touches demo DIR",
        )
    if not force:
        raise WorkspaceError(
            f'"{folder}" holds a former demo; nothing in it was changed.',
            hint=f"`touches demo {folder} --force` replaces it; or name another folder.",
        )
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise FileError.from_os(error, "remove") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Where the demo's own servers listen on 127.0.0.1."""

    mail: int
    sms: int


def build(folder: Path, ports: Ports, *, starts_at: datetime, seed: int) -> Stage:
    """Make the workspace with its database, files and lists. Raises WorkspaceError or FileError."""
    from touches.store.schema import upgrade

    made = create_workspace(folder, prepare_database=upgrade)
    try:
        _write(made, ports, starts_at=starts_at, seed=seed)
        stage = Stage(workspace=Workspace(made.root, {}), starts_at=starts_at)
        for kept in (stage.mails, stage.texts, stage.answers):
            kept.mkdir(parents=True)
    except OSError as error:
        raise FileError.from_os(error, "write to") from None
    return stage


def _write(workspace: Workspace, ports: Ports, *, starts_at: datetime, seed: int) -> None:
    mark = {"seed": seed, "starts_at": starts_at.isoformat()}
    (workspace.make_state() / MARK).write_text(json.dumps(mark) + "\n", encoding="utf-8")
    settings = (DATA / SETTINGS_FILE).read_text(encoding="utf-8")
    settings = settings.replace("@MAIL_PORT@", str(ports.mail)).replace("@SMS_PORT@", str(ports.sms))
    (workspace.root / SETTINGS_FILE).write_text(settings, encoding="utf-8")
    for part in ("policies", "news"):
        for file in sorted((DATA / part).iterdir()):
            shutil.copyfile(file, workspace.root / part / file.name)
    for name in LISTS:
        shutil.copyfile(DATA / name, workspace.root / name)
    history = (DATA / "activities.csv").read_text(encoding="utf-8")
    (workspace.root / "activities.csv").write_text(moved(history, starts_at), encoding="utf-8")


def moved(history: str, starts_at: datetime) -> str:
    """The shipped histories with their dates moved by whole weeks, so that they lead up to `starts_at`."""
    weeks = timedelta(days=(starts_at.date() - TOLD_FROM).days)
    return _INSTANT.sub(lambda found: (datetime.fromisoformat(found[0]) + weeks).isoformat(), history)
