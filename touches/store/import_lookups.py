"""Whom an import is about: look-ups for thousands of ids or addresses at once, the same on both databases."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Table,
    TableValuedAlias,
    any_,
    exists,
    func,
    literal,
    select,
)
from sqlalchemy import Text as SqlText
from sqlalchemy.dialects.postgresql import ARRAY

from touches.store.readings import Reading
from touches.store.rows import CompanyRow, ContactPointRow, LeadRow, SuppressionRow

LEAD: Table = LeadRow.__table__  # type: ignore[attr-defined]
POINT: Table = ContactPointRow.__table__  # type: ignore[attr-defined]
COMPANY: Table = CompanyRow.__table__  # type: ignore[attr-defined]
SUPPRESSION: Table = SuppressionRow.__table__  # type: ignore[attr-defined]

LEAD_NAMES: Final = (
    "id", "external_id", "first_name", "last_name", "name", "company_id", "birth_year", "country", "region", "street",
    "postal_code", "city", "timezone", "language", "segment", "owner", "preferred_channel", "source", "attributes",
    "digest", "created_at", "updated_at",
)  # fmt: skip
_COMPANY_IDS: Final = Reading("SELECT key, id FROM company WHERE key IN :keys", columns=2)
REPLACED: Final = "replaced"  # why a point is broken whose lead has another address now


@dataclass(slots=True, kw_only=True, eq=False)
class KnownLead:
    """What matching needs of a lead in the database. `survivor_id` is the lead that it was merged into, else itself.
    Made by the ten thousand, so not frozen."""

    id: int
    external_id: str
    survivor_id: int
    digest: str
    first_name: str
    last_name: str
    name: str


class ImportLookups:
    """For one chunk of an import, in the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._postgresql = connection.dialect.name == "postgresql"

    def by_external_ids(self, external_ids: Iterable[str]) -> dict[str, KnownLead]:
        """The leads of these ids, merged ones too."""
        statement = select(*_known_columns()).where(self._among(LEAD.c.external_id, external_ids))
        return {row.external_id: _known(row) for row in self._connection.execute(statement)}

    def at_addresses(self, kind: str, addresses: Iterable[str], *, once: bool = False) -> dict[str, list[KnownLead]]:
        """Who has these addresses now, oldest lead first; merged and erased leads have none. `once`: who had them, and
        has others instead."""
        replaced = POINT.c.broken == REPLACED
        statement = (
            select(POINT.c.address, *_known_columns())
            .join(LEAD, LEAD.c.id == POINT.c.lead_id)
            .where(POINT.c.kind == kind, self._among(POINT.c.address, addresses))
            .where(replaced if once else ~replaced)
            .order_by(LEAD.c.id)
        )
        found: dict[str, list[KnownLead]] = {}
        for row in self._connection.execute(statement):
            known = _known(row)
            if known.survivor_id == known.id:
                found.setdefault(row.address, []).append(known)
        return found

    def holders(self, kind: str, addresses: Iterable[str]) -> frozenset[str]:
        """Which of these addresses anybody has or had."""
        here = POINT.c.kind == kind
        if self._postgresql:
            statement = select(POINT.c.address).where(here, self._among(POINT.c.address, addresses))
        else:  # sought one by one: of an `IN` SQLite would sort the addresses first
            asked = _listed(addresses)
            statement = select(asked.c.value).where(exists().where(here, POINT.c.address == asked.c.value))
        return frozenset(self._connection.execute(statement).scalars())

    def any_erased(self) -> bool:
        """Whether anybody was ever erased: if not, nobody needs to be looked up."""
        statement = select(SUPPRESSION.c.id).where(SUPPRESSION.c.reason == "erased").limit(1)
        return self._connection.execute(statement).first() is not None

    def erased(self, hashes: Iterable[str]) -> frozenset[str]:
        """Which of these hashes belong to people who were erased."""
        condition = self._among(SUPPRESSION.c.address_hash, hashes) & (SUPPRESSION.c.reason == "erased")
        return frozenset(self._connection.execute(select(SUPPRESSION.c.address_hash).where(condition)).scalars())

    def company_ids(self, keys: Iterable[str]) -> dict[str, int]:
        """Ids of the companies that there are, by key."""
        return dict(_COMPANY_IDS.rows(self._connection, keys=keys))

    def raw_leads(self, lead_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
        """Rows of leads as `put_leads` takes them, to be changed."""
        columns = [LEAD.c[name] for name in LEAD_NAMES]
        rows = self._connection.execute(select(*columns).where(self._among_ids(LEAD.c.id, lead_ids))).mappings()
        return {row["id"]: dict(row) for row in rows}

    def addresses_of(self, lead_ids: Iterable[int]) -> dict[int, dict[tuple[str, str], bool]]:
        """(kind, address) of all that each lead ever had, oldest first, with whether it is in use."""
        columns = (POINT.c.lead_id, POINT.c.kind, POINT.c.address, POINT.c.broken)
        condition = self._among_ids(POINT.c.lead_id, lead_ids)
        found: dict[int, dict[tuple[str, str], bool]] = {}
        for row in self._connection.execute(select(*columns).where(condition).order_by(POINT.c.id)):
            found.setdefault(row.lead_id, {})[row.kind, row.address] = row.broken != REPLACED
        return found

    def _among_ids(self, column: ColumnElement[Any], ids: Iterable[int]) -> ColumnElement[bool]:
        if self._postgresql:
            return column == any_(literal(list(ids), ARRAY(BigInteger)))
        return column.in_(select(_listed(ids).c.value))

    def _among(self, column: ColumnElement[Any], values: Iterable[str]) -> ColumnElement[bool]:
        """`column IN values` as one parameter, however many there are."""
        if self._postgresql:
            return column == any_(literal(list(dict.fromkeys(values)), ARRAY(SqlText)))
        return column.in_(select(_listed(values).c.value))


def _listed(values: Iterable[str] | Iterable[int]) -> TableValuedAlias:
    """The values, each once, as a table of SQLite's with the column `value`; one parameter, however many there are."""
    return func.json_each(json.dumps(list(dict.fromkeys(values)), ensure_ascii=False)).table_valued("value")


def _known_columns() -> list[ColumnElement[Any]]:
    names = ("id", "external_id", "merged_into", "digest", "first_name", "last_name", "name")
    return [LEAD.c[name] for name in names]


def _known(row: Any) -> KnownLead:
    return KnownLead(
        id=row.id,
        external_id=row.external_id or "",
        survivor_id=row.merged_into or row.id,
        digest=row.digest,
        first_name=row.first_name,
        last_name=row.last_name,
        name=row.name,
    )
