"""The database: bring it up to date, look it over, back it up, restore it, forget old details."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from touches.commands.options import App, app, dry_run
from touches.commands.options import yes as yes_option
from touches.commands.output import Document, Lines, Result

if TYPE_CHECKING:
    from touches.store.interactions import Digest

MARKS = {"ok": "ok  ", "warn": "warn", "fail": "FAIL"}
LEAST_DAYS = 30


@click.group()
def db() -> None:
    """The database: upgrade, check, backup, restore, prune."""


@db.command()
@dry_run
@click.pass_context
def upgrade(context: click.Context, dry_run: bool) -> Document:
    """Make the tables, or bring them up to this program. Needs no pause: do it before the new version starts."""
    from touches.store import schema
    from touches.store.session import explained, open_engine

    url = app(context).settings.database_url
    engine = open_engine(url)
    try:
        with explained(url):
            before = schema.current(engine)
    finally:
        engine.dispose()
    wanted = schema.head()
    if before and before not in schema.known_revisions():
        _refuse_newer(before, wanted)
    if not dry_run and before != wanted:
        schema.upgrade(url)
    data = {"before": before, "after": before if dry_run else wanted, "dry_run": dry_run}
    if before == wanted:
        return Document(data, f"The database is up to date ({wanted}).")
    return Document(data, f"The database {'would go' if dry_run else 'went'} from {before or 'nothing'} to {wanted}.")


def _refuse_newer(found: str, wanted: str) -> None:
    from touches.errors import SchemaMismatch

    raise SchemaMismatch(
        f"This database was made by a newer version of touches: it is at {found}, this program knows up to {wanted}.",
        hint="Install the newer version; nothing was changed.",
    )


@db.command()
@click.pass_context
def check(context: click.Context) -> Result:
    """Look for damage, and for what is lost between the tables. Exits with 1 where something is wrong."""
    from touches.store.checkup import look_over
    from touches.store.session import explained
    from touches.store.units import Store

    this = app(context)
    digest, url = _digest(this), this.settings.database_url
    store = Store(url)
    context.call_on_close(store.close)
    failed: list[bool] = []

    def rows() -> Iterator[Mapping[str, Any]]:
        with explained(url):
            for each in look_over(store, digest):
                failed.append(each.health == "fail")
                yield {"check": each.check, "health": each.health, "found": each.found, "advice": each.advice}

    return Lines(rows(), _line, exit_code=lambda: int(any(failed)))


def _digest(this: App) -> "Digest | None":
    """What the record was sealed with; None where the workspace has lost its key, which is one finding of many."""
    from touches.care.record import digest_by
    from touches.errors import SettingsError
    from touches.wiring import signer_of

    try:
        return digest_by(signer_of(this.workspace))
    except SettingsError:
        return None


def _line(row: Mapping[str, Any]) -> str:
    advice = f"\n       {row['advice']}" if row["advice"] else ""
    return f"{MARKS[row['health']]}   {row['check']}: {row['found']}{advice}"


@db.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def backup(context: click.Context, file: Path) -> Document:
    """Write a backup to FILE while everything runs, and verify it. An existing FILE is never replaced.

    A backup holds personal data, and is worth nothing without the workspace's secret.key: keep both, apart.
    """
    settings = app(context).settings
    database = settings.database_file
    if database is not None:
        from touches.store.backups import backup_sqlite

        size = backup_sqlite(database, file)
    else:
        from touches.store.server_backups import backup_server

        size = backup_server(settings.database_url, file)
    return Document({"backup": file, "bytes": size, "verified": True}, f"{file}: {size} bytes, verified.")


@db.command()
@click.argument("file", type=click.Path(path_type=Path))
@yes_option
@dry_run
@click.pass_context
def restore(context: click.Context, file: Path, yes: bool, dry_run: bool) -> Document:
    """Put the backup FILE in the place of the database. Everything is then in hold until `outbox release`.

    What went out after the backup is not in it: read the mail server's log first, then release. The old database is
    kept as DATABASE.before-restore.
    """
    from touches.errors import Refused

    this = app(context)
    if not (yes or dry_run):
        raise Refused("Restoring replaces everything in the database.", hint="Say --yes if it is meant.")
    kept = None
    if this.settings.database_file is not None:
        kept = _restore_sqlite(this, file, dry_run)
    else:
        _restore_server(this, file, dry_run)
    data = {"restored": file, "kept": kept, "hold": not dry_run, "dry_run": dry_run}
    if dry_run:
        return Document(data, f"{file} is a sound backup; it would be restored.")
    text = f"{file} is restored. Nothing leaves until `touches outbox release`."
    return Document(data, text + (f"\nThe old database is kept as {kept}." if kept else ""))


def _restore_sqlite(this: App, file: Path, dry_run: bool) -> Path | None:
    from touches.commands.running import dispatch_lock
    from touches.store.backups import restore_sqlite, verify_sqlite

    database = this.settings.database_file
    if dry_run or database is None:
        verify_sqlite(file)
        return None
    with dispatch_lock(this):
        kept = restore_sqlite(database, file, now=this.clock.now(), by=this.actor)
        _move_mark(this)
    return kept


def _restore_server(this: App, file: Path, dry_run: bool) -> None:
    from touches.store.backups import HOLD
    from touches.store.server_backups import restore_server, verify_dump
    from touches.store.units import Store

    verify_dump(file)
    if dry_run:
        return
    store = Store(this.settings.database_url)
    try:
        restore_server(this.settings.database_url, file)
        with store.write() as unit:
            unit.switches.set("hold", HOLD, at=this.clock.now(), by=this.actor)
    finally:
        store.close()
    _move_mark(this)


def _move_mark(this: App) -> None:
    """The mark outside the database goes back with it: the hold is set, and is to be released once."""
    from touches.store.mark import MARK_FILE, current_mark, write_mark
    from touches.store.units import Store

    store = Store(this.settings.database_url)
    try:
        with store.write() as unit:
            mark = current_mark(unit, now=this.clock.now())
    finally:
        store.close()
    write_mark(this.workspace.make_state() / MARK_FILE, mark)


@db.command()
@click.option("--older-than", default="730 days", show_default=True, help="How old details must be to be forgotten.")
@dry_run
@click.pass_context
def prune(context: click.Context, older_than: str, dry_run: bool) -> Document:
    """Forget old details: events, texts that came in, what was said. Never who was told what, nor opt-outs.

    What running enrollments rest on stays, whatever its age. On SQLite the file is rewritten without its free pages.
    """
    from touches.store.erasing import wipe
    from touches.store.pruning import Pruning

    this = app(context)
    before = _cut_off(this, older_than)
    store = this.store()
    with store.read() if dry_run else store.write() as unit:
        pruning = Pruning(unit.connection, before)
        counts = pruning.count() if dry_run else pruning.prune()
    wiped = False if dry_run else wipe(store.engine)
    data = {"before": before, "dry_run": dry_run, "wiped": wiped, **counts}
    said = ", ".join(f"{count} {name}s" for name, count in counts.items())
    return Document(data, f"Older than {before:%Y-%m-%d}: {said} {'would be ' if dry_run else ''}forgotten.")


def _cut_off(this: App, text: str) -> datetime:
    from policies.durations import parse_duration
    from policies.errors import Refused

    try:
        age = parse_duration(text).roughly
    except Refused as error:
        raise click.UsageError(f"--older-than: {error}.") from None
    if age.days < LEAST_DAYS:
        raise click.UsageError(f'--older-than "{text}" is too short: at least {LEAST_DAYS} days are kept.')
    return this.clock.now() - age


commands: tuple[click.Command, ...] = (db,)
