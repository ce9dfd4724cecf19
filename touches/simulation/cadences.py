"""A policy version made ready for playing: what is the same for every lead is worked out once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from policies.durations import Duration
from policies.schema import Policy, Step, Then
from policies.schema.steps import NewsSpec
from policies.schema.words import Channel
from touches.model.people import CHANNELS
from touches.planning.due import planned_day
from touches.planning.next_touch import spec_of
from touches.simulation.caps import Limit, limits_of
from touches.time.windows import window_days


@dataclass(frozen=True, slots=True, eq=False)
class Beat:
    """A step, or the repetition. `day` is None where it counts from the touch before; `said` is the day in words."""

    step: Step | Then
    index: int
    day: int | None
    said: str
    wait: Duration | None
    minute: int | None
    repeats: bool
    specs: Mapping[str, NewsSpec]  # by arm
    lateness: Mapping[str, object]  # by channel


@dataclass(frozen=True, slots=True, eq=False)
class Cadence:
    """One version of a policy. `places` are file and lines of its parts."""

    name: str
    version: int
    policy: Policy
    places: Mapping[str, Any]
    beats: tuple[Beat, ...]
    order: Mapping[str, int]  # the places of the steps
    then: Beat | None
    window_last: int | None
    limits: Mapping[str, tuple[Limit, ...]]
    by_owner: bool  # whether the calls of an owner are capped
    ways: dict[Any, Any] = field(default_factory=dict)  # channel choices made so far, see `choices`

    @property
    def outside(self) -> bool:
        """Whether it is that of urgent news: no version was published, and no other policy has a say in it."""
        return self.version == 0

    def beat(self, step: str) -> Beat | None:
        """The step of this id, or the repetition."""
        if self.then is not None and self.then.step.id == step:
            return self.then
        place = self.order.get(step)
        return self.beats[place] if place is not None else None


def cadence_of(policy: Policy, version: int, places: Mapping[str, Any]) -> Cadence:
    """Work out everything that does not depend on a lead."""
    window = policy.decision_window
    return Cadence(
        name=policy.policy,
        version=version,
        policy=policy,
        places=places,
        beats=tuple(_beat(step, policy, index) for index, step in enumerate(policy.touches)),
        order={step.id: index for index, step in enumerate(policy.touches)},
        then=_beat(policy.then, policy, -1) if policy.then is not None else None,
        window_last=window_days(window, policy.complexity).last if window is not None else None,
        limits={channel: limits_of(policy.caps, channel) for channel in CHANNELS},
        by_owner=policy.caps.per_owner is not None,
    )


def _beat(step: Step | Then, policy: Policy, index: int) -> Beat:
    repeats = isinstance(step, Then)
    wait = step.every if isinstance(step, Then) else step.after
    arms = list(step.variants) if isinstance(step, Step) else []
    day = planned_day(policy, step, index) if isinstance(step, Step) and wait is None else None
    return Beat(
        step=step,
        index=index,
        day=day,
        said=f"day {day or 0} after enrollment",
        wait=wait,
        minute=step.at.minutes if step.at is not None else None,
        repeats=repeats,
        specs={arm: spec_of(step, arm) for arm in ["", *arms]},
        lateness={str(channel): step.send_within_on(channel) for channel in Channel},
    )
