"""What people do and owe: activities, interactions, conversations, promises, complaints."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

COMPLAINT = "complaint"  # why selling waits, as pauses and touches say it
BROKEN_PROMISE = "broken promise"

_TAKES_BACK: Final = "took back "


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Something the lead did."""

    lead_id: int
    kind: str  # purchase, visit, reply, opt_out, …
    at: datetime
    amount: Decimal | None = None
    source: str = ""


def taking_back(interaction: int) -> str:
    """The outcome of what takes an interaction back."""
    return f"{_TAKES_BACK}{interaction}"


def taken_back_by(outcome: str) -> int | None:
    """The interaction that one of this outcome takes back."""
    number = outcome.removeprefix(_TAKES_BACK)
    return int(number) if number != outcome and number.isdecimal() else None


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
    id: int | None = None  # None: not written down yet
    undone_at: datetime | None = None
    previous: str = ""  # the chain's, empty until it is written down: the hash of the row before,
    content_digest: str = ""  # a keyed digest of what erasure takes away,
    hash: str = ""  # and of these two with everything else

    @property
    def takes_back(self) -> int | None:
        """The interaction that this one says was a mistake."""
        return taken_back_by(self.outcome)


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
    answered_at: datetime | None = None  # of the last word of ours; None: the lead waits
    closed_at: datetime | None = None
    noted: int = 0  # times the same matter was only noted

    @property
    def waits(self) -> bool:
        """Whether the owner owes an answer."""
        return self.state is CareState.OPEN and self.answered_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseDraft:
    """A promise that has no row yet."""

    lead_id: int
    text: str
    by: datetime
    owner: str
    made_at: datetime
    made_by: str = ""
    department: str = ""
    touch_id: int | None = None
    parent_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something we said we would do for a lead by a time. `parent_id` is set for a department's part of a promise.

    Open until kept; broken from its deadline on, until it is kept late or renewed; closed when it was taken back.
    `missed` counts the deadlines that had passed when it was renewed.
    """

    id: int
    lead_id: int
    text: str
    by: datetime
    owner: str
    state: CareState
    made_at: datetime
    department: str = ""
    renewals: int = 0
    missed: int = 0
    evidence: str = ""
    kept_at: datetime | None = None
    parent_id: int | None = None
    touch_id: int | None = None
    warned_at: datetime | None = None
    interim_at: datetime | None = None
    escalated_at: datetime | None = None
    renewal_reason: str = ""


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
    source: str = ""
    cause: str = ""
    harm: str = ""  # low, middle, high
    reaction: str = ""  # calm, angry, leaving
    solution: str = ""
    cool_until: datetime | None = None
    escalated_at: datetime | None = None
    steps: tuple[Mapping[str, str], ...] = ()  # what was done: step, at, by, note
