"""Lists into one database, in transactions of any size, and everything that came of them."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select

from touches.people import importing
from touches.people.draft import Defaults, ImportReport
from touches.people.importing import ImportOrder, import_leads
from touches.store.rows import metadata
from touches.store.units import Store
from touches.tokens import Signer

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
WHOLE = importing.CHUNK
Row = dict[str, str]


@dataclass
class Importer:
    """Imports lists into one database, which `empty` makes empty again."""

    store: Store
    file: Path

    def __call__(
        self, rows: Sequence[Row], *, chunk: int = WHOLE, dry_run: bool = False, days: int = 0
    ) -> ImportReport:
        with self.file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, list(rows[0]) if rows else ["email"])
            writer.writeheader()
            writer.writerows(rows)
        return self.again(chunk=chunk, dry_run=dry_run, days=days)

    def again(self, *, chunk: int = WHOLE, dry_run: bool = False, days: int = 0) -> ImportReport:
        order = ImportOrder(
            file=self.file,
            defaults=Defaults(country="FI", year=2026),
            now=NOW + timedelta(days=days),
            actor="test",
            dry_run=dry_run,
        )
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(importing, "CHUNK", chunk)
            return import_leads(self.store, Signer(b"k" * 32), order)

    def empty(self) -> None:
        with self.store.write() as unit:
            for table in reversed(metadata.sorted_tables):
                unit.connection.execute(delete(table))

    def everything(self) -> dict[str, list[Any]]:
        """All that is kept of people."""
        with self.store.read() as unit:
            return {
                name: [tuple(row) for row in unit.connection.execute(select(table).order_by(table.c.id))]
                for name, table in metadata.tables.items()
                if name in {"lead", "contact_point", "company", "suppression", "event", "activity"}
            }

    def people(self) -> list[str]:
        """Everybody by what is known of them, without the numbers that a database gives."""
        known = self.everything()
        firms = {row[0]: row[1:] for row in known["company"]}
        columns = list(metadata.tables["lead"].columns.keys())
        company, lead_id = columns.index("company_id"), columns.index("id")
        owner = list(metadata.tables["contact_point"].columns.keys()).index("lead_id")
        found = []
        for row in known["lead"]:
            points = [
                (point[1:owner], point[owner + 1 :]) for point in known["contact_point"] if point[owner] == row[0]
            ]
            values = [value for at, value in enumerate(row) if at not in {lead_id, company}]
            found.append(repr((values, firms.get(row[company]), sorted(points, key=_kind))))
        return found


def _kind(point: Any) -> str:
    return str(point[1][0])


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.new, report.changed, report.unchanged, report.rejected


def unchanged(report: ImportReport) -> bool:
    return report.new == report.changed == 0 and report.unchanged == report.read - report.rejected
