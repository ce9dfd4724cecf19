"""Rows taken a column at a time and rows taken one by one make the same leads."""

import csv
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from touches.people.draft import Defaults, ImportReport
from touches.people.importing import ImportOrder, import_leads
from touches.store.rows import metadata
from touches.store.units import Store
from touches.tokens import Signer

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
COLUMNS = {
    "external_id": ["c1", "c2", "c3", "c4", "c5", "c6", " c7", ""],
    "email": ["a@x.example", "A@x.example", "b@x.example", "c@x.example", "d@bücher.example", "broken", "", ""],
    "mobile": ["040 123 4567", "", ""],
    "phone": ["0401234567", "+358 (0)40 123 4567", "(212) 555-1234", "050 765 4321", "123", "", ""],
    "first_name": ["Anna", "Dr. Anna", "Bert", "Zoe\u0308", "a\x00b", " padded ", "x" * 400, ""],
    "last_name": ["Lee", "Dr Lee", ""],
    "company": ["Acme", "ACME", "Other", ""],
    "company_size": ["250-499", "10", "many", ""],
    "birth_year": ["1970", "1850", "", ""],
    "age": ["50", ""],
    "country": ["FI", "USA", "Nowhere", ""],
    "region": ["California", "CA", ""],
    "timezone": ["Europe/Helsinki", "europe/helsinki", "Mars", ""],
    "language": ["fi", "English", ""],
    "owner": ["aino", "Aino Virtanen", "stranger", ""],
    "street": ["Katu 1", "Katu 1\nB 2", ""],
    "postal_code": ["00100", ""],
    "city": ["Helsinki", ""],
    "segment": ["cafe", ""],
    "preferred_channel": ["phone", "any", ""],
    "consent": ["express", "yes", ""],
    "consent_source": ["form", ""],
    "Email Opt Out": ["1", "", "", ""],
    "fax": ["+358912345678", "", "", ""],
    "colour": ["red", "=1+1", "two\nlines", ""],
    "shape": ["round", ""],
}
PLAIN = {
    "first_name": "Anna", "company": "Acme", "company_size": "10", "birth_year": "1970", "country": "FI",
    "timezone": "Europe/Helsinki", "language": "fi", "owner": "aino", "street": "Katu 1", "postal_code": "00100",
    "city": "Helsinki", "segment": "cafe", "consent": "express", "consent_source": "form", "colour": "red",
}  # fmt: skip

rows_of = st.lists(
    st.fixed_dictionaries({name: st.sampled_from(values) for name, values in COLUMNS.items()}), max_size=8
)


@st.composite
def plain_rows_of(draw: st.DrawFn) -> list[dict[str, str]]:
    """New leads without anything special, but for a cell here and there."""
    rows = []
    for at in range(draw(st.integers(0, 8))):
        row = dict.fromkeys(COLUMNS, "") | PLAIN
        row |= {"external_id": f"n{at}", "email": f"n{at}@x.example", "phone": f"040765432{at}"}
        for name in draw(st.lists(st.sampled_from(list(COLUMNS)), max_size=2)):
            row[name] = draw(st.sampled_from(COLUMNS[name]))
        rows.append(row)
    return rows


def bring(store: Store, file: Path, *, wholesale: bool) -> ImportReport:
    defaults = Defaults(country="FI", year=2026, source="fair", owners={"aino": "aino", "aino virtanen": "aino"})
    order = ImportOrder(file=file, defaults=defaults, now=NOW, actor="test", wholesale=wholesale)
    return import_leads(store, Signer(b"k" * 32), order)


def people(store: Store) -> Any:
    """Everybody by what is known of them, without the numbers that the database gives."""
    lead, point = metadata.tables["lead"], metadata.tables["contact_point"]
    company = metadata.tables["company"]
    with store.read() as unit:
        firms = {row["id"]: (row["key"], row["size"]) for row in unit.connection.execute(select(company)).mappings()}
        points: dict[int, list[Any]] = {}
        for row in unit.connection.execute(select(point).order_by(point.c.id)).mappings():
            values = {name: value for name, value in row.items() if name not in {"id", "lead_id"}}
            points.setdefault(row["lead_id"], []).append(values)
        found = []
        for row in unit.connection.execute(select(lead)).mappings():
            values = {name: value for name, value in row.items() if name not in {"id", "company_id"}}
            addresses = sorted(points.get(row["id"], []), key=lambda each: each["kind"])  # in order within a kind
            found.append((values, firms.get(row["company_id"]), addresses))
        closed = unit.connection.execute(select(metadata.tables["suppression"].c.address_hash)).scalars().all()
    return sorted(map(repr, found)), sorted(closed)


def counts(report: ImportReport) -> tuple[Any, ...]:
    lines = [rejection.line for rejection in report.first_rejections]
    return report.read, report.new, report.changed, report.unchanged, report.rejected, report.warnings, lines


def written(file: Path, rows: Sequence[dict[str, str]]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(COLUMNS))
        writer.writeheader()
        writer.writerows(rows)
    return file


@pytest.mark.parametrize("strategy", [rows_of, plain_rows_of()], ids=["anything", "mostly plain"])
def test_both_ways_make_the_same_leads(sqlite_url: str, tmp_path: Path, strategy: Any) -> None:
    empty = Path(sqlite_url.removeprefix("sqlite:///"))

    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(first=strategy, second=strategy)
    def same(first: list[dict[str, str]], second: list[dict[str, str]]) -> None:
        found = []
        for wholesale in (True, False):
            database = tmp_path / f"{wholesale}.db"
            for ending in ("-wal", "-shm"):
                Path(f"{database}{ending}").unlink(missing_ok=True)
            shutil.copyfile(empty, database)
            store = Store(f"sqlite:///{database}")
            reports = [
                counts(bring(store, written(tmp_path / "leads.csv", rows), wholesale=wholesale))
                for rows in (first, second, second)
            ]
            found.append((reports, people(store)))
            store.close()
        assert found[0][0] == found[1][0]
        assert found[0][1] == found[1][1]

    same()


def test_on_postgresql_too(postgresql_url: str, tmp_path: Path) -> None:
    row = {name: values[0] for name, values in COLUMNS.items()} | {"Email Opt Out": "", "fax": ""}
    rows = [row | {"external_id": f"n{at}", "email": f"n{at}@x.example"} for at in range(2)]
    store = Store(postgresql_url)
    assert counts(bring(store, written(tmp_path / "leads.csv", rows), wholesale=True))[1] == 2
    again = bring(store, tmp_path / "leads.csv", wholesale=True)
    assert again.unchanged == 2
    store.close()
