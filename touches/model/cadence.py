"""Enrollments, touches and what is remembered of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import TypeAlias

from touches.model.states import EnrollmentState, LedgerStatus, Phase, TouchState


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrollment:
    """One lead in one version of a policy.

    `occurrence` counts re-enrollments from 1. `step` is the id of the step that comes next ("" when it is for the
    planner to find), `shift` moves all `day`-based steps (seconds, from lateness and pauses).
    """

    id: int
    lead_id: int
    policy: str
    version: int
    occurrence: int
    state: EnrollmentState
    phase: Phase
    entered_at: datetime
    reason: str = ""
    priority: int = 50
    shift: int = 0
    paused_at: datetime | None = None
    paused_until: datetime | None = None
    ended_at: datetime | None = None


class Lane(IntEnum):
    """The order in which due touches leave: what we owe first, what teaches last."""

    OWED = 0  # notices: confirmations, interim answers, escalations
    URGENT = 1  # urgent news
    CADENCE = 2
    NURTURE = 3


USUAL = 50  # the priority of a policy that names none
_APART = 1000  # between two lanes: priorities go from 0 to 100


def rank_of(lane: Lane, priority: int = USUAL) -> int:
    """Where a touch stands in the order of leaving, first ones lowest: by lane, then by its policy's priority."""
    return lane * _APART + 100 - priority


def lane_of(rank: int) -> Lane:
    """The lane of a rank."""
    return Lane(rank // _APART)


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """One planned, performed or given-up contact: the row of the design, as a value.

    `round` is 1 for a step and counts up for each repetition of `then`; `number` is the count of this touch in its
    enrollment. `latest_at` is the end of its lateness.
    """

    id: int
    kind: str  # touch | notice
    enrollment_id: int | None
    lead_id: int | None
    policy: str
    version: int
    step: str
    round: int
    number: int
    channel: str
    point_id: int | None
    address: str
    news: str
    news_class: str
    state: TouchState
    reason: str
    due_at: datetime | None
    latest_at: datetime | None
    local_time: str
    zone: str
    rank: int
    owner: str
    variant: str
    attempts: int
    fence: int
    message_id: str
    reference: str
    digest: str
    created_at: datetime
    handed_over_at: datetime | None
    finished_at: datetime | None
    failures: int = 0
    lease_owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchDraft:
    """A touch that has no row yet."""

    kind: str = "touch"
    enrollment_id: int | None
    lead_id: int | None
    policy: str
    version: int
    step: str
    round: int
    number: int
    channel: str
    point_id: int | None
    address: str
    news: str
    news_class: str
    state: TouchState
    reason: str
    due_at: datetime | None
    latest_at: datetime | None = None
    local_time: str = ""
    zone: str = ""
    rank: int = rank_of(Lane.CADENCE)
    owner: str = ""
    variant: str = ""
    because: Mapping[str, object] = field(default_factory=dict)


Key: TypeAlias = tuple[int | None, str, int, str]  # enrollment, step, round, and the news of what has no enrollment


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTouch:
    """What the planner must remember of a touch: no more, so that a million of them fit in memory."""

    step: str
    round: int
    number: int
    channel: str
    state: TouchState
    news_class: str
    due_at: datetime | None
    handed_over_at: datetime | None
    policy: str = ""
    enrollment_id: int | None = None
    finished_at: datetime | None = None


def key_of(touch: Touch | PastTouch) -> Key:
    """Which touch it is: a step of its enrollment. Urgent news belongs to none and is known by what it tells."""
    own = touch.news_class if touch.enrollment_id is None else ""
    return touch.enrollment_id, touch.step, touch.round, own


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """A lead has been told, or is about to be told, a news class."""

    lead_id: int
    news_class: str
    news: str
    status: LedgerStatus
    touch_id: int | None
    at: datetime
