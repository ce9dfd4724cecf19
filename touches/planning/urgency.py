"""Urgent news: one touch outside the cadence for those it concerns. Pure."""

from collections.abc import Collection, Sequence
from datetime import datetime

from policies.schema import Policy
from policies.schema.conditions import all_match
from touches.model.cadence import Enrollment, PastTouch, Touch
from touches.model.people import Lead
from touches.model.states import EnrollmentState, Phase
from touches.planning.facts import facts_of
from touches.planning.news_choice import Item
from touches.planning.situation import Situation

STEP = "urgent"
CHANNELS = ("preferred", "email", "sms", "letter")


def concerns(item: Item, lead: Lead, *, in_touch: bool, now: datetime) -> bool:
    """Whether a lead should hear it at once: alive, one of those the news is for, and somebody we are in touch with
    (in a running policy, or a customer). Strangers are never greeted with an alarm."""
    if lead.dead or not (in_touch or lead.bought_at is not None):
        return False
    return all_match(item.conditions, facts_of(lead, now))


def urgent_policy(news: str) -> Policy:
    """The one-step policy that an urgent touch follows: default hours and caps of nobody."""
    step = {"id": STEP, "day": 0, "channel": list(CHANNELS), "news": news}
    return Policy.model_validate({"policy": STEP, "touches": [step]})


def urgent_situation(
    touch: Touch, lead: Lead, policy: Policy, history: Sequence[PastTouch], told: Collection[str]
) -> Situation:
    """The situation of a touch that belongs to no enrollment."""
    enrollment = Enrollment(
        id=0,
        lead_id=lead.id,
        policy=STEP,
        version=0,
        occurrence=1,
        state=EnrollmentState.ACTIVE,
        phase=Phase.STEPS,
        entered_at=touch.created_at,
    )
    return Situation(enrollment=enrollment, policy=policy, lead=lead, history=history, told=told)
