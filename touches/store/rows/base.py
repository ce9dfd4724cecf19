"""What all tables share: names of constraints (migrations need them) and the builders of columns."""

from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Integer, Text
from sqlmodel import Field, SQLModel

from touches.store.types import Instant, Json

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

SQLModel.model_config["defer_build"] = True  # rows are never validated by pydantic: it need not learn how

# SQLite gives a rowid only to INTEGER, PostgreSQL runs out of it.
Id = BigInteger().with_variant(Integer, "sqlite")
POINTS_TO = "points to"  # key in what is known of a column: the table of an id that is no foreign key


def id_column() -> Any:
    """A primary key that the database counts up."""
    return Field(default=None, primary_key=True, sa_type=Id)


def key_to(target: str, *, nullable: bool = False, index: bool = False) -> Any:
    """A foreign key."""
    default = None if nullable else ...
    return Field(default, foreign_key=target, nullable=nullable, index=index, sa_type=Id)


def id_of(table: str, *, nullable: bool = False) -> Any:
    """The id of a row that is never deleted, or not before these ids of its lead are changed, in a table that grows
    with every touch. It is no foreign key: for each new row the database would seek what it points to, PostgreSQL would
    lock and rewrite that as well, and a deletion would walk through the whole table. `doctor` looks for ids that lead
    nowhere."""
    default = None if nullable else ...
    return Field(default, nullable=nullable, sa_type=Id, sa_column_kwargs={"info": {POINTS_TO: table}})


def id_as_key(table: str) -> Any:
    """The id of the one row that this one belongs to, as the key of both: `id_of` for columns that are read apart."""
    return Field(primary_key=True, sa_type=Id, sa_column_kwargs={"autoincrement": False, "info": {POINTS_TO: table}})


def text_column(**options: Any) -> Any:
    """A text that is never null; empty means unknown."""
    return Field(default="", sa_type=Text, nullable=False, sa_column_kwargs={"server_default": ""}, **options)


def count_column(default: int = 0) -> Any:
    """A number that is never null."""
    return Field(default=default, nullable=False, sa_column_kwargs={"server_default": str(default)})


def instant_column(*, nullable: bool = True, **options: Any) -> Any:
    """An instant, see `Instant`."""
    return Field(default=None if nullable else ..., sa_type=Instant, nullable=nullable, **options)


def json_column(empty: type[dict[str, Any]] | type[list[Any]] = dict) -> Any:
    """A small JSON document, never null."""
    default = {"server_default": "[]" if empty is list else "{}"}
    return Field(default_factory=empty, sa_type=Json, nullable=False, sa_column_kwargs=default)


def one_of(column: str, values: type[StrEnum]) -> CheckConstraint:
    """The database's own copy of a closed set. Spelt with OR: for `IN` SQLite builds a table at every single insert."""
    listed = " OR ".join(f"{column} = '{value}'" for value in values)
    return CheckConstraint(listed, name=f"{column}_known")
