"""Tables of what people say and owe: notices, interactions, conversations, promises, complaints."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import SQLModel

from touches.model.care import CareState
from touches.store.rows.base import (
    count_column,
    id_column,
    instant_column,
    json_column,
    key_to,
    one_of,
    text_column,
)


class NoticeRow(SQLModel, table=True):
    """What a notice says. Its way out is a touch of kind `notice`. `key` makes it happen once."""

    __tablename__ = "notice"
    id: int | None = id_column()
    key: str = text_column(unique=True)
    touch_id: int | None = key_to("touch.id", nullable=True, index=True)
    purpose: str = text_column()  # confirmation, interim, escalation, digest, alert, list, forward
    recipient: str = text_column()
    subject: str = text_column()
    body: str = text_column()
    in_reply_to: str = text_column()
    created_at: datetime = instant_column(nullable=False)


class InteractionRow(SQLModel, table=True):
    """The written record of one contact. Each row's hash covers the hash before it; what a person said stands in
    columns that erasure can empty: the chain covers a keyed digest of them."""

    __tablename__ = "interaction"
    __table_args__ = (Index("ix_interaction_lead_id_at", "lead_id", "at"), Index("ix_interaction_at", "at"))
    id: int | None = id_column()
    lead_id: int | None = key_to("lead.id", nullable=True)
    touch_id: int | None = key_to("touch.id", nullable=True)
    at: datetime = instant_column(nullable=False)
    who: str = text_column()
    channel: str = text_column()
    direction: str = text_column()
    minutes: int | None = None
    said: str = text_column()
    told: str = text_column()
    agreed: str = text_column()
    outcome: str = text_column()
    news: str = text_column()
    concern: str = text_column()
    content_digest: str = text_column()
    previous: str = text_column()
    hash: str = text_column(unique=True)
    undone_at: datetime | None = instant_column()


class ConversationRow(SQLModel, table=True):
    """Opened by a reply; at most one is open for a lead."""

    __tablename__ = "conversation"
    __table_args__ = (Index("ix_conversation_lead_id", "lead_id"), one_of("state", CareState))
    id: int | None = id_column()
    lead_id: int = key_to("lead.id")
    owner: str = text_column()
    state: str = text_column()
    because: str = text_column()
    opened_at: datetime = instant_column(nullable=False)
    answer_by: datetime = instant_column(nullable=False)
    stalled_at: datetime = instant_column(nullable=False)
    answered_at: datetime | None = instant_column()
    closed_at: datetime | None = instant_column()
    noted: int = count_column()  # times the same matter was only noted


class PromiseRow(SQLModel, table=True):
    """Something we said we would do, by a time."""

    __tablename__ = "promise"
    __table_args__ = (
        Index("ix_promise_state_by", "state", "by"),
        Index("ix_promise_lead_id", "lead_id"),
        one_of("state", CareState),
    )
    id: int | None = id_column()
    lead_id: int = key_to("lead.id")
    touch_id: int | None = key_to("touch.id", nullable=True)
    parent_id: int | None = key_to("promise.id", nullable=True)
    text: str = text_column()
    owner: str = text_column()
    department: str = text_column()
    by: datetime = instant_column(nullable=False)
    state: str = text_column()
    made_at: datetime = instant_column(nullable=False)
    made_by: str = text_column()
    renewals: int = count_column()
    missed: int = count_column()  # deadlines that had passed when a new one was agreed
    renewal_reason: str = text_column()
    evidence: str = text_column()
    kept_at: datetime | None = instant_column()
    warned_at: datetime | None = instant_column()
    interim_at: datetime | None = instant_column()
    escalated_at: datetime | None = instant_column()


class ComplaintRow(SQLModel, table=True):
    """A case with five steps; while it is open nothing is sold to the lead."""

    __tablename__ = "complaint"
    __table_args__ = (Index("ix_complaint_lead_id", "lead_id"), one_of("state", CareState))
    id: int | None = id_column()
    lead_id: int = key_to("lead.id")
    company_id: int | None = key_to("company.id", nullable=True)
    state: str = text_column()
    text: str = text_column()
    source: str = text_column()
    cause: str = text_column()
    harm: str = text_column()
    reaction: str = text_column()
    owner: str = text_column()
    step: str = text_column()
    step_by: datetime | None = instant_column()
    priority: int = count_column()
    compensation: str = text_column()
    solution: str = text_column()
    opened_at: datetime = instant_column(nullable=False)
    solved_at: datetime | None = instant_column()
    cool_until: datetime | None = instant_column()
    escalated_at: datetime | None = instant_column()
    steps: list[Any] = json_column(list)
