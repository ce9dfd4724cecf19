"""What the watch over silences keeps: for each rule and customer the instant at which the rule would apply.

It lies in the table of signs: `kind` is the rule, `key` the lead, `at` the instant. Whoever was dealt with has an
instant that never comes, until a purchase sets it anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import BigInteger, Connection, String, cast, delete, func, select, type_coerce

from touches.store.batches import insert_rows
from touches.store.rows import ActivityRow, LeadRow, SignRow
from touches.store.types import to_micros

ACTIVITY = ActivityRow.__table__  # type: ignore[attr-defined]
LEAD = LeadRow.__table__  # type: ignore[attr-defined]
SIGN = SignRow.__table__  # type: ignore[attr-defined]
NEVER = datetime(9000, 1, 1, tzinfo=UTC)
NEWEST = 40  # purchases that a rhythm is taken from


@dataclass(slots=True, kw_only=True, eq=False)
class Buyer:
    """As much of a customer as the watch needs; made by the hundred thousand, so not frozen."""

    lead_id: int
    segment: str
    country: str
    language: str
    timezone: str
    alive: bool
    times: str

    def purchases(self) -> list[int]:
        """The newest purchases in microseconds, oldest first; worked out when asked."""
        return sorted(map(int, self.times.split(",")))[-NEWEST:]


class Lapses:
    """Purchases by lead, and the instants that are watched."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest_activity(self) -> int:
        """The bound of what has been looked at."""
        return int(self._connection.execute(select(func.coalesce(func.max(ACTIVITY.c.id), 0))).scalar_one())

    def bought_since(self, activity_id: int) -> list[int]:
        """Who has a purchase that was written down after an activity."""
        # By the id alone: SQLite would read every purchase there is in the order of an index instead.
        bought = (ACTIVITY.c.kind + "") == "purchase"
        statement = select(ACTIVITY.c.lead_id).where(ACTIVITY.c.id > activity_id, bought)
        return sorted(set(self._connection.execute(statement).scalars()))

    def buyers(self, *, after: int = 0, limit: int = 0, lead_ids: Sequence[int] = ()) -> list[Buyer]:
        """Living customers with their newest purchases, oldest first, in order of id: one pass over an index."""
        concerned = ACTIVITY.c.lead_id.in_(lead_ids) if lead_ids else ACTIVITY.c.lead_id > after
        condition = (ACTIVITY.c.kind == "purchase") & concerned
        times = func.aggregate_strings(cast(type_coerce(ACTIVITY.c.at, BigInteger), String), ",")
        grouped = select(ACTIVITY.c.lead_id, times).where(condition).group_by(ACTIVITY.c.lead_id)
        grouped = grouped.order_by(ACTIVITY.c.lead_id)
        rows = self._connection.execute(grouped.limit(limit) if limit else grouped).all()
        if not rows:
            return []
        people = self._people(rows[0][0], rows[-1][0], lead_ids)
        return [_buyer(lead_id, people.get(lead_id), text) for lead_id, text in rows]

    def _people(self, first: int, last: int, lead_ids: Sequence[int]) -> Mapping[int, tuple[str, str, str, str]]:
        condition = LEAD.c.id.in_(lead_ids) if lead_ids else LEAD.c.id.between(first, last)
        columns = (LEAD.c.id, LEAD.c.segment, LEAD.c.country, LEAD.c.language, LEAD.c.timezone)
        statement = select(*columns).where(condition, LEAD.c.dead == "")
        return {row[0]: (row[1], row[2], row[3], row[4]) for row in self._connection.execute(statement)}

    def watch(self, rule: str, instants: Iterable[tuple[int, datetime]]) -> None:
        """Watch for these instants, in place of what was watched for these leads."""
        rows = [(rule, str(lead_id), to_micros(at)) for lead_id, at in instants]
        ending = "ON CONFLICT (kind, key) DO UPDATE SET at = excluded.at"
        insert_rows(self._connection, SIGN.name, ("kind", "key", "at"), rows, ending=ending)

    def unwatch(self, rule: str, lead_ids: Sequence[int]) -> None:
        """The rule does not apply to these leads."""
        keys = [str(lead_id) for lead_id in lead_ids]
        for start in range(0, len(keys), 500):
            part = keys[start : start + 500]
            self._connection.execute(delete(SIGN).where(SIGN.c.kind == rule, SIGN.c.key.in_(part)))

    def forget(self, rule: str) -> None:
        """The rule is gone."""
        self._connection.execute(delete(SIGN).where(SIGN.c.kind == rule))

    def due(self, rule: str, now: datetime, *, limit: int) -> list[int]:
        """Leads whose instant has come, longest ago first."""
        statement = select(SIGN.c.key).where(SIGN.c.kind == rule, SIGN.c.at <= now).order_by(SIGN.c.at, SIGN.c.id)
        return [int(key) for key in self._connection.execute(statement.limit(limit)).scalars()]


def _buyer(lead_id: int, person: tuple[str, str, str, str] | None, times: str) -> Buyer:
    segment, country, language, timezone = person or ("", "", "", "")
    return Buyer(
        lead_id=lead_id,
        segment=segment,
        country=country,
        language=language,
        timezone=timezone,
        alive=person is not None,
        times=times,
    )
