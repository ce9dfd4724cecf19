"""Migrations: one head, equal to the models, up and down and up again, names by the pattern. On both databases."""

import re
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from touches.errors import SchemaMismatch
from touches.store import schema
from touches.store.rows import metadata
from touches.store.session import open_engine


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Any) -> str:
    """A database of each kind without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    url: str = request.getfixturevalue("empty_postgresql_url")
    return url


@pytest.fixture
def engine(empty_url: str) -> Any:
    found = open_engine(empty_url)
    yield found
    found.dispose()


def structure(engine: Engine) -> dict[str, Any]:
    """Every table with its columns, keys, indexes and checks, as the database itself tells them."""
    found = inspect(engine)
    return {
        table: (
            sorted((column["name"], str(column["type"]), column["nullable"]) for column in found.get_columns(table)),
            sorted((index["name"] or "", tuple(index["column_names"])) for index in found.get_indexes(table)),
            sorted(
                (unique["name"] or "", tuple(unique["column_names"])) for unique in found.get_unique_constraints(table)
            ),
            sorted(check["name"] or "" for check in found.get_check_constraints(table)),
            sorted(key["name"] or "" for key in found.get_foreign_keys(table)),
        )
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def test_there_is_one_head() -> None:
    scripts = ScriptDirectory.from_config(schema._config())
    assert scripts.get_heads() == [schema.head()]


def test_script_files_are_named_for_what_they_do() -> None:
    names = [path.name for path in (schema.scripts() / "versions").glob("*.py")]
    assert names
    assert all(re.fullmatch(r"[0-9]{4}_[a-z0-9_]+\.py", name) for name in names)


def test_the_migrated_tables_are_those_of_the_models(empty_url: str, engine: Engine) -> None:
    schema.upgrade(empty_url)
    with engine.connect() as connection:
        command.check(schema._config(connection))  # raises with the difference
    assert set(schema.tables(engine)) - {"alembic_version"} == set(metadata.tables)


def test_up_and_down_and_up_again_leaves_the_same(empty_url: str, engine: Engine) -> None:
    schema.upgrade(empty_url)
    once = structure(engine)
    schema.downgrade(empty_url, "base")
    assert structure(engine) == {}
    schema.upgrade(empty_url)
    assert structure(engine) == once
    assert schema.current(engine) == schema.head()


def test_every_constraint_has_a_name_by_the_pattern(empty_url: str, engine: Engine) -> None:
    """A constraint without a name cannot be changed by a later migration."""
    schema.upgrade(empty_url)
    for table, (_, indexes, uniques, checks, keys) in structure(engine).items():
        for name, _columns in indexes:
            assert name.startswith((f"ix_{table}_", f"uq_{table}_")), name
        for name, _columns in uniques:
            assert name.startswith(f"uq_{table}_"), name
        assert all(name.startswith(f"ck_{table}_") for name in checks), checks
        assert all(name.startswith(f"fk_{table}_") for name in keys), keys


def test_an_empty_and_a_newer_database_are_told_apart(empty_url: str, engine: Engine) -> None:
    with pytest.raises(SchemaMismatch, match="empty"):
        schema.require_current(engine)
    schema.upgrade(empty_url)
    schema.require_current(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaMismatch, match="newer"):
        schema.require_current(engine)


def test_an_upgrade_of_a_database_that_is_up_to_date_changes_nothing(empty_url: str, engine: Engine) -> None:
    schema.upgrade(empty_url)
    before = structure(engine)
    schema.upgrade(empty_url)
    assert structure(engine) == before
