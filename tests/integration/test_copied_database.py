"""A database that was copied while touches were due: the copy sends nothing until somebody says that it may."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from tests.integration.people import NOW
from tests.servers.postgresql import copied_database
from touches.store.mark import keep_mark
from touches.store.places import is_copy
from touches.store.units import Store


def looked_at(url: str, state: Path) -> str:
    store = Store(url)
    try:
        return keep_mark(store, state, now=NOW)
    finally:
        store.close()


def test_a_copied_workspace_is_in_hold_and_the_first_one_is_not(sqlite_url: str, tmp_path: Path) -> None:
    file, state = tmp_path / "touches.db", tmp_path / "state"
    assert looked_at(sqlite_url, state) == ""
    copy, copied_state = tmp_path / "copy.db", tmp_path / "copied"
    copy.write_bytes(file.read_bytes())
    copied_state.mkdir()
    (copied_state / "mark.json").write_bytes((state / "mark.json").read_bytes())

    assert "another place" in looked_at(f"sqlite:///{copy}", copied_state)
    assert looked_at(f"sqlite:///{copy}", copied_state) == "", "released by a person, it stays released"
    assert looked_at(sqlite_url, state) == ""


def test_a_renamed_file_is_no_copy(sqlite_url: str, tmp_path: Path) -> None:
    looked_at(sqlite_url, tmp_path / "state")
    moved = (tmp_path / "touches.db").rename(tmp_path / "moved.db")

    assert looked_at(f"sqlite:///{moved}", tmp_path / "state") == ""


def test_a_copy_on_a_server_is_in_hold(postgresql_server: Any, postgresql_url: str, tmp_path: Path) -> None:
    """Also where nobody has been before: a clone for trials has a workspace of its own."""
    assert looked_at(postgresql_url, tmp_path / "one") == ""
    assert looked_at(postgresql_url, tmp_path / "two") == "", "several machines may share a server"
    with copied_database(postgresql_server, str(make_url(postgresql_url).database)) as clone:
        assert "another place" in looked_at(clone, tmp_path / "trials")


@pytest.mark.parametrize(
    ("before", "now", "copied"),
    [
        ("", "/w/t.db 1:2", False),
        ("/w/t.db 1:2", "/w/t.db 1:2", False),
        ("/w/t.db 1:2", "/w/t.db 1:9", False),  # put back by a backup: how far it has come tells the rest
        ("/w/t.db 1:2", "/my folder/t.db 1:2", False),
        ("/w/t.db 1:2", "/v/t.db 1:9", True),
        ("/w/t.db 1:2", "77 16384", True),  # moved to a server
        ("77 16384", "77 16384", False),
        ("77 16384", "78 16384", True),
    ],
)
def test_what_is_a_copy(before: str, now: str, copied: bool) -> None:
    assert is_copy(before, now) is copied
