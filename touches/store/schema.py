"""The database's structure: where the migration scripts lie, how to bring it up to date, and what state it is in."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, inspect

from touches.errors import SchemaMismatch
from touches.store.session import explained, open_engine

if TYPE_CHECKING:
    from alembic.config import Config


_VERSION = "SELECT version_num FROM alembic_version"  # the table in which alembic says what was done
_SAID = re.compile(r"""^((?:down_)?revision)(?:\s*:[^=\n]*)?\s*=\s*["']([^"'\n]+)["']""", re.MULTILINE)


def scripts() -> Path:
    """The folder of migration scripts: inside the wheel, or beside the packages in a checkout."""
    packages = Path(__file__).parents[2]
    shipped = Path(__file__).parents[1] / "_migrations"
    return shipped if shipped.is_dir() else packages / "migrations"


def _config(connection: Connection | None = None) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """The revision that this program works with."""
    known = _revisions()
    heads = known.keys() - set(known.values())
    if len(heads) != 1:
        raise SchemaMismatch("no migration scripts were found: the installation is incomplete, install touches again")
    return heads.pop()


def known_revisions() -> frozenset[str]:
    """Every revision that this program can bring up to date."""
    return frozenset(_revisions())


def _revisions() -> Mapping[str, str]:
    """Each revision and the one before it. Read, not run: loading alembic takes longer than sending a mail."""
    files = sorted((scripts() / "versions").glob("*.py"))
    return dict(_revision(file) for file in files)


def _revision(file: Path) -> tuple[str, str]:
    said = dict(_SAID.findall(file.read_text(encoding="utf-8")))
    return said["revision"], said.get("down_revision", "")


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database to `revision`; each step is one transaction."""
    from alembic import command

    _run(url, command.upgrade, revision)


def downgrade(url: str, revision: str) -> None:
    """Take the database back to `revision` (`base` for an empty one)."""
    from alembic import command

    _run(url, command.downgrade, revision)


def _run(url: str, action: Any, revision: str) -> None:
    engine = open_engine(url)
    try:
        with explained(url), engine.connect() as connection:
            action(_config(connection), revision)
    finally:
        engine.dispose()


def current(engine: Engine) -> str:
    """The revision that the database is at; empty when it has none."""
    with engine.connect().execution_options(sqlite_begin="DEFERRED") as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return connection.exec_driver_sql(_VERSION).scalar() or ""


def require_current(engine: Engine) -> None:
    """Raise SchemaMismatch unless the database fits this program exactly."""
    found, wanted = current(engine), head()
    if found == wanted:
        return
    if not found:
        raise SchemaMismatch("this database is empty: make it ready with  touches db upgrade")
    if found in known_revisions():
        raise SchemaMismatch(f"this database is older ({found}) than the program ({wanted}): run  touches db upgrade")
    raise SchemaMismatch(
        f"this database was made by a newer version of touches (it is at {found}, this program knows up to {wanted})",
        hint="Install the newer version; nothing was changed.",
    )


def tables(engine: Engine) -> list[str]:
    """The names of all tables, sorted."""
    return sorted(inspect(engine).get_table_names())
