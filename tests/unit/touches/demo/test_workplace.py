"""Where a demo may play, and how its shipped histories are moved."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from touches.demo.workplace import MARK, clear, first_day, moved
from touches.errors import WorkspaceError


def test_the_days_end_by_today_and_begin_on_a_monday() -> None:
    now = datetime(2026, 11, 22, 5, tzinfo=UTC)
    start = first_day(45, now)
    assert start == datetime(2026, 10, 5, tzinfo=UTC)
    assert start.weekday() == 0
    assert (now - start).days >= 45


def test_histories_move_by_whole_weeks() -> None:
    history = "lead,kind,at,amount\nK001,purchase,2026-01-02T09:30:00+02:00,4.10\n"
    assert "K001,purchase,2026-10-02T09:30:00+02:00,4.10" in moved(history, datetime(2026, 10, 5, tzinfo=UTC))


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("three years", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="not empty"):
        clear(tmp_path, force=True)
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8") == "three years"


def test_a_workspace_of_the_team_is_no_former_demo(tmp_path: Path) -> None:
    (tmp_path / "touches.toml").write_text("", encoding="utf-8")
    (tmp_path / ".touches").mkdir()
    with pytest.raises(WorkspaceError, match="not empty"):
        clear(tmp_path, force=True)


def test_a_former_demo_goes_with_force_alone(tmp_path: Path) -> None:
    folder = tmp_path / "play"
    (folder / ".touches").mkdir(parents=True)
    (folder / ".touches" / MARK).write_text("{}", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="former demo"):
        clear(folder, force=False)
    clear(folder, force=True)
    assert not folder.exists()


def test_an_empty_folder_is_taken_as_it_is(tmp_path: Path) -> None:
    clear(tmp_path, force=False)
    clear(tmp_path / "new", force=False)
    assert tmp_path.is_dir()
