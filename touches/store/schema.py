"""The database's structure: where the migration scripts lie, how to bring it up to date, and what state it is in."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from touches.errors import SchemaMismatch
from touches.store.session import explained, open_engine


def scripts() -> Path:
    """The folder of migration scripts: inside the wheel, or beside the packages in a checkout."""
    packages = Path(__file__).parents[2]
    shipped = Path(__file__).parents[1] / "_migrations"
    return shipped if shipped.is_dir() else packages / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """The revision that this program works with."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    if revision is None:
        raise SchemaMismatch("no migration scripts were found: the installation is incomplete, install touches again")
    return revision


def known_revisions() -> frozenset[str]:
    """Every revision that this program can bring up to date."""
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database to `revision`; each step is one transaction."""
    _run(url, command.upgrade, revision)


def downgrade(url: str, revision: str) -> None:
    """Take the database back to `revision` (`base` for an empty one)."""
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
        return MigrationContext.configure(connection).get_current_revision() or ""


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
