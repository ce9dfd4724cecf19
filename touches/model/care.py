"""What people do and owe: activities, interactions, conversations, promises, complaints."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Something the lead did."""

    lead_id: int
    kind: str  # purchase, visit, reply, opt_out, …
    at: datetime
    amount: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """The written record of one contact: who, when, how long, what each side said, what was agreed."""

    lead_id: int
    at: datetime
    who: str
    channel: str
    direction: str  # out | in
    touch_id: int | None = None
    minutes: int | None = None
    said: str = ""  # what the lead said
    told: str = ""  # what we said
    agreed: str = ""
    outcome: str = ""
    news: str = ""
    concern: str = ""


class CareState(StrEnum):
    """A promise's, complaint's or conversation's state."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    SOLVED = "solved"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """What a reply opens: automatic sending stops, the owner owes an answer by `answer_by`."""

    id: int
    lead_id: int
    opened_at: datetime
    answer_by: datetime
    stalled_at: datetime
    state: CareState
    owner: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something we said we would do for a lead by a time."""

    id: int
    lead_id: int
    text: str
    by: datetime
    owner: str
    state: CareState
    made_at: datetime
    department: str = ""
    renewals: int = 0
    evidence: str = ""
    kept_at: datetime | None = None
    parent_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A case that stops all selling to a lead until it is solved."""

    id: int
    lead_id: int
    opened_at: datetime
    text: str
    state: CareState
    owner: str = ""
    step: str = "calm"  # calm, cause, solution, carry_out, prove
    step_by: datetime | None = None
    priority: int = 0
    compensation: str = ""
    solved_at: datetime | None = None
    company_id: int | None = None
