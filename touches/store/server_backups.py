"""Backups of a PostgreSQL database by PostgreSQL's own programs."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from touches.errors import DatabaseError, FileError


def backup_server(url: str, target: Path) -> int:
    """A dump in pg_dump's own format, verified by pg_restore; `target` must not exist. Its size in bytes."""
    if target.exists() or target.is_symlink():
        raise FileError(f'"{target}" exists already; a backup never replaces a file.', hint="Choose another name.")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={part}"], url)
        verify_dump(part)
        os.link(part, target)
        return target.stat().st_size
    except OSError as error:
        raise FileError.from_os(error, "write the backup to") from None
    finally:
        with suppress(OSError):
            part.unlink()


def verify_dump(file: Path) -> None:
    """Raises FileError unless it is a dump that pg_restore can list, with our tables in it."""
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, found on the path
        [_program("pg_restore"), "--list", str(file)], capture_output=True, text=True, check=False
    )
    if done.returncode or " touch " not in done.stdout:
        said = done.stderr.strip().splitlines()
        raise FileError(f'"{file}" is no backup of touches made with pg_dump ({said[0] if said else "other tables"}).')


def restore_server(url: str, source: Path) -> None:
    """Put a dump in the place of what is there, in one transaction. The caller sets the hold."""
    verify_dump(source)
    flags = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    _run("pg_restore", [*flags, f"--dbname={_parsed(url).database}", str(source)], url)


def _run(name: str, arguments: Sequence[str], url: str) -> None:
    done = subprocess.run(  # noqa: S603 - as above
        [_program(name), *arguments], env=_environment(url), capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it says nothing"]
        raise DatabaseError(f"{name} failed: {said[-1]}", hint=f"Its version must be at least the server's: {name} -V")


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise DatabaseError(
            f"{name} is not installed; it makes and restores backups of PostgreSQL.",
            hint="On Debian and Ubuntu: apt install postgresql-client",
        )
    return found


def _parsed(url: str) -> URL:
    return make_url(url)


def _environment(url: str) -> dict[str, str]:
    """The address for PostgreSQL's programs; the password never stands in an argument that `ps` shows."""
    parsed = make_url(url)
    query = {key: value for key, value in parsed.query.items() if isinstance(value, str)}
    given = {
        "PGHOST": parsed.host or query.get("host"),
        "PGPORT": str(parsed.port) if parsed.port else query.get("port"),
        "PGUSER": parsed.username or query.get("user"),
        "PGPASSWORD": parsed.password,
        "PGDATABASE": parsed.database,
        "PGSSLMODE": query.get("sslmode"),
    }
    return {**os.environ, **{key: value for key, value in given.items() if value}}
