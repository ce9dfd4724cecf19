"""What comes next for an enrollment, by the engine's own decisions as they stand now."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from touches.engine.gathering import with_touch
from touches.engine.office import Office
from touches.explaining.rules import step_place
from touches.model.cadence import PastTouch, Touch
from touches.model.states import EnrollmentState, TouchState
from touches.planning.departure import Cancel, Depart, Departure, Expire, Hold, Postpone, departure
from touches.planning.next_touch import PlanTouch, next_touch
from touches.planning.situation import Situation

WAITING = (TouchState.PLANNED, TouchState.READY, TouchState.HELD)


def decided_now(touch: Touch, situation: Situation, office: Office, now: datetime) -> dict[str, Any]:
    """What the last decision before the hand-over says of a waiting touch, made for the instant it is due."""
    at = max(now, touch.due_at or now)
    verdict = departure(touch, situation, office.house, office.library.pool, at)
    return {"at": at, **_said(verdict)}


def _said(verdict: Departure) -> dict[str, Any]:
    match verdict:
        case Depart():
            because = {**verdict.because, "reason": verdict.because["news"]}
            return {**because, "verdict": "leaves", "channel": verdict.channel, "news": verdict.item.id}
        case Postpone():
            channel = {"channel": verdict.channel} if verdict.channel else {}
            return {"verdict": "moves", "to": verdict.due_at, "reason": verdict.reason, **channel}
        case Hold():
            return {"verdict": "is held", "reason": verdict.reason, **dict(verdict.because)}
        case Expire() | Cancel():
            return {"verdict": "ends", "reason": verdict.reason}
    raise TypeError(f"no words for {verdict!r}")


def after_this(touch: Touch, situation: Situation, office: Office, now: datetime) -> dict[str, Any] | None:
    """What would be planned if the waiting touch left when it is due; None where it is in doubt or somebody's hand."""
    if touch.state not in WAITING or situation.enrollment.state is not EnrollmentState.ACTIVE:
        return None
    at = max(now, touch.due_at or now)
    past = PastTouch(
        step=touch.step,
        round=touch.round,
        number=touch.number,
        channel=touch.channel,
        state=TouchState.SENT,
        news_class=touch.news_class,
        due_at=touch.due_at,
        handed_over_at=at,
        policy=touch.policy,
        enrollment_id=touch.enrollment_id,
        finished_at=at,
    )
    told = {*situation.told, *([touch.news_class] if touch.news_class else [])}
    later = replace(situation, history=with_touch(situation.history, past), told=told)
    return coming(later, office, at)


def coming(situation: Situation, office: Office, now: datetime) -> dict[str, Any]:
    """The plan for an enrollment without an open touch."""
    plan = next_touch(situation, office.house, office.library.pool, now)
    if not isinstance(plan, PlanTouch):
        return {"step": "", "because": plan.because}
    draft = plan.draft
    return {
        "step": draft.step,
        "round": draft.round,
        "number": draft.number,
        "channel": draft.channel,
        "due_at": draft.due_at if draft.state is not TouchState.HELD else None,
        "local_time": draft.local_time,
        "news": draft.news,
        "reason": draft.reason,
        "rule": step_place(situation.places, situation.policy, draft.step),
        "because": dict(draft.because),
    }
