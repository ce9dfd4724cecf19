"""People from a file, as an import would bring them in, without a database."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from touches.model.people import Company, ContactPoint, Lead, PointKind
from touches.people.checking import RowChecker
from touches.people.draft import Defaults, LeadDraft
from touches.people.headers import columns_of
from touches.people.postal import postal_lines
from touches.people.reading import open_table

TEXTS: Final = (
    "first_name", "last_name", "name", "country", "region", "street", "postal_code", "city", "timezone", "language",
    "segment", "owner", "preferred_channel", "source",
)  # fmt: skip


def leads_of_file(file: Path, *, country: str, now: datetime) -> Iterator[Lead]:
    """The leads of a list in order; rows that an import would refuse are left out. FileError as an import."""
    companies: dict[str, Company] = {}
    with open_table(file) as table:
        checker = RowChecker(columns_of(table.header, file=file.name), Defaults(country=country, year=now.year))
        number = 0
        for row in table.rows:
            values = checker.fitted(row.values) if not row.problem else None
            draft = checker.check(row.line, values) if values is not None else None
            if isinstance(draft, LeadDraft):
                number += 1
                yield _lead(draft, number, companies, country, now)


def _lead(draft: LeadDraft, number: int, companies: dict[str, Company], country: str, now: datetime) -> Lead:
    texts: dict[str, Any] = {name: draft.fields.get(name, "") for name in TEXTS}
    return Lead(
        id=number,
        external_id=draft.external_id,
        company=_company(draft, companies),
        birth_year=draft.birth_year,
        attributes=draft.attributes,
        points=tuple(_points(draft, number, country)),
        created_at=now,
        **texts,
    )


def _company(draft: LeadDraft, companies: dict[str, Company]) -> Company | None:
    """One for each name, however it is spaced and cased."""
    if not draft.company:
        return None
    made = Company(id=len(companies) + 1, name=draft.company, size=draft.company_size)
    return companies.setdefault(" ".join(draft.company.casefold().split()), made)


def _points(draft: LeadDraft, number: int, country: str) -> Iterator[ContactPoint]:
    postal = postal_lines(draft.fields, draft.fields.get("country") or country)
    addresses = [*draft.points, *([(PointKind.POSTAL, postal)] if postal else [])]
    for place, (kind, address) in enumerate(addresses):
        yield ContactPoint(
            id=number * 10 + place,
            kind=PointKind(kind),
            address=address,
            address_hash="",
            opted_out=frozenset(draft.opted_out),
            consent=draft.consent,
            consent_source=draft.consent_source,
            consent_at=draft.consent_at,
        )
