"""Backups of a running database, verified after they are written; restoring one, with everything held back."""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from touches.errors import DatabaseCorrupt, FileError, SchemaMismatch
from touches.store.schema import known_revisions
from touches.store.types import to_micros

_DAMAGED: Final = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
HOLD: Final = "restored from a backup: what went out since then is not in it"


def backup_sqlite(database: Path, target: Path) -> int:
    """Copy a SQLite database while others use it; `target` must not exist. Its size in bytes.

    The copy is whole or absent, readable by its owner alone. Raises FileError, DatabaseCorrupt.
    """
    _require_absent(target)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _copy(database, part)
        verify_sqlite(part)
        _sync(part)
        os.link(part, target)  # unlike a rename, it never replaces
        return target.stat().st_size
    except OSError as error:
        raise FileError.from_os(error, "write the backup to") from None
    except DatabaseCorrupt as error:
        raise DatabaseCorrupt(
            f'"{database}" is damaged, so no backup was made: {error.message}',
            hint="Stop the daemon and restore a backup from before: touches db restore FILE",
        ) from None
    except sqlite3.Error as error:
        raise DatabaseCorrupt(f"the backup could not be made: {error}") from None
    finally:
        with suppress(OSError):
            part.unlink()


def _copy(source: Path, target: Path) -> None:
    with closing(_open(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode = DELETE")  # one file, no log beside it


def _open(file: Path) -> sqlite3.Connection:
    if not file.is_file():
        raise FileError(f'There is no file "{file}".')
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=30)


def verify_sqlite(file: Path) -> str:
    """Open and check every page; the revision of its tables. Raises DatabaseCorrupt, SchemaMismatch."""
    try:
        with closing(_open(file)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise DatabaseCorrupt(f'"{file}" is no backup of touches: {error}') from None
    if found != "ok":
        raise DatabaseCorrupt(f'"{file}" is damaged: {found}')
    if revision is None or revision[0] not in known_revisions():
        found_revision = revision[0] if revision else "none"
        raise SchemaMismatch(
            f'"{file}" was made by a newer version of touches (its tables are at {found_revision})',
            hint="Install that version; nothing was changed.",
        )
    return str(revision[0])


def restore_sqlite(database: Path, source: Path, *, now: datetime, by: str) -> Path | None:
    """Put a backup in the place of the database, in one step, in hold. Where the old one is kept, if there was one.

    Raises FileError, DatabaseCorrupt or SchemaMismatch, and changes nothing then.
    """
    verify_sqlite(source)
    kept = database.with_name(f"{database.name}.before-restore")
    part = database.with_name(f".{database.name}.{os.getpid()}.part")
    try:
        _copy(source, part)
        _hold(part, now=now, by=by)
        _sync(part)
        return _take_place(database, part, kept)
    except OSError as error:
        raise FileError.from_os(error, "restore to") from None
    except sqlite3.Error as error:
        raise DatabaseCorrupt(f"the backup could not be restored: {error}") from None
    finally:
        with suppress(OSError):
            part.unlink()


def _hold(file: Path, *, now: datetime, by: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(
            "INSERT INTO setting (key, value, at, by) VALUES ('hold', ?, ?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = excluded.at, by = excluded.by",
            (HOLD, to_micros(now), by),
        )


def _take_place(database: Path, part: Path, kept: Path) -> Path | None:
    """Through SQLite where the old database can be read, so that programs which have it open see the change; by a
    rename where it is damaged. Whatever else fails, both stay as they are."""
    if not database.exists():
        part.replace(database)
        return None
    try:
        _keep(database, kept)
        with closing(sqlite3.connect(part)) as new, closing(sqlite3.connect(database, timeout=30)) as old:
            new.backup(old)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in _DAMAGED:
            raise
        Path(f"{database}-shm").unlink(missing_ok=True)
        for ending in ("-wal", ""):  # kept as it is
            with suppress(FileNotFoundError):
                Path(f"{database}{ending}").replace(f"{kept}{ending}")
        part.replace(database)
    return kept


def _keep(database: Path, kept: Path) -> None:
    """A copy beside it, in the place of an earlier one only when it is whole: that may be what is restored."""
    part = kept.with_name(f".{kept.name}.{os.getpid()}.part")
    try:
        _copy(database, part)
        part.chmod(0o600)
        part.replace(kept)
    finally:
        part.unlink(missing_ok=True)


def _require_absent(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise FileError(f'"{target}" exists already; a backup never replaces a file.', hint="Choose another name.")
    if not target.parent.is_dir():
        raise FileError(f'There is no folder "{target.parent}" for the backup.')


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
