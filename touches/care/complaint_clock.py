"""The five steps of a complaint and their clocks: pure decisions."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from policies.durations import Duration, Unit
from touches.care.local import LocalClock
from touches.model.care import CareState, Complaint

COOL_OFF = Duration(7, Unit.DAYS)


class Harm(StrEnum):
    """How much it hurts the customer; sets clock and priority."""

    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"


class ComplaintStep(StrEnum):
    """What is being worked on, in this order."""

    CALM = "calm"  # listen, do not argue, say when the customer hears from us
    CAUSE = "cause"  # find out why, by a time that the customer can bear
    SOLUTION = "solution"  # design what puts it right, and agree on it
    CARRY_OUT = "carry_out"
    PROVE = "prove"  # show the customer that it will not come back


ORDER = tuple(ComplaintStep)
PRIORITY: Mapping[Harm, int] = {Harm.LOW: 10, Harm.MIDDLE: 50, Harm.HIGH: 90}
_WORK = Unit.WORKING_DAYS
CLOCKS: Mapping[Harm, Mapping[ComplaintStep, Duration]] = {
    Harm.HIGH: {
        ComplaintStep.CALM: Duration(1, Unit.HOURS),
        ComplaintStep.CAUSE: Duration(4, Unit.HOURS),
        ComplaintStep.SOLUTION: Duration(1, _WORK),
        ComplaintStep.CARRY_OUT: Duration(2, _WORK),
        ComplaintStep.PROVE: Duration(5, _WORK),
    },
    Harm.MIDDLE: {
        ComplaintStep.CALM: Duration(4, Unit.HOURS),
        ComplaintStep.CAUSE: Duration(1, _WORK),
        ComplaintStep.SOLUTION: Duration(2, _WORK),
        ComplaintStep.CARRY_OUT: Duration(5, _WORK),
        ComplaintStep.PROVE: Duration(10, _WORK),
    },
    Harm.LOW: {
        ComplaintStep.CALM: Duration(1, _WORK),
        ComplaintStep.CAUSE: Duration(2, _WORK),
        ComplaintStep.SOLUTION: Duration(3, _WORK),
        ComplaintStep.CARRY_OUT: Duration(10, _WORK),
        ComplaintStep.PROVE: Duration(10, _WORK),
    },
}
ADVICE: Mapping[ComplaintStep, str] = {
    ComplaintStep.CALM: "Call, listen, do not argue. Say by when you come back with the cause.",
    ComplaintStep.CAUSE: "Find out why it happened, and tell the customer.",
    ComplaintStep.SOLUTION: "Work out what puts it right, and agree on it with the customer.",
    ComplaintStep.CARRY_OUT: "Do what was agreed.",
    ComplaintStep.PROVE: "Show the customer that it works and will not come back; then solve the complaint.",
}


def step_deadline(step: ComplaintStep, harm: Harm, since: datetime, clock: LocalClock) -> datetime:
    """By when a step is done that begins at `since`."""
    return clock.later(since, CLOCKS[harm][step])


def step_after(done: ComplaintStep) -> ComplaintStep | None:
    """What follows a step that is done; None after the last: then it is solved, or it is not."""
    place = ORDER.index(done) + 1
    return ORDER[place] if place < len(ORDER) else None


def why_not_step(complaint: Complaint, step: ComplaintStep) -> str:
    """Why a step cannot be noted as done; empty when it can. Steps may be skipped, never gone back."""
    if complaint.state is not CareState.OPEN:
        return f"the complaint is {complaint.state} already"
    if complaint.steps and ORDER.index(ComplaintStep(complaint.steps[-1]["step"])) >= ORDER.index(step):
        return f"{step} was done before; it is at {complaint.step} now"
    return ""


def is_late(complaint: Complaint, now: datetime) -> bool:
    """Whether the step in work has passed its deadline."""
    return complaint.state is CareState.OPEN and complaint.step_by is not None and now >= complaint.step_by


def has_cooled(complaint: Complaint, now: datetime) -> bool:
    """Whether the time of peace after its solution is over."""
    cooled = complaint.cool_until is not None and now >= complaint.cool_until
    return complaint.state is CareState.SOLVED and cooled


def keeps_selling_away(complaint: Complaint, now: datetime) -> bool:
    """Open, or solved so lately that the customer is left in peace."""
    return complaint.state is CareState.OPEN or (complaint.state is CareState.SOLVED and not has_cooled(complaint, now))
