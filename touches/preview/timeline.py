"""The touches that still lie ahead of an enrollment in a version of a policy, if each leaves when it is due."""

from typing import Final, NamedTuple

from policies.schema import Step
from policies.schema.steps import HOLDOUT
from touches.planning.next_touch import arm_of
from touches.simulation.cadences import Beat, Cadence
from touches.simulation.choices import Choices
from touches.simulation.due import Dues
from touches.simulation.people import SimEnrollment

NO_CHANNEL: Final = "no channel"


class Ahead(NamedTuple):
    """One touch to come. `due` None: never, for the reason; by no channel: held until there is one."""

    due: int | None
    channel: str
    because: str


class Timelines:
    """Looks ahead with the engine's own choices; nothing is remembered of the lead."""

    def __init__(self, choices: Choices, dues: Dues) -> None:
        self._choices = choices
        self._dues = dues

    def ahead(self, one: SimEnrollment, cadence: Cadence, now: int, *, waiting: int | None = None) -> dict[str, Ahead]:
        """Each step to come by its id, and the first round of `then`. `waiting` is when the touch that is planned
        already is due: it is the first. Uses `one` up."""
        lead, known = one.lead, len(one.lead.times)
        colleagues = len(lead.company.times) if lead.company is not None else 0
        found: dict[str, Ahead] = {}
        if waiting is not None and one.beat is not None:
            found[one.beat.step.id] = Ahead(max(waiting, now), one.channel, one.because)
            self._pass(one, one.beat, max(waiting, now), one.channel)
        for beat in self._coming(one, cadence):
            found[beat.step.id] = coming = self._plan(one, beat, max(now, one.done_at or 0))
            if coming.due is None or coming.because == NO_CHANNEL:
                break  # it is held, and nothing is planned after it
            if not self._held_out(one, beat):
                self._pass(one, beat, coming.due, coming.channel)
        del lead.times[known:], lead.channels[known:]
        if lead.company is not None:
            del lead.company.times[colleagues:]
        return found

    def _coming(self, one: SimEnrollment, cadence: Cadence) -> list[Beat]:
        steps = [] if one.repeats else list(cadence.beats[one.index :])
        return [*steps, *([cadence.then] if cadence.then is not None else [])]

    def _plan(self, one: SimEnrollment, beat: Beat, now: int) -> Ahead:
        way = self._choices.way(one.cadence, beat, one.lead.profile, one.last, now)
        due, because = self._dues.due(one, beat, way.channel, way.table, now)
        return Ahead(due, way.channel, because if way.place >= 0 else NO_CHANNEL)

    def _held_out(self, one: SimEnrollment, beat: Beat) -> bool:
        step = beat.step
        variants = isinstance(step, Step) and step.variants
        return bool(variants) and arm_of(one.cadence.policy.policy, step, one.lead.id) == HOLDOUT  # type: ignore[arg-type]

    def _pass(self, one: SimEnrollment, beat: Beat, at: int, channel: str) -> None:
        one.lead.times.append(at)
        one.lead.channels.append(channel)
        if one.lead.company is not None:
            one.lead.company.times.append(at)
        one.last = (channel, one.last[0])
        one.done_at, one.done_step, one.done_channel = at, beat.step.id, channel
        one.done_reached, one.done_how = True, "handed over"
