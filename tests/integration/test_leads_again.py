"""The same list again changes nothing, whatever is in it; and how it is cut into transactions decides nothing."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import update

from tests.integration.importer import NOW, WHOLE, Importer, Row, counts, unchanged
from tests.integration.people import SIGNER
from touches.people.joining import merge_leads
from touches.store.rows import metadata
from touches.store.units import Store

COLUMNS = {
    "external_id": ["", "", "", "c1", "c2", "\ufeffc3", " c4"],
    "email": ["a@x.example", "A@X.example", "b@x.example", "c@x.example", "d@bücher.example", "broken", "", ""],
    "email_2": ["b@x.example", "c@x.example; d@x.example", "", "", ""],
    "mobile": ["040 123 4567", "050 765 4321", "", "", ""],
    "phone": ["0401234567", "+358 50 765 4321", "123", "", "", ""],
    "first_name": ["Ann", "Anna", "ANNA", "Hanna", "Johanna", "Bob", "Zoë", "Zoe\u0308", "李", " ", "", ""],
    "last_name": ["Lee", "lee", "Leigh", "", ""],
    "company": ["Acme", "ACME ", "Other", "", ""],
    "company_size": ["250-499", "10", "many", "", "", ""],
    "age": ["50", "", ""],
    "country": ["FI", "USA", "Nowhere", "", "", ""],
    "street": ["Katu 1", "Tie 2", "", ""],
    "city": ["Helsinki", "Turku", "", ""],
    "consent": ["express", "implied", "none", "", "", ""],
    "consent_at": ["2026-10-01", "2026-09-01", "", ""],
    "Email Opt Out": ["1", "", "", "", "", ""],
    "colour": ["red", "two\nlines", "", ""],
}
rows_of = st.lists(
    st.fixed_dictionaries({name: st.sampled_from(values) for name, values in COLUMNS.items()}), max_size=9
)
like_names = st.lists(  # one mailbox or two, names that are nearly alike, hardly anything else
    st.fixed_dictionaries({name: st.sampled_from(COLUMNS[name][:3]) for name in ("email", "first_name", "last_name")}),
    max_size=25,
)
crowd = st.lists(  # many names on one mailbox, a phone here and there
    st.fixed_dictionaries(
        {
            "email": st.sampled_from(["all@x.example", "all@x.example", "a@x.example"]),
            "phone": st.sampled_from(["", "0401234567"]),
            "first_name": st.sampled_from([f"{one}{two}" for one in "BDFGKMT" for two in "aeiouy"] + [""]),
        }
    ),
    min_size=30,
    max_size=70,
)
lists = st.one_of(rows_of, like_names, crowd)


@pytest.fixture
def bring(database_url: str, tmp_path: Path) -> Iterator[Importer]:
    store = Store(database_url)
    yield Importer(store, tmp_path / "leads.csv")
    store.close()


def tried(*, examples: int) -> Any:
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("seed", range(12))
def test_like_names_on_shared_mailboxes_are_known_again(bring: Importer, seed: int) -> None:
    dice = random.Random(seed)
    rows = [
        {
            "email": f"m{dice.randrange(6)}@x.example",
            "first_name": dice.choice(["Ann", "Anna", "Anne", "An", "Bob"]),
            "last_name": dice.choice(["Lee", "Leigh", "Le", ""]),
            "country": dice.choice(["FI", "DE", "US", ""]),
        }
        for _ in range(40)
    ]
    bring(rows)
    before = bring.everything()
    assert counts(bring.again()) == (0, 0, 40, 0)
    assert bring.everything() == before


def test_any_list_again_changes_nothing_however_it_is_cut(bring: Importer) -> None:
    @tried(examples=40)
    @given(known=lists, rows=lists, chunk=st.integers(1, 4))
    def again(known: list[Row], rows: list[Row], chunk: int) -> None:
        bring.empty()
        bring(known)
        first = bring(rows)
        before = bring.everything()
        for size in (WHOLE, chunk):
            second = bring.again(chunk=size, days=400)
            assert unchanged(second)
            assert second.rejected == first.rejected
            assert bring.everything() == before

    again()


def test_a_dry_run_and_every_cut_come_to_the_same(bring: Importer) -> None:
    @tried(examples=40)
    @given(known=lists, rows=lists, chunk=st.integers(1, 4))
    def same(known: list[Row], rows: list[Row], chunk: int) -> None:
        found = []
        for size in (WHOLE, chunk):
            bring.empty()
            bring(known, chunk=size)
            planned = counts(bring(rows, chunk=size, dry_run=True))
            assert planned == counts(bring.again(chunk=size))
            found.append((planned, bring.people()))
        assert found[0] == found[1]

    same()


def test_a_row_that_changed_takes_no_other_to_another_lead(bring: Importer) -> None:
    @tried(examples=40)
    @given(rows=like_names, at=st.integers(0, 30))
    def stays(rows: list[Row], at: int) -> None:
        bring.empty()
        listed = [row | {"city": "Turku"} for row in rows]
        bring(listed)
        leads = len(bring.people())
        if rows:
            listed[at % len(rows)]["city"] = "Oulu"
        bring(listed)
        assert len(bring.people()) == leads
        assert unchanged(bring.again(chunk=2))

    stays()


def test_however_many_rows_one_lead_has_all_are_known_again(bring: Importer) -> None:
    rows = [{"email": "info@x.example", "city": f"T{at}"} for at in range(60)]
    assert counts(bring(rows, chunk=7)) == (1, 59, 0, 0)
    before = bring.everything()
    assert counts(bring.again()) == (0, 0, 60, 0)
    assert bring.everything() == before
    changed = [*rows[:30], {"email": "info@x.example", "city": "Oulu"}, *rows[31:]]
    assert counts(bring(changed, chunk=7)) == (0, 30, 30, 0)
    assert counts(bring.again()) == (0, 0, 60, 0)
    assert counts(bring(rows)) == (0, 30, 30, 0)


def test_the_later_row_counts_even_where_it_says_what_was_said_before(bring: Importer) -> None:
    rows = [{"external_id": "c1", "city": city} for city in ("Turku", "Oulu", "Turku")]
    for chunk in (WHOLE, 1):
        bring.empty()
        assert counts(bring(rows, chunk=chunk)) == (1, 2, 0, 0)
        assert "'Turku'" in bring.people()[0]
        assert unchanged(bring.again(chunk=chunk))


def test_who_has_none_of_a_row_s_addresses_any_more_is_still_known_by_the_row(bring: Importer) -> None:
    rows = [
        {"email": email, "phone": phone, "first_name": "Ann"}
        for email, phone in (
            ("a@x.example", "0401234567"),
            ("b@x.example", "0401234567"),
            ("b@x.example", "0507654321"),
        )
    ]
    for chunk in (WHOLE, 1):
        bring.empty()
        assert counts(bring(rows, chunk=chunk)) == (1, 2, 0, 0)
        assert counts(bring.again(chunk=chunk)) == (0, 0, 3, 0)


def test_rows_of_a_lead_that_was_merged_bring_nobody_back(bring: Importer) -> None:
    rows = [{"email": "a@x.example", "first_name": name, "city": ""} for name in ("Robert", "Bob")]
    assert counts(bring(rows)) == (2, 0, 0, 0)
    with bring.store.write() as unit:
        kept, gone = (unit.leads.get(lead_id) for lead_id in unit.leads.find("a@x.example"))
        assert gone is not None
        assert kept is not None
        merge_leads(unit, SIGNER, gone, kept, actor="test", at=NOW)
    assert counts(bring(rows)) == (0, 0, 2, 0)
    rows[0]["city"] = "Oulu"
    assert counts(bring(rows))[0] == 0


def test_a_settled_row_says_nothing_of_its_company_either(bring: Importer) -> None:
    bring([{"email": "a@x.example", "company": "Acme", "company_size": "10"}])
    with bring.store.write() as unit:
        unit.connection.execute(update(metadata.tables["company"]).values(size=20))
    bring.again()
    assert bring.people()[0].count("('acme', 'Acme', 20") == 1


def test_a_workbook_again_changes_nothing(bring: Importer) -> None:
    dice = random.Random(3)
    bring.file = bring.file.with_suffix(".xlsx")
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["email", "phone", "first_name", "age", "company"])
    for _ in range(40):
        sheet.append(
            [f"m{dice.randrange(6)}@x.example", 401234567, dice.choice(["Ann", "ANN", "李", None]), 50, "Acme"]
        )
    book.save(bring.file)
    planned = counts(bring.again(dry_run=True, chunk=5))
    assert counts(bring.again(chunk=5)) == planned
    assert unchanged(bring.again(days=400))
