"""People from a file, as an import would bring them in, without a database."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from touches.model.people import Company, ContactPoint, Lead, PointKind
from touches.people.checking import RowChecker
from touches.people.draft import Defaults, LeadDraft
from touches.people.headers import columns_of
from touches.people.postal import postal_lines
from touches.people.reading import open_table


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
    company = None
    if draft.company:
        key = " ".join(draft.company.casefold().split())
        made = Company(id=len(companies) + 1, name=draft.company, size=draft.company_size)
        company = companies.setdefault(key, made)
    known = draft.fields.get
    home = known("country") or country
    postal = postal_lines(draft.fields, home)
    addresses = list(draft.points)
    if postal:
        addresses.append((PointKind.POSTAL, postal))
    points = tuple(
        ContactPoint(
            id=number * 10 + place,
            kind=PointKind(kind),
            address=address,
            address_hash="",
            opted_out=frozenset(draft.opted_out),
            consent=draft.consent,
            consent_source=draft.consent_source,
            consent_at=draft.consent_at,
        )
        for place, (kind, address) in enumerate(addresses)
    )
    return Lead(
        id=number,
        external_id=draft.external_id,
        company=company,
        birth_year=draft.birth_year,
        attributes=draft.attributes,
        points=points,
        created_at=now,
        first_name=known("first_name", ""),
        last_name=known("last_name", ""),
        name=known("name", ""),
        country=known("country", ""),
        region=known("region", ""),
        street=known("street", ""),
        postal_code=known("postal_code", ""),
        city=known("city", ""),
        timezone=known("timezone", ""),
        language=known("language", ""),
        segment=known("segment", ""),
        owner=known("owner", ""),
        preferred_channel=known("preferred_channel", ""),
        source=known("source", ""),
    )
