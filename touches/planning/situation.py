"""Everything a plan for one enrollment may look at, in one value."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from policies.schema import Policy, Step, Then
from policies.schema.words import PauseOn
from touches.model.cadence import Enrollment, PastTouch
from touches.model.people import Lead
from touches.model.states import COUNTS_AS_SENT, IN_HAND, TouchState


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """Another policy in which the lead runs."""

    enrollment_id: int
    policy: Policy
    priority: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One enrollment with its policy version, its lead, and what happened so far.

    `history` are all touches to the lead, oldest first; `told` the news classes told or reserved; `colleagues` when
    touches reached anybody of the company, the lead included; `owner_calls` the calls and meetings of the lead's owner,
    made or on a list; `rivals` the other policies in which the lead runs; `let_down` whether a promise to the lead is
    broken.
    """

    enrollment: Enrollment
    policy: Policy
    lead: Lead
    history: Sequence[PastTouch] = ()
    told: Collection[str] = frozenset()
    told_kinds: Sequence[str] = ()
    colleagues: Sequence[datetime] = ()
    owner_calls: Sequence[datetime] = ()
    rivals: Sequence[Rival] = ()
    let_down: bool = False
    places: Mapping[str, object] = field(default_factory=dict)

    @property
    def minds_promises(self) -> bool:
        """Whether its policy waits while a promise to the lead is broken."""
        return PauseOn.BROKEN_PROMISE in self.policy.pause_on

    @property
    def own(self) -> list[PastTouch]:
        """This enrollment's touches, oldest first."""
        return [touch for touch in self.history if touch.enrollment_id == self.enrollment.id]

    @property
    def last_channels(self) -> list[str]:
        """The channels of this enrollment's last touches that went out or may have, latest first."""
        return [touch.channel for touch in reversed(self.own) if reached(touch)][:2]

    def step_of(self, step_id: str) -> Step | Then | None:
        """The step or the repetition of this id in the policy version, if it still has one."""
        if self.policy.then is not None and self.policy.then.id == step_id:
            return self.policy.then
        return next((step for step in self.policy.touches if step.id == step_id), None)


WAITS = IN_HAND | {TouchState.PLANNED, TouchState.READY}  # has a time, and has not left
REACHED = COUNTS_AS_SENT | {TouchState.RETURNED, TouchState.BOUNCED}


def reached(touch: PastTouch) -> bool:
    """Whether the touch was handed over, or may have been."""
    return touch.state in REACHED
