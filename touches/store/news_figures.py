"""Counts for news: to how many it was told, and what those did afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, case, distinct, func, select, type_coerce

from touches.model.states import LedgerStatus
from touches.planning.worth import Achieved
from touches.store.rows import ActivityRow, LeadRow, LedgerRow

LEDGER = LedgerRow.__table__  # type: ignore[attr-defined]
ACTIVITY = ActivityRow.__table__  # type: ignore[attr-defined]
LEAD = LeadRow.__table__  # type: ignore[attr-defined]
FOLLOWED_WITHIN = timedelta(days=14)  # what a lead does later is not put down to the news
TOLD = LEDGER.c.status == LedgerStatus.TOLD.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Leads alike in what most news asks for."""

    segment: str
    country: str
    language: str
    leads: int


def told_counts(connection: Connection) -> Mapping[str, int]:
    """To how many leads each news class was told."""
    statement = select(LEDGER.c.news_class, func.count()).where(TOLD).group_by(LEDGER.c.news_class)
    return {row[0]: row[1] for row in connection.execute(statement)}


def told_since(connection: Connection, since: datetime) -> list[tuple[str, int]]:
    """Which news was told since an instant, to how many, most told first."""
    number = func.count().label("number")
    statement = select(LEDGER.c.news, number).where(TOLD, LEDGER.c.at >= since).group_by(LEDGER.c.news)
    return [(row[0], row[1]) for row in connection.execute(statement.order_by(number.desc(), LEDGER.c.news))]


def followed_counts(connection: Connection, kind: str) -> Mapping[str, int]:
    """How many leads did something of this kind within two weeks of being told each news class."""
    span = int(FOLLOWED_WITHIN / timedelta(microseconds=1))
    after = (ACTIVITY.c.at >= LEDGER.c.at) & (_micros(ACTIVITY.c.at) - _micros(LEDGER.c.at) <= span)
    statement = (
        select(LEDGER.c.news_class, func.count(distinct(LEDGER.c.lead_id)))
        .join(ACTIVITY, (ACTIVITY.c.lead_id == LEDGER.c.lead_id) & (ACTIVITY.c.kind == kind) & after)
        .where(TOLD)
        .group_by(LEDGER.c.news_class)
    )
    return {row[0]: row[1] for row in connection.execute(statement)}


def achieved(connection: Connection, *, since: datetime, until: datetime) -> Mapping[str, Achieved]:
    """For each news class, of the leads that were told it in that time, those that answered within two weeks, or
    bought and had not bought in the two weeks before: a daily coffee is nobody's merit."""
    followed = _did("reply") | (_did("purchase") & ~_did("purchase", before=True))
    statement = (
        select(LEDGER.c.news_class, func.count(), func.sum(case((followed, 1), else_=0)))
        .where(TOLD, LEDGER.c.at >= since, LEDGER.c.at <= until)
        .group_by(LEDGER.c.news_class)
    )
    return {row[0]: Achieved(told=row[1], followed=int(row[2])) for row in connection.execute(statement)}


def _did(kind: str, *, before: bool = False) -> ColumnElement[bool]:
    """Whether the lead of a ledger row did that in the two weeks from the telling on, or in those before."""
    told, span = _micros(LEDGER.c.at), int(FOLLOWED_WITHIN / timedelta(microseconds=1))
    first, last = (told - span, told - 1) if before else (told, told + span)
    lead = (ACTIVITY.c.lead_id == LEDGER.c.lead_id) & (ACTIVITY.c.kind == kind)
    return select(ACTIVITY.c.id).where(lead, _micros(ACTIVITY.c.at).between(first, last)).exists()


def _micros(column: Any) -> Any:
    return type_coerce(column, BigInteger)


def audiences(connection: Connection) -> list[Audience]:
    """Living leads, counted by segment, country and language."""
    columns = (LEAD.c.segment, LEAD.c.country, LEAD.c.language)
    statement = select(*columns, func.count()).where(LEAD.c.dead == "").group_by(*columns)
    return [
        Audience(segment=row[0], country=row[1], language=row[2], leads=row[3]) for row in connection.execute(statement)
    ]
