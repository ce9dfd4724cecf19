"""Everything that is held about a person, table by table: for export, and as the list of what erasure must empty."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Table, func, select

from touches.store.personal_news import personal_news_of
from touches.store.rows import metadata

LEAD: Final[Table] = metadata.tables["lead"]
TOUCH: Final[Table] = metadata.tables["touch"]
POINT: Final[Table] = metadata.tables["contact_point"]
INBOUND: Final[Table] = metadata.tables["inbound"]
NEWS: Final[Table] = metadata.tables["news"]
BY_LEAD: Final = (
    "contact_point", "activity", "enrollment", "touch", "ledger", "event", "interaction", "conversation", "promise",
    "complaint", "inbound",
)  # fmt: skip
BY_TOUCH: Final = ("attempt", "decision", "notice")
BY_ANOTHER_WAY: Final = ("lead", "company", "suppression", "news")  # by what stands in the rows above
_KEYS: Final = frozenset(
    {"fence", "lease_owner", "lease_until", "digest", "seen", "previous", "hash", "content_digest"}
)

Row = dict[str, Any]


class Records:
    """Reads; changes nothing."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def family(self, lead_ids: Sequence[int]) -> dict[int, list[int]]:
        """Each lead with those that were merged into it, itself first."""
        found = {lead_id: [lead_id] for lead_id in lead_ids}
        rows = self._connection.execute(
            select(LEAD.c.id, LEAD.c.merged_into).where(LEAD.c.merged_into.in_(lead_ids)).order_by(LEAD.c.id)
        )
        for lead_id, survivor in rows:
            found[survivor].append(lead_id)
        return found

    def of(self, lead_ids: Sequence[int]) -> Mapping[str, list[Row]]:
        """The rows of every table that speak of these leads, by table; keys and inner marks are left out."""
        found = {"lead": self._rows(LEAD, LEAD.c.id.in_(lead_ids))}
        for name in BY_LEAD:
            table = metadata.tables[name]
            found[name] = self._rows(table, table.c.lead_id.in_(lead_ids))
        touches = select(TOUCH.c.id).where(TOUCH.c.lead_id.in_(lead_ids))
        for name in BY_TOUCH:
            table = metadata.tables[name]
            found[name] = self._rows(table, table.c.touch_id.in_(touches))
        found["inbound"] += self._rows(INBOUND, INBOUND.c.id.in_(self.strays(lead_ids)))
        found["news"] = self._rows(NEWS, NEWS.c.id.in_(personal_news_of(self._connection, lead_ids)))
        found["company"] = self._companies(found["lead"])
        found["suppression"] = self._suppressions(found["contact_point"])
        return found

    def strays(self, lead_ids: Sequence[int]) -> list[int]:
        """What came in from their addresses and was placed with nobody; not where others have the address as well."""
        other = POINT.alias()
        shared = select(other.c.id).where(other.c.address == POINT.c.address, other.c.lead_id.not_in(lead_ids))
        mine = select(func.lower(POINT.c.address)).where(POINT.c.lead_id.in_(lead_ids), ~shared.exists())
        statement = select(INBOUND.c.id).where(INBOUND.c.lead_id.is_(None), func.lower(INBOUND.c.sender).in_(mine))
        return list(self._connection.execute(statement).scalars())

    def _companies(self, leads: Sequence[Row]) -> list[Row]:
        table = metadata.tables["company"]
        return self._rows(table, table.c.id.in_([row["company_id"] for row in leads if row["company_id"]]))

    def _suppressions(self, points: Sequence[Row]) -> list[Row]:
        table = metadata.tables["suppression"]
        return self._rows(table, table.c.address_hash.in_([row["address_hash"] for row in points]))

    def _rows(self, table: Table, condition: Any) -> list[Row]:
        columns = [column for column in table.columns if column.name not in _KEYS]
        statement = select(*columns).where(condition).order_by(*table.primary_key.columns)
        return [dict(row) for row in self._connection.execute(statement).mappings()]
