"""What leads did, from lists and by hand, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.integration.people import NOW, SIGNER, People
from touches.people.deed_import import DeedOrder, import_deeds
from touches.people.deeds import DeedRules
from touches.people.draft import ImportReport
from touches.people.joining import merge_leads
from touches.people.opt_out import opt_in
from touches.store.units import Store

RULES = DeedRules(zone="Europe/Helsinki", country="FI", now=NOW)
LIST = """lead,kind,at,amount
c1,purchase,2026-10-01 12:00,12.50
a@x.example,visit,2026-10-02,
040 123 4567,purchase,2026-10-03T10:00+00:00,5
"""


@pytest.fixture
def people(database_url: str) -> Iterator[People]:
    store = Store(database_url)
    yield People(store)
    store.close()


def bring(people: People, folder: Path, text: str, *, dry_run: bool = False) -> ImportReport:
    file = folder / "activities.csv"
    file.write_text(text, encoding="utf-8")
    return import_deeds(people.store, DeedOrder(file=file, rules=RULES, actor="test", dry_run=dry_run))


def test_activities_come_in_once_and_move_the_last_purchase_forward(people: People, tmp_path: Path) -> None:
    lead_id = people.add("c1", email="a@x.example", phone="0401234567")
    assert bring(people, tmp_path, LIST, dry_run=True).new == 3
    report = bring(people, tmp_path, LIST)
    assert (report.new, report.unchanged, report.rejected) == (3, 0, 0)
    again = bring(people, tmp_path, LIST)
    assert (again.new, again.unchanged) == (0, 3)
    with people.store.read() as unit:
        found = unit.activities.of_leads([lead_id])[lead_id]
    assert [(each.kind, each.amount) for each in found] == [
        ("purchase", Decimal("12.50")),
        ("visit", None),
        ("purchase", Decimal("5.00")),
    ]
    assert found[0].at == datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
    assert people.lead(lead_id).bought_at == datetime(2026, 10, 3, 10, 0, tzinfo=UTC)


def test_an_older_purchase_does_not_move_it_back(people: People, tmp_path: Path) -> None:
    lead_id = people.add("c1", email="a@x.example", phone="0401234567")
    bring(people, tmp_path, LIST)
    bring(people, tmp_path, "lead,kind,at\nc1,purchase,2020-01-01\n")
    assert people.lead(lead_id).bought_at == datetime(2026, 10, 3, 10, 0, tzinfo=UTC)


def test_rows_of_nobody_and_of_several_are_refused_with_their_line(people: People, tmp_path: Path) -> None:
    people.add("c1", phone="0401234567")
    people.add("c2", phone="0401234567")
    report = bring(
        people, tmp_path, "lead,kind,at\nnobody,visit,2026-10-01\n0401234567,visit,2026-10-01\nc2,visit,2026-10-01\n"
    )
    assert (report.new, report.rejected) == (1, 2)
    assert [each.line for each in report.first_rejections] == [2, 3]
    assert "2 leads (c1, c2)" in report.first_rejections[1].reason
    assert report.rejected_file is not None
    assert report.rejected_file.name == "activities.rejected.csv"


def test_a_merged_lead_s_activities_are_the_survivor_s(people: People, tmp_path: Path) -> None:
    gone, kept = people.add("c1", email="a@x.example", phone="0401234567"), people.add("c2", email="b@x.example")
    with people.store.write() as unit:
        leads = unit.leads.by_ids([gone, kept])
        merge_leads(unit, SIGNER, leads[gone], leads[kept], actor="test", at=NOW)
    assert bring(people, tmp_path, LIST).new == 3
    with people.store.read() as unit:
        assert len(unit.activities.of_leads([kept])[kept]) == 3


def test_new_activities_wait_for_triggers_to_see_them(people: People, tmp_path: Path) -> None:
    people.add("c1", email="a@x.example", phone="0401234567")
    bring(people, tmp_path, LIST)
    with people.store.read() as unit:
        assert len(unit.activities.unseen(["purchase"], limit=9)) == 2


def test_a_dry_run_counts_as_the_import_will_and_waits_for_no_writer(people: People, tmp_path: Path) -> None:
    people.add("c1", email="a@x.example", phone="0401234567")
    bring(people, tmp_path, LIST)
    longer = LIST + "c1,visit,2026-10-05,\nc1,visit,2026-10-05,\n0401234567,visit,2026-10-05,7\n"
    with people.store.write():  # a SQLite file has one write lock: who asked for it here would wait for ever
        planned = bring(people, tmp_path, longer, dry_run=True)
    assert (planned.new, planned.unchanged) == (2, 4)
    report = bring(people, tmp_path, longer)
    assert (report.new, report.unchanged) == (2, 4)


@pytest.mark.parametrize("word", ["opt_out", "Opt-Out", "unsubscribed"])
def test_whoever_said_stop_somewhere_else_is_closed_for_everything(people: People, tmp_path: Path, word: str) -> None:
    lead_id = people.add("c1", email="a@x.example", phone="0401234567")
    text = f"lead,kind,at\nc1,{word},2026-10-01 12:00\n"
    bring(people, tmp_path, text, dry_run=True)
    assert [set(point.opted_out) for point in people.lead(lead_id).points] == [set(), set()]
    for new in (1, 0):
        assert bring(people, tmp_path, text).new == new
        assert [set(point.opted_out) for point in people.lead(lead_id).points] == [{"all"}, {"all"}]


def test_an_old_list_does_not_close_what_was_opened_since(people: People, tmp_path: Path) -> None:
    lead_id = people.add("c1", email="a@x.example")
    text = "lead,kind,at\nc1,opt_out,2026-10-01 12:00\n"
    bring(people, tmp_path, text)
    with people.store.write() as unit:
        opt_in(unit, SIGNER, lead_id, "all", "START", at=NOW)
    bring(people, tmp_path, text)
    assert [set(point.opted_out) for point in people.lead(lead_id).points] == [set()]


def test_a_list_of_activities_opens_nothing(people: People, tmp_path: Path) -> None:
    people.add("c1", email="a@x.example")
    report = bring(people, tmp_path, "lead,kind,at\nc1,opt-in,2026-10-01 12:00\n")
    assert (report.new, report.rejected) == (0, 1)
