"""Three weeks of the demo through the real engine and the real channels, counted from what arrived."""

import csv
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from touches.demo.playing import Order, Played, play
from touches.demo.summary import document, text
from touches.demo.workplace import DATA, LISTS
from touches.store.units import Store

DAYS = 21
ORDER = Order(folder=Path(), now=datetime(2026, 11, 22, 5, tzinfo=UTC), days=DAYS)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    days: list[int] = []
    found = play(replace(ORDER, folder=tmp_path_factory.mktemp("demo")), days.append)
    assert sum(days) == DAYS
    return found


def test_every_promise_is_kept(played: Played) -> None:
    assert [check for check in played.checks if not check.kept] == []
    assert played.notes == []


def test_every_way_is_used(played: Played) -> None:
    for what in ("email", "sms", "letter", "call", "replies", "opt-outs", "bounces", "purchases", "complaints"):
        assert played.diary.total(what) + played.diary.total("refused" if what == "bounces" else what) > 0, what


def test_what_arrived_lies_where_the_summary_says(played: Played) -> None:
    data = document(played)
    assert len(list(Path(data["mails"]).glob("*.eml"))) == data["totals"]["email"] + data["totals"]["notices"]
    assert len(list(Path(data["sms"]).glob("*.txt"))) == data["totals"]["sms"]
    letters = [path.read_bytes()[:5] for path in (data["letters"] / "out").glob("*.pdf")]
    assert set(letters) == {b"%PDF-"}
    assert Path(data["database"]).is_file()


def test_the_same_seed_gives_the_same_campaign(played: Played, tmp_path: Path) -> None:
    again = play(replace(ORDER, folder=tmp_path / "again"), lambda _: None)
    assert _course(again) == _course(played)
    assert document(again)["by_day"] == document(played)["by_day"]


def _course(played: Played) -> list[tuple[object, ...]]:
    """Every touch of every lead: when, by which way, with which news, and what became of it."""
    store = Store(played.stage.workspace.settings.database_url)
    with closing(store), store.read() as unit:
        touches = unit.touches.page(after=0, limit=10_000)
    return [
        (one.lead_id, one.policy, one.step, one.round, one.channel, one.news, one.state, one.due_at, one.handed_over_at)
        for one in touches
    ]


def test_the_summary_names_commands_that_exist(played: Played) -> None:
    from cli import root

    told = text(played)
    tried = [line.split()[3] for line in told.splitlines() if line.startswith("  touches --workspace")]
    assert len(tried) == 3
    assert set(tried) <= set(root.commands)


def test_days_add_up_to_the_totals(played: Played) -> None:
    data = document(played)
    days: Counter[str] = Counter()
    for counts in data["by_day"].values():
        days.update(counts)
    assert {name: number for name, number in days.items() if not name.startswith("call ")} == data["totals"]


def test_the_shipped_people_are_from_everywhere() -> None:
    rows = []
    for name in LISTS:
        with (DATA / name).open(encoding="utf-8", newline="") as opened:
            rows += list(csv.DictReader(opened))
    names = "".join(row["first_name"] + row["last_name"] for row in rows)
    assert 190 <= len(rows) <= 210
    assert len({row["country"] for row in rows}) >= 8
    assert len({row["timezone"] for row in rows}) >= 6
    assert {"en", "fi", "de", "ru", "zh", "fil"} <= {row["language"] for row in rows}
    for letter in "äяΝ王ễ":
        assert letter in names, letter
    assert any(not row["email"] for row in rows)
    assert any(not row["phone"] for row in rows)
    assert sum(row["company_size"] >= "250" and row["birth_year"] < "1976" for row in rows if row["company_size"]) > 20
    assert all(row["email"].endswith(".example") for row in rows if row["email"])
