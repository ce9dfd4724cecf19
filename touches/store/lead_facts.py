"""Counts of leads for the checks of policies and news: which segments, languages and values there are."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from policies.linter import LeadFacts
from touches.store.rows import CompanyRow, ContactPointRow, LeadRow

LEAD = LeadRow.__table__  # type: ignore[attr-defined]
COLUMNS = (
    *("first_name", "last_name", "name", "country", "region", "city", "street", "postal_code", "timezone", "language"),
    *("segment", "owner", "preferred_channel", "source"),
)
COMPANY = CompanyRow.__table__  # type: ignore[attr-defined]
POINT = ContactPointRow.__table__  # type: ignore[attr-defined]
LIVING = LEAD.c.dead == ""


def lint_facts(connection: Connection, this_year: int) -> LeadFacts:
    """One pass of counting in the database, and one over the attributes."""
    counted = [func.count().filter(LEAD.c[name] != "").label(name) for name in COLUMNS]
    total = func.count().label("total")
    companies = func.count(LEAD.c.company_id).label("company")
    sizes = func.count(COMPANY.c.size).label("company_size")
    born = func.count(LEAD.c.birth_year).label("birth_year")
    known = func.count(LEAD.c.external_id).label("external_id")
    joined = LEAD.outerjoin(COMPANY, COMPANY.c.id == LEAD.c.company_id)
    statement = select(total, companies, sizes, born, known, *counted).select_from(joined).where(LIVING)
    row = connection.execute(statement).mappings().one()
    variables = Counter(
        {name: row[name] for name in (*COLUMNS, "company", "company_size", "birth_year", "external_id")}
    )
    variables["name"] = max(variables["name"], variables["first_name"])
    variables["age"] = variables["birth_year"]
    variables.update(_points(connection))
    variables.update(dict.fromkeys(("lead", "lead_id", "customer"), row["total"]))
    variables.update(_attributes(connection))
    return LeadFacts(
        total=row["total"],
        variables={name: count for name, count in variables.items() if count},
        segments=_grouped(connection, "segment"),
        over_50=_over_50(connection, this_year),
        languages=_grouped(connection, "language"),
        countries=countries(connection),
    )


def countries(connection: Connection) -> Mapping[str, int]:
    """How many leads live in each country, as far as it is known."""
    return _grouped(connection, "country")


def _points(connection: Connection) -> Mapping[str, int]:
    leads = func.count(func.distinct(POINT.c.lead_id))
    return {row[0]: row[1] for row in connection.execute(select(POINT.c.kind, leads).group_by(POINT.c.kind))}


def _attributes(connection: Connection) -> Counter[str]:
    names: Counter[str] = Counter()
    statement = select(LEAD.c.attributes).where(LIVING, LEAD.c.attributes != {})
    for attributes in connection.execute(statement.execution_options(yield_per=1000)).scalars():
        names.update(name for name, value in attributes.items() if value)
    return names


def _grouped(connection: Connection, name: str) -> Mapping[str, int]:
    column = LEAD.c[name]
    statement = select(column, func.count()).where(LIVING, column != "").group_by(column)
    return {row[0]: row[1] for row in connection.execute(statement)}


def _over_50(connection: Connection, this_year: int) -> Mapping[str, int]:
    statement = (
        select(LEAD.c.segment, func.count()).where(LIVING, LEAD.c.birth_year < this_year - 50).group_by(LEAD.c.segment)
    )
    return {row[0]: row[1] for row in connection.execute(statement)}
