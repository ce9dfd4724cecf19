"""Tables of cadences: published policies and news, enrollments, touches, attempts, the ledger, and why."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, false
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from touches.model.cadence import Lane, rank_of
from touches.model.states import EnrollmentState, LedgerStatus, Phase, TouchState
from touches.store.rows.base import (
    count_column,
    id_as_key,
    id_column,
    id_of,
    instant_column,
    json_column,
    key_to,
    one_of,
    text_column,
)


class PolicyVersionRow(SQLModel, table=True):
    """One published version of a policy: the checked document, the text it came from, and where its steps stand."""

    __tablename__ = "policy_version"
    __table_args__ = (
        UniqueConstraint("policy", "number"),
        Index(
            "uq_policy_version_current",
            "policy",
            unique=True,
            sqlite_where=sql("current"),
            postgresql_where=sql("current"),
        ),
    )
    id: int | None = id_column()
    policy: str = text_column()
    number: int
    current: bool = Field(default=False, nullable=False, sa_column_kwargs={"server_default": false()})
    document: str = text_column()
    source: str = text_column()
    path: str = text_column()
    places: dict[str, Any] = json_column()
    digest: str = text_column()
    author: str = text_column()
    published_at: datetime = instant_column(nullable=False)


class NewsRow(SQLModel, table=True):
    """A published piece of news with all its languages; `news_class` is its connected component of `same_as`."""

    __tablename__ = "news"
    id: str = Field(primary_key=True, sa_type=Text)
    news_class: str = text_column(index=True)
    document: str = text_column()
    digest: str = text_column()
    author: str = text_column()
    published_at: datetime = instant_column(nullable=False)
    withdrawn_at: datetime | None = instant_column()


class EnrollmentRow(SQLModel, table=True):
    """One lead in one policy version; at most one of them runs."""

    __tablename__ = "enrollment"
    __table_args__ = (
        UniqueConstraint("lead_id", "policy", "occurrence"),
        Index(
            "uq_enrollment_running",
            "lead_id",
            "policy",
            unique=True,
            sqlite_where=sql("state IN ('active', 'paused')"),
            postgresql_where=sql("state IN ('active', 'paused')"),
        ),
        Index("ix_enrollment_policy_state", "policy", "state", "id"),
        Index(
            "ix_enrollment_paused",
            "paused_until",
            sqlite_where=sql("state = 'paused'"),
            postgresql_where=sql("state = 'paused'"),
        ),
        one_of("state", EnrollmentState),
        one_of("phase", Phase),
    )
    id: int | None = id_column()
    lead_id: int = key_to("lead.id")
    policy: str = text_column()
    version: int
    occurrence: int = count_column(1)
    state: str = text_column()
    phase: str = text_column()
    entered_at: datetime = instant_column(nullable=False)
    entered_by: str = text_column()
    trigger: str = text_column()
    reason: str = text_column()
    priority: int = count_column(50)
    shift: int = count_column()
    paused_at: datetime | None = instant_column()
    paused_until: datetime | None = instant_column()
    ended_at: datetime | None = instant_column()


class TouchRow(SQLModel, table=True):
    """The touch of the design. The unique key is the promise "never twice"."""

    __tablename__ = "touch"
    __table_args__ = (
        UniqueConstraint("enrollment_id", "step", "round"),
        one_of("state", TouchState),
        CheckConstraint("kind IN ('touch', 'notice')", name="kind_known"),
        CheckConstraint("state NOT IN ('planned', 'ready') OR due_at IS NOT NULL", name="waiting_has_a_time"),
        CheckConstraint("state NOT IN ('sent', 'delivered') OR handed_over_at IS NOT NULL", name="sent_has_a_time"),
        CheckConstraint(
            "state NOT IN ('claimed', 'prepared', 'committing') OR lease_owner <> ''",
            name="in_hand_has_an_owner",
        ),
        Index(
            "ix_touch_due",
            "channel",
            "rank",
            "due_at",
            "id",
            sqlite_where=sql("state IN ('planned', 'ready')"),
            postgresql_where=sql("state IN ('planned', 'ready')"),
        ),
        Index(
            "ix_touch_open",
            "state",
            "lease_owner",
            sqlite_where=sql(
                "state IN ('claimed', 'prepared', 'offering', 'committing', 'in_doubt', 'held', 'quarantined')"
            ),
            postgresql_where=sql(
                "state IN ('claimed', 'prepared', 'offering', 'committing', 'in_doubt', 'held', 'quarantined')"
            ),
        ),
        Index("ix_touch_lead_id", "lead_id", "id"),
        Index(
            "ix_touch_handed_over_at",
            "handed_over_at",
            sqlite_where=sql("handed_over_at IS NOT NULL"),
            postgresql_where=sql("handed_over_at IS NOT NULL"),
        ),
    )
    id: int | None = id_column()
    kind: str = text_column()
    enrollment_id: int | None = id_of("enrollment", nullable=True)
    lead_id: int | None = id_of("lead", nullable=True)
    policy: str = text_column()
    version: int = count_column()
    step: str = text_column()
    round: int = count_column(1)
    number: int = count_column()
    channel: str = text_column()
    point_id: int | None = id_of("contact_point", nullable=True)
    address: str = text_column()
    news: str = text_column()
    news_class: str = text_column()
    state: str = text_column()
    reason: str = text_column()
    due_at: datetime | None = instant_column()
    latest_at: datetime | None = instant_column()
    local_time: str = text_column()
    zone: str = text_column()
    rank: int = count_column(rank_of(Lane.CADENCE))  # the order of leaving: lane and priority
    owner: str = text_column()
    variant: str = text_column()
    attempts: int = count_column()
    failures: int = count_column()  # times it broke on our side; three and it is quarantined
    fence: int = count_column()
    lease_owner: str = text_column()
    lease_until: datetime | None = instant_column()
    message_id: str = text_column()
    reference: str = text_column()
    digest: str = text_column()
    detail: str = text_column()
    created_at: datetime = instant_column(nullable=False)
    claimed_at: datetime | None = instant_column()
    handed_over_at: datetime | None = instant_column()
    finished_at: datetime | None = instant_column()


class DecisionRow(SQLModel, table=True):
    """Why a touch was planned as it is, for `why`. Its own row, for it would make the touch's three times as large: a
    batch on its way out reads and rewrites touches again and again, and nobody asks why until much later."""

    __tablename__ = "decision"
    touch_id: int = id_as_key("touch")
    because: dict[str, Any] = json_column()


class AttemptRow(SQLModel, table=True):
    """One try to hand a touch over; append-only."""

    __tablename__ = "attempt"
    __table_args__ = (UniqueConstraint("touch_id", "number"),)
    id: int | None = id_column()
    touch_id: int = id_of("touch")
    number: int
    owner: str = text_column()
    fence: int = count_column()
    phase: str = text_column()
    began_at: datetime = instant_column(nullable=False)
    ended_at: datetime | None = instant_column()
    outcome: str = text_column()
    code: str = text_column()
    detail: str = text_column()
    reference: str = text_column()


class LedgerRow(SQLModel, table=True):
    """Which lead has been told which news. Unique over what is reserved or told: no lead hears the same twice."""

    __tablename__ = "ledger"
    __table_args__ = (
        Index(
            "uq_ledger_told",
            "lead_id",
            "news_class",
            unique=True,
            sqlite_where=sql("status IN ('reserved', 'told')"),
            postgresql_where=sql("status IN ('reserved', 'told')"),
        ),
        Index(
            "ix_ledger_released",
            "lead_id",
            "news_class",
            sqlite_where=sql("status = 'released'"),
            postgresql_where=sql("status = 'released'"),
        ),
        Index("ix_ledger_touch_id", "touch_id"),
        Index("ix_ledger_news_class", "news_class"),
        one_of("status", LedgerStatus),
    )
    id: int | None = id_column()
    lead_id: int = id_of("lead")
    news_class: str = text_column()
    news: str = text_column()
    status: str = text_column()
    touch_id: int | None = id_of("touch", nullable=True)
    at: datetime = instant_column(nullable=False)
    by: str = text_column()


class EventRow(SQLModel, table=True):
    """Every decision with its reason: what `why` reads. Append-only."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_lead_id", "lead_id", "id"),
        Index("ix_event_touch_id", "touch_id", "id"),
    )
    id: int | None = id_column()
    at: datetime = instant_column(nullable=False)
    lead_id: int | None = id_of("lead", nullable=True)
    enrollment_id: int | None = id_of("enrollment", nullable=True)
    touch_id: int | None = id_of("touch", nullable=True)
    action: str = text_column()
    because: str = text_column()
    actor: str = text_column()
    data: dict[str, Any] = json_column()
