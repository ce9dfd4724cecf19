"""The tables. Dumb on purpose: decisions live with the values; constraints live here, in the database."""

from sqlmodel import SQLModel

from touches.store.rows.cadence import (
    AttemptRow,
    DecisionRow,
    EnrollmentRow,
    EventRow,
    LedgerRow,
    NewsRow,
    PolicyVersionRow,
    TouchRow,
)
from touches.store.rows.care import (
    ComplaintRow,
    ConversationRow,
    InteractionRow,
    NoticeRow,
    PromiseRow,
)
from touches.store.rows.engine import DaemonRow, InboundRow, SettingRow, SignRow, WebUserRow
from touches.store.rows.people import ActivityRow, CompanyRow, ContactPointRow, LeadRow, SuppressionRow

metadata = SQLModel.metadata

__all__ = [
    "ActivityRow",
    "AttemptRow",
    "CompanyRow",
    "ComplaintRow",
    "ContactPointRow",
    "ConversationRow",
    "DaemonRow",
    "DecisionRow",
    "EnrollmentRow",
    "EventRow",
    "InboundRow",
    "InteractionRow",
    "LeadRow",
    "LedgerRow",
    "NewsRow",
    "NoticeRow",
    "PolicyVersionRow",
    "PromiseRow",
    "SettingRow",
    "SignRow",
    "SuppressionRow",
    "TouchRow",
    "WebUserRow",
    "metadata",
]
