"""Tables of people: leads, companies, contact points, what they did, and the addresses never to use again."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Index, Numeric, Text, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from touches.model.people import PointKind
from touches.store.rows.base import (
    count_column,
    id_column,
    instant_column,
    json_column,
    key_to,
    one_of,
    text_column,
)


class CompanyRow(SQLModel, table=True):
    """`key` is the case-folded name: one company however it is spelt."""

    __tablename__ = "company"
    id: int | None = id_column()
    key: str = text_column(unique=True)
    name: str = text_column()
    size: int | None = None
    timezone: str = text_column()
    frozen: str = text_column()  # why nothing may go to anybody here (a complaint), empty: it may


class LeadRow(SQLModel, table=True):
    """A lead without its addresses. `digest` is of the rows of a list that made it what it is: an
    unchanged one costs nothing."""

    __tablename__ = "lead"
    __table_args__ = (
        Index("ix_lead_segment_id", "segment", "id"),
        Index(
            "ix_lead_merged_into",
            "merged_into",
            sqlite_where=sql("merged_into IS NOT NULL"),
            postgresql_where=sql("merged_into IS NOT NULL"),
        ),
    )
    id: int | None = id_column()
    external_id: str | None = Field(default=None, unique=True, sa_type=Text)
    first_name: str = text_column()
    last_name: str = text_column()
    name: str = text_column()
    company_id: int | None = key_to("company.id", nullable=True, index=True)
    birth_year: int | None = None
    country: str = text_column()
    region: str = text_column()
    street: str = text_column()
    postal_code: str = text_column()
    city: str = text_column()
    timezone: str = text_column()
    language: str = text_column()
    segment: str = text_column()
    owner: str = text_column(index=True)
    preferred_channel: str = text_column()
    source: str = text_column()
    attributes: dict[str, Any] = json_column()
    concerns: list[str] = json_column(list)
    digest: str = text_column()
    created_at: datetime = instant_column(nullable=False)
    updated_at: datetime = instant_column(nullable=False)
    bought_at: datetime | None = instant_column()
    lost_at: datetime | None = instant_column()
    paused_until: datetime | None = instant_column()
    dead: str = text_column()
    merged_into: int | None = key_to("lead.id", nullable=True)
    triggered_at: datetime | None = instant_column(index=True)  # when `new_lead` was looked at; null: not yet


class ContactPointRow(SQLModel, table=True):
    """One address of a lead on one kind of channel; consent, bounces and opt-outs belong to it."""

    __tablename__ = "contact_point"
    __table_args__ = (
        UniqueConstraint("kind", "address", "lead_id"),  # in this order it also finds who has an address
        one_of("kind", PointKind),
    )
    id: int | None = id_column()
    lead_id: int = key_to("lead.id", index=True)
    kind: str = text_column()
    address: str = text_column()
    address_hash: str = text_column()
    timezone: str = text_column()
    broken: str = text_column()
    broken_at: datetime | None = instant_column()
    soft_bounces: int = count_column()
    soft_since: datetime | None = instant_column()
    consent: str = text_column()
    consent_source: str = text_column()
    consent_evidence: str = text_column()
    consent_at: datetime | None = instant_column()
    consent_until: datetime | None = instant_column()


class SuppressionRow(SQLModel, table=True):
    """An address that must not be used any more, as a keyed hash; `channel` is a channel or `all`."""

    __tablename__ = "suppression"
    __table_args__ = (UniqueConstraint("address_hash", "channel"),)
    id: int | None = id_column()
    address_hash: str = text_column()
    channel: str = text_column()
    reason: str = text_column()
    source: str = text_column()
    since: datetime = instant_column(nullable=False)


class ActivityRow(SQLModel, table=True):
    """Something a lead did. The unique key makes importing the same file again harmless."""

    __tablename__ = "activity"
    __table_args__ = (
        UniqueConstraint("lead_id", "kind", "at", "apart"),
        Index("ix_activity_kind_lead_id_at", "kind", "lead_id", "at"),
        Index("ix_activity_unseen", "id", sqlite_where=sql("seen = 0"), postgresql_where=sql("seen = 0")),
    )
    id: int | None = id_column()
    lead_id: int = key_to("lead.id")
    kind: str = text_column()
    at: datetime = instant_column(nullable=False)
    amount: Decimal | None = Field(default=None, sa_type=Numeric(14, 2))
    apart: str = text_column()  # what tells two at one instant apart: the amount, the channel of an opt-out or opt-in
    source: str = text_column()
    seen: int = count_column()  # 1 once triggers have looked at it
