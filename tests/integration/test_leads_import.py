"""Lists into a real database, of both kinds."""

import csv
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from touches.errors import FileError
from touches.law.values import Basis
from touches.model.people import Lead
from touches.people import importing
from touches.people.consenting import Given, record_consent
from touches.people.draft import Defaults, ImportReport
from touches.people.importing import ImportOrder, import_leads
from touches.people.opt_out import opt_out
from touches.store.import_lookups import ImportLookups
from touches.store.units import Store
from touches.tokens import Signer

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
SIGNER = Signer(b"k" * 32)
LIST = """external_id,email,phone,first_name,company,country,street,postal_code,city,colour
c1,aino@x.example,040 123 4567,Aino,Kahvila Oy,FI,Katu 1,00100,Helsinki,red
c2,bob@x.example,(212) 555-1234,Bob,Acme,US,1 Main St,10001,New York,
,carl@x.example,,Carl,,DE,,,,
"""


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    found = Store(database_url)
    yield found
    found.close()


@pytest.fixture
def bring(store: Store, tmp_path: Path) -> "Bring":
    return Bring(store, tmp_path)


class Bring:
    """Imports a text as a file."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.file = folder / "leads.csv"

    def __call__(self, text: str, *, dry_run: bool = False, now: datetime = NOW, segment: str = "") -> ImportReport:
        self.file.write_text(text, encoding="utf-8")
        defaults = Defaults(country="FI", year=now.year, segment=segment)
        order = ImportOrder(file=self.file, defaults=defaults, now=now, actor="test", dry_run=dry_run)
        return import_leads(self.store, SIGNER, order)

    def lead(self, key: str) -> Lead:
        with self.store.read() as unit:
            (lead_id,) = unit.leads.find(key)
            found = unit.leads.get(unit.leads.survivor(lead_id))
        assert found is not None
        return found

    def everybody(self) -> list[Lead]:
        with self.store.read() as unit:
            return [lead for batch in unit.leads.walk() for lead in batch]


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.new, report.changed, report.unchanged, report.rejected


def test_a_list_comes_in_whole(bring: Bring) -> None:
    assert counts(bring(LIST, segment="cafe")) == (3, 0, 0, 0)
    aino = bring.lead("c1")
    assert [(point.kind, point.address) for point in aino.points] == [
        ("email", "aino@x.example"),
        ("phone", "+358401234567"),
        ("postal", "Katu 1\n00100 Helsinki"),
    ]
    assert aino.company is not None
    assert (aino.company.name, aino.segment, aino.attributes) == ("Kahvila Oy", "cafe", {"colour": "red"})
    assert (aino.street, aino.postal_code, aino.city) == ("Katu 1", "00100", "Helsinki")
    assert bring.lead("c2").points[2].address == "1 Main St\nNew York 10001"


def test_the_same_list_again_changes_nothing_even_years_later(bring: Bring) -> None:
    text = LIST.replace("colour", "age").replace(",red", ",55")
    bring(text)
    before = bring.everybody()
    again = bring(text, now=datetime(2029, 1, 1, tzinfo=UTC))
    assert counts(again) == (0, 0, 3, 0)
    assert again.warnings == 0
    assert bring.everybody() == before


def test_a_changed_row_changes_its_lead_alone_and_empty_cells_say_nothing(bring: Bring) -> None:
    bring(LIST)
    report = bring(LIST.replace("Aino,Kahvila Oy", "Aino,").replace("Helsinki,red", "Turku,"))
    assert counts(report) == (0, 1, 2, 0)
    aino = bring.lead("c1")
    assert aino.city == "Turku"
    assert aino.company is not None
    assert aino.attributes == {"colour": "red"}
    assert [point.address for point in aino.points_for("letter")] == ["Katu 1\n00100 Turku"]


def test_a_new_address_takes_the_place_of_the_old_one_and_back(bring: Bring) -> None:
    bring(LIST)
    bring(LIST.replace("aino@x.example", "new@x.example"))
    assert [point.address for point in bring.lead("c1").points_for("email")] == ["new@x.example"]
    bring(LIST)
    assert [point.address for point in bring.lead("c1").points_for("email")] == ["aino@x.example"]


def test_a_row_without_an_id_is_known_by_its_mailbox_whatever_its_case(bring: Bring) -> None:
    bring(LIST)
    report = bring("email,first_name,city\nCARL@X.example,Carl,Berlin\naino@X.EXAMPLE,Aino,Espoo\n")
    assert counts(report) == (0, 2, 0, 0)
    assert bring.lead("carl@x.example").city == "Berlin"
    assert bring.lead("c1").city == "Espoo"


def test_a_shared_phone_or_mailbox_warns_and_merges_nobody(bring: Bring) -> None:
    text = (
        "external_id,email,phone,first_name\na,info@x.example,0401234567,Anna\nb,info@x.example,0401234567,Bert\n"
        ",home@x.example,0501234567,Cleo\n,dora@x.example,0501234567,Dora\n"
    )
    report = bring(text)
    assert counts(report) == (4, 0, 0, 0)
    assert report.warnings == 3
    assert report.first_remarks[0].line == 3
    assert "a" in report.first_remarks[0].text
    again = bring(text)
    assert counts(again) == (0, 0, 4, 0)


def test_two_rows_about_one_lead_the_later_counts_and_says_so(bring: Bring) -> None:
    text = "email,city,first_name\na@x.example,Turku,A\nA@x.example,Espoo,\n"
    report = bring(text)
    assert counts(report) == (1, 1, 0, 0)
    assert report.warnings == 1
    lead = bring.lead("a@x.example")
    assert (lead.city, lead.first_name) == ("Espoo", "A")
    assert counts(bring(text)) == (0, 0, 2, 0)
    assert counts(bring(text.replace("Espoo", "Vaasa"))) == (0, 1, 1, 0)
    assert counts(bring(text)) == (0, 1, 1, 0)
    assert bring.lead("a@x.example").city == "Espoo"


def test_rows_that_repeat_over_chunks_are_one_lead(bring: Bring, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)
    text = "email,city\n" + "".join(f"u{n % 3}@x.example,T{n}\n" for n in range(9))
    assert counts(bring(text, dry_run=True)) == (3, 6, 0, 0)
    assert counts(bring(text)) == (3, 6, 0, 0)
    assert counts(bring(text)) == (0, 0, 9, 0)
    assert bring.lead("u0@x.example").city == "T6"


def test_refused_rows_are_written_with_line_and_reason_and_can_be_mended(bring: Bring) -> None:
    report = bring("email;phone;name\nbroken;0401234567;A\nb@x.example;123;B\nc@x.example;;C\n")
    assert counts(report) == (1, 0, 0, 2)
    assert report.rejected_file == bring.file.with_name("leads.rejected.csv")
    with report.rejected_file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [(row["line"], row["email"], row["phone"], row["name"]) for row in rows] == [
        ("2", "broken", "0401234567", "A"),
        ("3", "b@x.example", "123", "B"),
    ]
    assert 'phone "123"' in rows[1]["reason"]
    mended = report.rejected_file.read_text(encoding="utf-8").replace("broken", "a@x.example").replace(",123,", ",,")
    assert counts(bring(mended)) == (2, 0, 0, 0)
    assert bring.lead("a@x.example").attributes == {}


def test_a_folder_that_cannot_be_written_to_moves_the_refused_rows_to_the_current_one(
    bring: Bring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Something in the way stands for a read-only folder, which would not stop root."""
    (tmp_path / "here").mkdir()
    (tmp_path / ".leads.rejected.csv.part").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    report = bring("email\nbroken\n")
    assert report.rejected_file == tmp_path / "here" / "leads.rejected.csv"
    assert report.all_rejected


