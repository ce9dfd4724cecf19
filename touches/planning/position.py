"""Which step of a policy comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policies.schema import Step, Then
from touches.model.cadence import PastTouch
from touches.model.states import Phase
from touches.planning.situation import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """A step, or a round of `then`. `index` is the place among the steps, -1 for `then`."""

    step: Step | Then
    index: int
    round: int
    number: int
    previous: PastTouch | None


def next_step(situation: Situation) -> NextStep | None:
    """The step after the last one that has a touch; then the rounds of `then`; None when nothing is left.

    A step that a newer version put in before that place is not made up for: the past is never played again.
    """
    own = situation.own
    number = len(own) + 1
    previous = own[-1] if own else None
    if situation.enrollment.phase is Phase.STEPS:
        index = place_after({step.id: index for index, step in enumerate(situation.policy.touches)}, own)
        if index < len(situation.policy.touches):
            step = situation.policy.touches[index]
            return NextStep(step=step, index=index, round=1, number=number, previous=previous)
    then = situation.policy.then
    if then is None:
        return None
    rounds = sum(touch.step == then.id for touch in own)
    return NextStep(step=then, index=-1, round=rounds + 1, number=number, previous=previous)


def place_after(places: Mapping[str, int], own: Sequence[PastTouch]) -> int:
    """The place among the steps after the last one that has a touch; `places` are those of the steps' ids."""
    done = [places[touch.step] for touch in own if touch.step in places]
    if done:
        return max(done) + 1
    # None of the steps that were done is in this version any more: go on after as many as were done.
    return min(len(own), len(places))
