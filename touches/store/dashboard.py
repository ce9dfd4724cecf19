"""The figures of the dashboard, counted in the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, case, func, literal_column, or_, select, type_coerce
from sqlalchemy import text as sql

from touches.model.people import CHANNELS
from touches.model.states import COUNTS_AS_SENT, TouchState
from touches.store.queues import queues_of
from touches.store.rows import CompanyRow, ContactPointRow, InboundRow, LeadRow, TouchRow
from touches.store.types import from_micros

TOUCH = TouchRow.__table__  # type: ignore[attr-defined]
LEAD = LeadRow.__table__  # type: ignore[attr-defined]
POINT = ContactPointRow.__table__  # type: ignore[attr-defined]
COMPANY = CompanyRow.__table__  # type: ignore[attr-defined]
INBOUND = InboundRow.__table__  # type: ignore[attr-defined]

WAITING = sql("touch.state IN ('planned', 'ready')")  # spelt out: only so SQLite takes the partial index
LISTED = sql("touch.state = 'offering'")
ARRIVED = [TouchState.SENT.value, TouchState.DELIVERED.value]
FEEDBACK = "complaint_feedback"
HOUR = 3_600_000_000  # microseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One channel's day: what left, what stands on people's lists, what is yet to come."""

    channel: str
    left: int
    listed: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelStage:
    """How many leads a touch of this number reached, and for how many of them it was the last before they bought."""

    number: int
    reached: int
    bought: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Starving:
    """A policy with touches that have nothing new to tell."""

    policy: str
    touches: int
    leads: int
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainFigures:
    """What became of the mails to one domain: `sent` were taken by its server, `refused` were not, and some of those
    taken came back later (`bounced`)."""

    domain: str
    sent: int
    bounced: int
    complaints: int
    refused: int = 0

    @property
    def tried(self) -> int:
        """All mails that were offered to it, each once."""
        return self.sent + self.refused

    @property
    def lost(self) -> int:
        """Refused at the door or come back."""
        return self.refused + self.bounced


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One line of a search."""

    id: int
    name: str
    key: str
    company: str
    segment: str
    owner: str
    dead: str


class Dashboard:
    """Reads; changes nothing. Notices are not counted: they are no touches; how mail arrives counts those to leads."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def load(self, *, start: datetime, end: datetime) -> list[Load]:
        """The day from `start` to `end` by channel; what was due before and waits still belongs to today."""
        left = self._by_channel((TOUCH.c.handed_over_at >= start) & (TOUCH.c.handed_over_at < end))
        listed = self._by_channel(LISTED & (TOUCH.c.due_at < end))
        ranks = sorted({queue.rank for channel in CHANNELS for queue in queues_of(self._connection, channel)})
        queued = TOUCH.c.channel.in_(CHANNELS) & TOUCH.c.rank.in_(ranks)
        waiting = self._by_channel(WAITING & queued & (TOUCH.c.due_at < end))
        return [
            Load(
                channel=channel,
                left=left.get(channel, 0),
                listed=listed.get(channel, 0),
                waiting=waiting.get(channel, 0),
            )
            for channel in CHANNELS
            if channel in left or channel in listed or channel in waiting
        ]

    def _by_channel(self, condition: Any) -> dict[str, int]:
        statement = select(TOUCH.c.channel, func.count()).where(condition, TOUCH.c.kind == "touch")
        return _pairs(self._connection.execute(statement.group_by(TOUCH.c.channel)))

    def funnel(self, *, since: datetime) -> list[FunnelStage]:
        """Touches by their number within the enrollment, over those handed over since."""
        handed = (TOUCH.c.handed_over_at >= since) & (TOUCH.c.kind == "touch") & TOUCH.c.state.in_(ARRIVED)
        counting = select(TOUCH.c.number, func.count(TOUCH.c.lead_id.distinct())).where(handed)
        reached = _pairs(self._connection.execute(counting.group_by(TOUCH.c.number)))
        before = handed & (LEAD.c.bought_at >= since) & (TOUCH.c.handed_over_at <= LEAD.c.bought_at)
        last = (
            select(TOUCH.c.lead_id, func.max(TOUCH.c.number).label("number"))
            .join(LEAD, LEAD.c.id == TOUCH.c.lead_id)
            .where(before)
            .group_by(TOUCH.c.lead_id)
            .subquery()
        )
        buying = select(last.c.number, func.count()).group_by(last.c.number)
        bought = _pairs(self._connection.execute(buying))
        return [
            FunnelStage(number=number, reached=count, bought=bought.get(number, 0))
            for number, count in sorted(reached.items())
        ]

    def hours(self, *, since: datetime) -> list[tuple[datetime, int]]:
        """How many touches were handed over in each hour (UTC) since; hours without any are absent."""
        hour = type_coerce(TOUCH.c.handed_over_at, BigInteger) // HOUR
        statement = (
            select(hour.label("hour"), func.count())
            .where(TOUCH.c.handed_over_at >= since, TOUCH.c.kind == "touch")
            .group_by(sql("hour"))
        )
        return [(from_micros(int(row[0]) * HOUR), row[1]) for row in self._connection.execute(statement)]

    def starving(self) -> list[Starving]:
        """Policies whose touches are held because there is no news, the largest first."""
        condition = (TOUCH.c.state == TouchState.HELD.value) & TOUCH.c.reason.startswith("no news")
        count = func.count()
        statement = (
            select(TOUCH.c.policy, count, func.count(TOUCH.c.lead_id.distinct()), func.min(TOUCH.c.created_at))
            .where(condition)
            .group_by(TOUCH.c.policy)
            .order_by(count.desc(), TOUCH.c.policy)
        )
        rows = self._connection.execute(statement)
        return [Starving(policy=row[0], touches=row[1], leads=row[2], since=row[3]) for row in rows]

    def deliverability(self, *, since: datetime, limit: int = 20) -> list[DomainFigures]:
        """Mails to leads by the domain they went to, over those handed over or refused for good since, the busiest
        domains first. Walks over the touches: for answers that are kept."""
        bounced = func.sum(case((TOUCH.c.state == TouchState.BOUNCED.value, 1), else_=0))
        states = [state.value for state in COUNTS_AS_SENT] + [TouchState.BOUNCED.value]
        left = (TOUCH.c.handed_over_at >= since) & TOUCH.c.state.in_(states)
        refused = (TOUCH.c.state == TouchState.FAILED.value) & (TOUCH.c.finished_at >= since) & (TOUCH.c.attempts > 0)
        taken = {row[0]: (row[1], int(row[2] or 0)) for row in self._by_domain(left, func.count(), bounced)}
        turned_away = {row[0]: row[1] for row in self._by_domain(refused, func.count())}
        reported = self._reported(since)
        figures = (
            DomainFigures(
                domain=domain,
                sent=taken.get(domain, (0, 0))[0],
                bounced=taken.get(domain, (0, 0))[1],
                complaints=reported.get(domain, 0),
                refused=turned_away.get(domain, 0),
            )
            for domain in taken.keys() | turned_away.keys()
        )
        return sorted(figures, key=lambda one: (-one.tried, one.domain))[:limit]

    def _by_domain(self, which: ColumnElement[bool], *counted: Any) -> Sequence[Any]:
        """What is `counted` of the mails to leads, by domain."""
        domain = self._domain()
        mails = (TOUCH.c.channel == "email") & (TOUCH.c.address != "") & TOUCH.c.lead_id.is_not(None)
        return self._connection.execute(select(domain, *counted).where(which & mails).group_by(domain)).all()

    def _reported(self, since: datetime) -> dict[str, int]:
        domain = self._domain()
        condition = (INBOUND.c.kind == FEEDBACK) & (INBOUND.c.received_at >= since)
        joined = (
            select(domain, func.count())
            .select_from(TOUCH)
            .join(INBOUND, INBOUND.c.touch_id == TOUCH.c.id)
            .where(condition)
        )
        return _pairs(self._connection.execute(joined.group_by(domain)))

    def _domain(self) -> ColumnElement[str]:
        sqlite = self._connection.dialect.name == "sqlite"
        written = (
            "substr(touch.address, instr(touch.address, '@') + 1)" if sqlite else "split_part(touch.address, '@', 2)"
        )
        return func.lower(literal_column(written))

    def search(self, words: str, *, limit: int = 50) -> list[Found]:
        """Leads whose name, company, id or address holds all of the words; case does not matter."""
        name = func.coalesce(LEAD.c.name, "") + " " + LEAD.c.first_name + " " + LEAD.c.last_name
        statement = select(LEAD, COMPANY.c.name.label("company")).join(
            COMPANY, COMPANY.c.id == LEAD.c.company_id, isouter=True
        )
        for word in words.split()[:5]:
            at = select(POINT.c.id).where(
                POINT.c.lead_id == LEAD.c.id, POINT.c.address.icontains(word, autoescape=True)
            )
            held = [each.icontains(word, autoescape=True) for each in (name, COMPANY.c.name, LEAD.c.external_id)]
            statement = statement.where(or_(*held, at.exists()))
        statement = statement.where(LEAD.c.merged_into.is_(None)).order_by(LEAD.c.id).limit(limit)
        rows = self._connection.execute(statement).mappings().all()
        addresses = self._addresses([row["id"] for row in rows])
        return [
            Found(
                id=row["id"],
                name=row["name"] or " ".join(part for part in (row["first_name"], row["last_name"]) if part),
                key=row["external_id"] or addresses.get(row["id"], f"#{row['id']}"),
                company=row["company"] or "",
                segment=row["segment"],
                owner=row["owner"],
                dead=row["dead"],
            )
            for row in rows
        ]

    def _addresses(self, lead_ids: Sequence[int]) -> dict[int, str]:
        condition = POINT.c.lead_id.in_(lead_ids) & POINT.c.kind.in_(["email", "phone"])
        statement = select(POINT.c.lead_id, POINT.c.address).where(condition).order_by(POINT.c.kind.desc(), POINT.c.id)
        return _pairs(self._connection.execute(statement))

    def came_in(self, lead_id: int) -> Sequence[Any]:
        """What came back from a lead, as it was classed: at, kind, subject, body, source."""
        columns = [INBOUND.c[name] for name in ("at", "kind", "subject", "body", "source", "because")]
        statement = select(*columns).where(INBOUND.c.lead_id == lead_id).order_by(INBOUND.c.at)
        return self._connection.execute(statement).mappings().all()


def _pairs(rows: Iterable[Any]) -> dict[Any, Any]:
    """Rows of two columns; the last one of a key counts."""
    return {row[0]: row[1] for row in rows}