def test_a_dry_run_counts_and_writes_nothing(bring: Bring) -> None:
    report = bring(LIST + "c9,broken,,,,,,,,\n", dry_run=True)
    assert counts(report) == (3, 0, 0, 1)
    assert report.rejected_file is None
    assert not bring.file.with_name("leads.rejected.csv").exists()
    assert bring.everybody() == []


def test_a_dry_run_waits_for_no_writer(bring: Bring) -> None:
    bring("external_id,email,company\nc1,a@x.example,Acme\n")
    with bring.store.write():
        report = bring("external_id,email,company\nc1,a@x.example,Acme\nc2,b@x.example,New\n", dry_run=True)
    assert counts(report) == (1, 0, 1, 0)


def test_a_list_that_cannot_be_read_changes_nothing(bring: Bring) -> None:
    with pytest.raises(FileError, match="both mean"):
        bring("email,E-Mail\na@x.example,b@x.example\n")
    assert bring.everybody() == []


def test_an_opt_out_survives_a_new_import_under_another_id(bring: Bring) -> None:
    bring(LIST)
    with bring.store.write() as unit:
        opt_out(unit, SIGNER, bring.lead("c1").id, "email", "test", at=NOW)
    bring("external_id,email\nc77,AINO@x.example\n")
    assert bring.lead("c77").points_for("email") == ()


def test_opt_outs_of_the_list_hold(bring: Bring) -> None:
    bring("email,phone,Email Opt Out\na@x.example,0401234567,1\n")
    lead = bring.lead("a@x.example")
    assert lead.points_for("email") == ()
    assert lead.points_for("sms")


@pytest.mark.parametrize(
    ("listed", "stands", "ends"),
    [
        pytest.param("express,2026-10-02", "express", False, id="a later consent has no end"),
        pytest.param("express,2026-09-30", "implied", True, id="an earlier one changes nothing"),
        pytest.param("express,", "express", True, id="one without a day keeps the end"),
        pytest.param("none,", "none", True, id="taking back needs no day"),
        pytest.param(",", "implied", True, id="nothing is said"),
    ],
)
def test_a_consent_of_a_list_takes_the_place_of_an_older_one(
    bring: Bring, listed: str, stands: str, ends: bool
) -> None:
    bring("external_id,email\nc1,a@x.example\n")
    end = datetime(2027, 3, 1, tzinfo=UTC)
    put_on_record(bring, Basis.IMPLIED, at=datetime(2026, 10, 1, tzinfo=UTC), until=end)
    bring(f"external_id,email,consent,consent_at\nc1,a@x.example,{listed}\n")
    (point,) = bring.lead("c1").points
    assert (point.consent, point.consent_until) == (stands, end if ends else None)


