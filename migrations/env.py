"""Runs the migrations on the connection that the store hands over."""

from typing import Any

from alembic import context
from sqlalchemy import Connection

from touches.store.rows import metadata
from touches.store.types import Instant, Json


def render(kind: str, item: Any, autogen: Any) -> str | bool:
    """Spell our own column types in a generated script."""
    if kind == "type" and isinstance(item, Instant | Json):
        autogen.imports.add("from touches.store.types import Instant, Json")
        return f"{type(item).__name__}()"
    return False


def run(connection: Connection) -> None:
    """Migrate; on PostgreSQL wait a bounded time for locks, so that a busy table stops us instead of everybody."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render,
        transaction_per_migration=True,
    )
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET lock_timeout = '30s'")
        connection.commit()
    with context.begin_transaction():
        context.run_migrations()


def connection() -> Connection:
    """The store's connection, or for the alembic command itself one in memory."""
    given = context.config.attributes.get("connection")
    if given is not None:
        return given
    from touches.store.session import open_engine

    return open_engine(context.get_x_argument(as_dictionary=True).get("url", "sqlite://")).connect()


run(connection())
