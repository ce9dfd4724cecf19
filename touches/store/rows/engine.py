"""Tables of the engine itself: what came in, who is at work, what is switched, who may log in."""

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from touches.store.rows.base import count_column, id_column, instant_column, key_to, text_column


class InboundRow(SQLModel, table=True):
    """Something that came back, once by (source, source_id); `kind` is its class, `handled` what we did."""

    __tablename__ = "inbound"
    __table_args__ = (UniqueConstraint("source", "source_id"),)
    id: int | None = id_column()
    source: str = text_column()
    source_id: str = text_column()
    kind: str = text_column()
    lead_id: int | None = key_to("lead.id", nullable=True, index=True)
    touch_id: int | None = key_to("touch.id", nullable=True)
    sender: str = text_column()
    subject: str = text_column()
    body: str = text_column()
    because: str = text_column()
    handled: str = text_column()
    at: datetime = instant_column(nullable=False)
    received_at: datetime = instant_column(nullable=False)
    reviewed_at: datetime | None = instant_column()


class SettingRow(SQLModel, table=True):
    """Switches and cursors: `paused`, `hold`, instance mark, IMAP cursors, time-zone data version."""

    __tablename__ = "setting"
    key: str = Field(primary_key=True, sa_type=Text)
    value: str = text_column()
    at: datetime = instant_column(nullable=False)
    by: str = text_column()


class DaemonRow(SQLModel, table=True):
    """A running daemon and its heartbeat; leases refer to its `name`."""

    __tablename__ = "daemon"
    name: str = Field(primary_key=True, sa_type=Text)
    host: str = text_column()
    pid: int = count_column()
    started_at: datetime = instant_column(nullable=False)
    beat_at: datetime = instant_column(nullable=False)
    stopped_at: datetime | None = instant_column()
    note: str = text_column()


class SignRow(SQLModel, table=True):
    """What was warned of already, so that it is said once: alerts, escalations, triggers fired (`kind`, `key`)."""

    __tablename__ = "sign"
    __table_args__ = (UniqueConstraint("kind", "key"), Index("ix_sign_kind_at", "kind", "at"))
    id: int | None = id_column()
    kind: str = text_column()
    key: str = text_column()
    at: datetime = instant_column(nullable=False)


class WebUserRow(SQLModel, table=True):
    """Somebody who may log in; `changed_at` ends older sessions."""

    __tablename__ = "web_user"
    name: str = Field(primary_key=True, sa_type=Text)
    password_hash: str = text_column()
    role: str = text_column()
    created_at: datetime = instant_column(nullable=False)
    changed_at: datetime = instant_column(nullable=False)
