"""A disk that fills up while a database grows: what was saved stays, and the sentence says so."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, exc, text

from touches.errors import DatabaseUnreachable, DiskFull
from touches.store.session import explained, open_engine

ROOM = 20  # pages
ROW = "x" * 8000


def test_what_was_saved_before_the_disk_was_full_stays_and_is_not_called_unchanged(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/touches.db"
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept (words TEXT)"))
    with pytest.raises(DiskFull, match="what was saved before stays, the rest was undone"), explained(url):
        _fill(engine)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM kept")).scalar_one() > 2
    engine.dispose()


def test_a_disk_without_a_byte_left_is_named_too() -> None:
    failed = exc.OperationalError("COMMIT", None, sqlite3.OperationalError("disk I/O error"))
    with pytest.raises(DatabaseUnreachable, match="full to the last byte, or failing"), explained("sqlite:///t.db"):
        raise failed


def _fill(engine: Engine) -> None:
    """One row a transaction, as an import saves one part after the other."""
    for _ in range(ROOM):
        with engine.begin() as connection:
            connection.execute(text(f"PRAGMA max_page_count={ROOM}"))
            connection.execute(text("INSERT INTO kept VALUES (:words)"), {"words": ROW})
