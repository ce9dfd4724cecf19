"""What is held about people, for themselves or for another program: JSON with everything, CSV without formulas."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from touches.model.people import Lead, PointKind
from touches.people.formulas import guarded
from touches.store.records import Records
from touches.store.units import Unit

COLUMNS: Final = (
    "external_id", "email", "phone", "first_name", "last_name", "name", "company", "company_size", "birth_year",
    "country", "region", "timezone", "language", "segment", "owner", "street", "postal_code", "city", "fax",
    "preferred_channel", "consent", "consent_source", "source", "opted_out",
)  # fmt: skip


def documents(unit: Unit, lead_ids: Sequence[int]) -> Iterator[Mapping[str, Any]]:
    """One document a lead: every row of every table that speaks of it or of a record merged into it."""
    records = Records(unit.connection)
    for lead_id, family in records.family(lead_ids).items():
        found = records.of(family)
        yield {
            "lead": next((row for row in found["lead"] if row["id"] == lead_id), {}),
            "merged": [row for row in found["lead"] if row["id"] != lead_id],
            "company": next(iter(found["company"]), None),
            "contact_points": found["contact_point"],
            "suppressions": found["suppression"],
            "activities": found["activity"],
            "enrollments": found["enrollment"],
            "touches": found["touch"],
            "decisions": found["decision"],
            "attempts": found["attempt"],
            "ledger": found["ledger"],
            "news": found["news"],
            "events": found["event"],
            "interactions": found["interaction"],
            "conversations": found["conversation"],
            "promises": found["promise"],
            "complaints": found["complaint"],
            "inbound": found["inbound"],
            "notices": found["notice"],
        }


def csv_lines(leads: Iterable[Lead], attributes: Sequence[str]) -> Iterator[str]:
    """A list that `lead import` reads, a line at a time; no cell is a formula to a spreadsheet."""
    yield _line([*COLUMNS, *attributes])
    for lead in leads:
        row = _row(lead)
        yield _line([*(row[name] for name in COLUMNS), *(lead.attributes.get(name, "") for name in attributes)])


def _row(lead: Lead) -> Mapping[str, str]:
    consented = next((point for point in lead.points if point.consent), None)
    company = lead.company
    plain = {name: str(getattr(lead, name, "") or "") for name in COLUMNS}
    return plain | {
        "email": _first(lead, PointKind.EMAIL),
        "phone": _first(lead, PointKind.PHONE),
        "fax": _first(lead, PointKind.FAX),
        "company": company.name if company else "",
        "company_size": str(company.size) if company and company.size is not None else "",
        "consent": consented.consent if consented else "",
        "consent_source": consented.consent_source if consented else "",
        "opted_out": "yes" if any("all" in point.opted_out for point in lead.points) else "",
    }


def _first(lead: Lead, kind: PointKind) -> str:
    usable = sorted((point for point in lead.points if point.kind is kind), key=lambda point: bool(point.broken))
    return usable[0].address if usable else ""


def _line(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="").writerow([guarded(cell) for cell in cells])
    return text.getvalue()
