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


class Reaction(StrEnum):
    """How the customer takes it."""

    CALM = "calm"
    ANGRY = "angry"
    LEAVING = "leaving"  # means to go, to the authorities or to the public


ORDER = tuple(ComplaintStep)
PRIORITY: Mapping[Harm, int] = {Harm.LOW: 10, Harm.MIDDLE: 50, Harm.HIGH: 90}
WORSE: Mapping[Reaction, int] = {Reaction.CALM: 0, Reaction.ANGRY: 3, Reaction.LEAVING: 6}
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


def gravity(harm: Harm, reaction: Reaction) -> Harm:
    """By which clocks a case is worked: anger makes it one graver than its harm, whoever means to leave the gravest."""
    if reaction is Reaction.LEAVING:
        return Harm.HIGH
    grades = tuple(Harm)
    return grades[min(grades.index(harm) + (reaction is Reaction.ANGRY), len(grades) - 1)]


def priority_of(harm: Harm, reaction: Reaction) -> int:
    """The graver goes first; of two that are as grave, the one where more is about to be lost."""
    return PRIORITY[gravity(harm, reaction)] + WORSE[reaction]


def step_deadline(step: ComplaintStep, harm: Harm, since: datetime, clock: LocalClock) -> datetime:
    """By when a step is done that begins at `since`."""
    return clock.later(since, CLOCKS[harm][step])


def step_after(done: ComplaintStep, *, cause_known: bool = False) -> ComplaintStep | None:
    """What follows a step that is done; None after the last: then it is solved, or it is not. Nobody looks for a cause
    that is known."""
    coming = ORDER[ORDER.index(done) + 1 :]
    return next((step for step in coming if step is not ComplaintStep.CAUSE or not cause_known), None)


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
