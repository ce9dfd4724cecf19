"""Counts of leads for the checks of policies and news: which segments, languages and values there are."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from policies.linter import LeadFacts
from touches.store.rows import LeadRow

LEAD = LeadRow.__table__  # type: ignore[attr-defined]
COLUMNS = [
    "first_name",
    "last_name",
    "name",
    "country",
    "region",
    "city",
    "timezone",
    "language",
    "segment",
    "owner",
    "preferred_channel",
    "source",
]
LIVING = LEAD.c.dead == ""


def lint_facts(connection: Connection, this_year: int) -> LeadFacts:
    """One pass of counting in the database, and one over the attributes."""
    counted = [func.count().filter(LEAD.c[name] != "").label(name) for name in COLUMNS]
    total = func.count().label("total")
    companies = func.count(LEAD.c.company_id).label("company")
    row = connection.execute(select(total, companies, *counted).where(LIVING)).mappings().one()
    variables = Counter({name: row[name] for name in (*COLUMNS, "company")})
    variables["name"] = max(variables["name"], variables["first_name"])
    variables.update(_attributes(connection))
    return LeadFacts(
        total=row["total"],
        variables={name: count for name, count in variables.items() if count},
        segments=_grouped(connection, "segment"),
        over_50=_over_50(connection, this_year),
        languages=_grouped(connection, "language"),
        countries=_grouped(connection, "country"),
    )


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