def test_what_was_taken_back_is_only_given_again_by_what_is_surely_later(bring: Bring) -> None:
    bring("external_id,email\nc1,a@x.example\n")
    put_on_record(bring, Basis.NONE, at=datetime(2026, 10, 1, tzinfo=UTC))
    for listed, stands in (("express,", "none"), ("express,2026-09-30", "none"), ("express,2026-10-02", "express")):
        bring(f"external_id,email,consent,consent_at\nc1,a@x.example,{listed}\n")
        assert [point.consent for point in bring.lead("c1").points] == [stands]


def put_on_record(bring: Bring, basis: Basis, *, at: datetime, until: datetime | None = None) -> None:
    lead = bring.lead("c1")
    given = Given(basis=basis, source="fair", evidence="", at=at, until=until)
    with bring.store.write() as unit:
        record_consent(unit, lead, lead.points, given, actor="test", now=NOW)


def test_consent_comes_with_its_evidence(bring: Bring) -> None:
    bring("email,consent,consent_source\na@x.example,express,web form\n")
    bring("email,city\na@x.example,Turku\n")
    (point,) = bring.lead("a@x.example").points
    assert (point.consent, point.consent_source) == ("express", "web form")


def test_hostile_names_are_text(bring: Bring) -> None:
    names = [
        "Bcc: v@x.test",
        "=?utf-8?q?x?=",
        "{{ 7*7 }}",
        "<script>",
        "'; DROP TABLE lead;--",
        "%s %(a)s",
        "李小龙",
        "\\N",
    ]
    text = "external_id,email,name\n" + "".join(f'h{n},h{n}@x.example,"{name}"\n' for n, name in enumerate(names))
    assert counts(bring(text))[0] == len(names)
    assert [bring.lead(f"h{n}").name for n in range(len(names))] == names


@pytest.mark.parametrize("dry_run", [False, True], ids=["written", "dry run"])
def test_memory_does_not_grow_with_the_list(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dry_run: bool
) -> None:
    """Three times the rows, nearly the same peak: only a chunk is held, and what is remembered has an end."""
    monkeypatch.setattr(importing, "CHUNK", 500)

    def peak(rows: int) -> int:
        store = Store(sqlite_url)
        bring = Bring(store, tmp_path)
        text = "external_id,email,name\n" + "".join(f"{rows}-{n},{rows}-{n}@x.example,N\n" for n in range(rows))
        bring.file.write_text(text)
        defaults = Defaults(country="FI", year=2026)
        order = ImportOrder(file=bring.file, defaults=defaults, now=NOW, actor="test", dry_run=dry_run)
        tracemalloc.start()
        import_leads(store, SIGNER, order)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        store.close()
        return found

    peak(1000)  # what is loaded and remembered once
    assert peak(60_000) < 1.5 * peak(20_000)


def test_each_of_several_rows_with_somebody_s_address_is_a_new_lead_and_said(bring: Bring) -> None:
    bring("external_id,email,phone\nc1,a@x.example,0401234567\nc2,b@x.example,0407654321\n")
    report = bring(
        "external_id,email,phone\nn1,a@x.example,\nn2,new@x.example,\nn3,,0407654321\nn4,,0501112223\n", segment="x"
    )
    assert counts(report) == (4, 0, 0, 0)
    assert [remark.line for remark in report.first_remarks] == [2, 4]
    assert {lead.external_id for lead in bring.everybody()} == {"c1", "c2", "n1", "n2", "n3", "n4"}
    assert [point.address for point in bring.lead("n4").points] == ["+358501112223"]


def test_who_has_an_address_is_sought_and_never_walked_through(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    asked: list[tuple[str, Any]] = []
    with store.read() as unit:
        event.listen(unit.connection, "before_cursor_execute", lambda *said: asked.append((said[2], said[3])))
        lookups = ImportLookups(unit.connection)
        lookups.at_addresses("phone", ["+358401234567"])
        lookups.holders("phone", ["+358401234567"])
        lookups.by_external_ids(["c1"])
        lookups.company_ids(["acme"])
        selects = [one for one in asked if one[0].startswith(("SELECT", "WITH"))]
        steps = [
            row[3]
            for statement, values in selects
            for row in unit.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
    store.close()
    assert len(selects) == 4
    assert [step for step in steps if "SCAN" in step and "VIRTUAL TABLE" not in step] == []
    assert [step for step in steps if step.endswith("(kind=?)")] == []


def test_a_list_without_ids_whose_people_share_a_mailbox_makes_nobody_anew(bring: Bring) -> None:
    names = ("Johanna", "Hanna", "Berta", "", "Anne")
    text = "email,first_name\n" + "".join(f"a@x.example,{name}\n" for name in names)
    bring(text)
    before = bring.everybody()
    assert counts(bring(text)) == (0, 0, 5, 0)
    assert bring.everybody() == before
