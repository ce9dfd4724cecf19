"""Plays enrollments forward: each event decided as the engine decides it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from policies.schema import Step
from policies.schema.steps import HOLDOUT
from touches.model.cadence import Lane
from touches.model.people import PERSONAL_CHANNELS
from touches.model.states import EnrollmentState
from touches.planning.next_touch import arm_of
from touches.simulation.agenda import FIRST, LEAVE, LIST, LOOK, MAKE, OTHER, RESUME, Agenda
from touches.simulation.cadences import Beat
from touches.simulation.calls import CallLists
from touches.simulation.choices import Choices
from touches.simulation.due import Dues
from touches.simulation.holding import Holding
from touches.simulation.leaving import Leaving
from touches.simulation.listing import Listing
from touches.simulation.outlets import Outlet, Turns
from touches.simulation.people import BY_RULE, NEVER, NO_LIMIT, SimEnrollment, SimEvent
from touches.simulation.played import SENT, Played

MOST_AT_ONCE: Final = 50
After = Callable[["Player", SimEnrollment, Played], None]


class Player:
    """The engine's part. `after` is asked after every touch that left: what the lead does then."""

    def __init__(
        self,
        choices: Choices,
        dues: Dues,
        lists: CallLists,
        *,
        after: After | None = None,
        numbers_from: int = 0,
        outlets: Mapping[str, Outlet] = {},
    ) -> None:
        self.choices, self.dues, self.lists = choices, dues, lists
        self.agenda = Agenda(numbers_from)
        self.leaving, self.listing, self.held = Leaving(self), Listing(self), Holding(self)
        self.turns = Turns(self, outlets)
        self._after = after
        self._news: list[Played] = []
        self.finished = 0

    def run(self, until: int) -> Iterator[Played]:
        """Everything that happens before `until`, in order."""
        news, listing = self._news, self.listing
        for at, kind, one in self.agenda.until(until):
            if listing.offered:
                listing.ends(kind, at)
            self._happens(kind, one, at)
            if news:
                yield from news
                news.clear()
        listing.ends(OTHER, until)

    def _happens(self, kind: int, one: SimEnrollment | SimEvent, at: int) -> None:
        if isinstance(one, SimEvent):
            one.act(at)
        elif kind == LEAVE:
            self.turns.leave(one, at)
        elif kind == LIST:
            self.listing.put_on_list(one, at)
        elif kind == MAKE:
            one.listed = False
            self._leaves(one, at)
        elif kind == LOOK:
            self.held.look_again(one, at)
        else:
            self.resume(one, at)

    # -- planning

    def plan(self, one: SimEnrollment, now: int) -> None:
        """Give the enrollment its next touch, or finish it: `next_touch` and what the planner does with it."""
        for _ in range(MOST_AT_ONCE):
            beat = self._coming(one)
            if beat is None or one.lead.profile.lead.dead:
                one.state, one.beat = EnrollmentState.FINISHED, None
                one.lead.past_enrollments.append((one.cadence.name, now))
                self.finished += 1
                return
            if self._planned(one, beat, now):
                return

    def _coming(self, one: SimEnrollment) -> Beat | None:
        cadence = one.cadence
        one.number += 1
        if not one.repeats and one.index < len(cadence.beats):
            beat = cadence.beats[one.index]
            one.index += 1
            one.round = 1
            return beat
        if cadence.then is not None:
            one.repeats = True
            one.rounds += 1
            one.round = one.rounds
        return cadence.then

    def _planned(self, one: SimEnrollment, beat: Beat, now: int) -> bool:
        """Whether the touch waits now; a holdout ends as it is planned."""
        way = self.choices.way(one.cadence, beat, one.lead.profile, one.last, now)
        due, one.because = self.dues.due(one, beat, way.channel, way.table, now)
        step = beat.step
        one.arm = ""
        if isinstance(step, Step) and step.variants:
            one.arm = arm_of(one.cadence.policy.policy, step, one.lead.id)
        one.beat, one.way, one.channel = beat, way, way.channel
        one.due, one.latest = (due if due is not None else now), BY_RULE
        one.settled = one.lead.reached
        one.lane = Lane.NURTURE if beat.repeats else Lane.CADENCE
        one.seq = self.agenda.next_number()
        one.listed, one.agreed, one.news, one.reason = False, False, "", ""
        if one.arm == HOLDOUT:
            self.ended(one, now, "cancelled", reached=False)
            return False
        if way.place < 0 or due is None:
            one.latest = NO_LIMIT if due is None else BY_RULE
            self.held.hold(one, now, "no channel" if way.place < 0 else one.because)
            return True
        self.wait(one, now)
        return True

    def wait(self, one: SimEnrollment, now: int) -> None:
        """Let the open touch come up when it is due, a call when its day begins."""
        if one.channel in PERSONAL_CHANNELS:
            self.listing.wait(one, now)
        else:
            self.agenda.put(max(one.due, now), one.lane, LEAVE, one)

    # -- the hand-over

    def depart(self, one: SimEnrollment, now: int) -> None:
        """Decide as `departure` does, and hand over."""
        if self.leaving.may_leave(one, now, now):
            self._leaves(one, now)

    def _leaves(self, one: SimEnrollment, now: int) -> None:
        lead, beat = one.lead, one.beat
        if beat is None:
            return
        lead.times.append(now)
        lead.channels.append(one.channel)
        if lead.company is not None:
            lead.company.times.append(now)
        one.last = (one.channel, one.last[0])
        if self.turns.outlets:
            self.turns.left(one.channel, now)
        told = played(one, beat, one.news, now, one.because, SENT, *one.told)
        self._news.append(told)
        self.ended(one, now, "handed over", reached=True)
        if one.outside:
            one.state = EnrollmentState.FINISHED
        if self._after is not None:
            self._after(self, one, told)
        if one.state is EnrollmentState.ACTIVE and one.beat is None:
            self.plan(one, now)
        if lead.holding:
            self.held.look_at_all(lead, now)

    def say(self, one: SimEnrollment, now: int, state: str, reason: str) -> None:
        """Tell of a touch that did not leave."""
        if one.beat is not None:
            self._news.append(played(one, one.beat, "", now, reason, state, one.lead.told, 0))

    # -- ends, pauses

    def ended(self, one: SimEnrollment, now: int, how: str, *, reached: bool) -> None:
        """The open touch is final: what comes next counts from it."""
        beat = one.beat
        one.done_at, one.done_how, one.done_reached = now, how, reached
        one.done_step = beat.step.id if beat is not None else ""
        one.done_channel = one.channel
        one.beat = None
        one.token += 1

    def stop(self, one: SimEnrollment, now: int) -> None:
        """End an enrollment; what waits is cancelled."""
        self.held.release(one)
        self.listing.take_off(one)
        one.state, one.beat = EnrollmentState.STOPPED, None
        one.token += 1
        one.lead.past_enrollments.append((one.cadence.name, now))

    def pause(self, one: SimEnrollment, until: int) -> None:
        """Hold an enrollment and its open touch; NEVER: until somebody lets it go on."""
        one.state = EnrollmentState.PAUSED
        self.listing.take_off(one)
        one.token += 1
        if until < NEVER:
            self.agenda.put(until, FIRST, RESUME, one)

    def resume(self, one: SimEnrollment, now: int) -> None:
        """Go on where it was; what became late moves."""
        one.state = EnrollmentState.ACTIVE
        if one.beat is None:
            self.plan(one, now)
            return
        self.held.release(one)
        self.wait(one, now)


def played(
    one: SimEnrollment, beat: Beat, news: str, at: int, reason: str, state: str, told_before: int, bit: int
) -> Played:
    """The touch that is open, as it ended or waits."""
    return Played(
        one.lead,
        one,
        beat.step.id,
        one.round,
        one.number,
        one.channel,
        news,
        one.due,
        at,
        reason,
        state,
        told_before,
        bit,
        one.table,
    )
