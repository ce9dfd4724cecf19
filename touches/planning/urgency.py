"""Urgent news: one touch outside the cadence for those it concerns. Pure."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime, time, timedelta

from policies.schema import Policy
from policies.schema.conditions import all_match
from touches.model.cadence import Enrollment, PastTouch, Touch
from touches.model.care import COMPLAINT
from touches.model.people import Lead
from touches.model.states import EnrollmentState, Phase
from touches.planning.facts import facts_of
from touches.planning.news_choice import Item
from touches.planning.situation import Situation
from touches.time.local import local_date, local_instant

STEP = "urgent"
CHANNELS = ("preferred", "email", "sms", "letter")
EARLIEST = timedelta(hours=14)  # by which the day begins in the first zone before it does in UTC


def concerns(item: Item, lead: Lead, *, in_touch: bool, now: datetime) -> bool:
    """Whether a lead should hear it at once: alive, one of those the news is for, and somebody we are in touch with
    (in a running policy, or a customer). Strangers are never greeted with an alarm."""
    if lead.dead or not (in_touch or lead.bought_at is not None):
        return False
    return all_match(item.conditions, facts_of(lead, now))


def asked_from(item: Item) -> datetime | None:
    """When leads are asked: as its first day begins anywhere. None: at once."""
    if item.valid is None or item.valid.first is None:
        return None
    return datetime.combine(item.valid.first, time(), UTC) - EARLIEST


def told_from(item: Item, zone: str, now: datetime) -> datetime | None:
    """When it may be told in a zone: now, or as its first day begins there. None: its last day has passed there."""
    if item.valid is None:
        return now
    if item.valid.is_before(local_date(now, zone)):
        return None
    return max(now, local_instant(item.valid.first, time(), zone)) if item.valid.first is not None else now


def urgent_policy(news: str) -> Policy:
    """The one-step policy that an urgent touch follows: default hours and pauses, and caps of nobody. News that
    was withdrawn from it (empty) is an item that there is not: the touch finds none and ends."""
    step = {"id": STEP, "day": 0, "channel": list(CHANNELS), "news": news or "withdrawn"}
    return Policy.model_validate({"policy": STEP, "touches": [step]})


def urgent_situation(
    touch: Touch,
    lead: Lead,
    policy: Policy,
    history: Sequence[PastTouch],
    told: Collection[str],
    *,
    frozen: bool,
    let_down: bool,
) -> Situation:
    """The situation of a touch that belongs to no enrollment; `frozen` by an open complaint, or with a lead who was
    `let_down` by a broken promise, it waits as others do."""
    enrollment = Enrollment(
        id=0,
        lead_id=lead.id,
        policy=STEP,
        version=0,
        occurrence=1,
        state=EnrollmentState.PAUSED if frozen else EnrollmentState.ACTIVE,
        reason=COMPLAINT if frozen else "",
        phase=Phase.STEPS,
        entered_at=touch.created_at,
    )
    return Situation(enrollment=enrollment, policy=policy, lead=lead, history=history, told=told, let_down=let_down)
