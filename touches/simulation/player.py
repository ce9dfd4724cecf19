"""Plays enrollments forward: one heap of what happens when, each event decided as the engine decides it."""

from bisect import bisect_right, insort
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from heapq import heappop, heappush
from typing import Final

from policies.schema import Step
from policies.schema.steps import HOLDOUT
from policies.schema.words import Late
from touches.model.cadence import Lane
from touches.model.people import PERSONAL_CHANNELS
from touches.model.states import RUNNING, EnrollmentState
from touches.planning.next_touch import arm_of
from touches.simulation.cadences import Beat
from touches.simulation.calls import CallLists
from touches.simulation.choices import Choices, Way
from touches.simulation.due import Dues, latest_of
from touches.simulation.outlets import Outlet
from touches.simulation.people import BY_RULE, NEVER, NO_LIMIT, SimEnrollment, SimEvent, SimLead
from touches.simulation.played import EXPIRED, HELD, SENT, Played
from touches.simulation.timetable import MICRO, Timetable

FIRST: Final = -1  # before any lane: what a pass does before it sends, and what people did until then
BEFORE: Final = -2  # what a pass detects before all that
LEAVE, LIST, MAKE, LOOK, RESUME, OTHER = range(6)
MOST_AT_ONCE: Final = 50
PRIORITY_BITS: Final = 56  # more than microseconds since 1970 need
LISTED: Final = "listed"  # stands for a channel while a pass over the lists goes on
After = Callable[["Player", SimEnrollment, Played], None]


class Player:
    """The engine's part. `after` is asked after every touch that left: what the lead does then."""

    def __init__(
        self, choices: Choices, dues: Dues, lists: CallLists, *, after: After | None = None, numbers_from: int = 0
    ) -> None:
        self.choices, self.dues, self.lists = choices, dues, lists
        self._after = after
        self._heap: list[tuple[int, int, int, int, int, int, SimEnrollment | SimEvent]] = []
        self.outlets: dict[str, Outlet] = {}
        self._seq = numbers_from
        self._news: list[Played] = []
        self._offered: list[tuple[SimLead, int]] = []
        self._listing_at = -1
        self.finished = 0

    def run(self, until: int) -> Iterator[Played]:
        """Everything that happens before `until`, in order."""
        heap = self._heap
        while heap and heap[0][0] < until:
            at, _, _, _, kind, token, one = heappop(heap)
            if token != one.token or one.state is EnrollmentState.STOPPED:
                continue
            if self._offered and (kind != LIST or at != self._listing_at):
                self._forget_offered()
            self._happens(kind, one, at)
            if self._news:
                yield from self._news
                self._news.clear()
        self._forget_offered()

    def _happens(self, kind: int, one: SimEnrollment | SimEvent, at: int) -> None:
        if isinstance(one, SimEvent):
            one.act(at)
        elif kind == LEAVE:
            self._leave(one, at)
        elif kind == LIST:
            self._list(one, at)
        elif kind == MAKE:
            self._make_call(one, at)
        elif kind == LOOK:
            self._look_again(one, at)
        else:
            self.resume(one, at)

    def at(self, at: int, act: Callable[[int], None], *, order: int = 0) -> None:
        """Let something happen at an instant, before a pass sends; of several the lowest order first."""
        heappush(self._heap, (at, BEFORE, order, self.next_number(), OTHER, 0, SimEvent(act)))

    # -- channels with a limit

    def _leave(self, one: SimEnrollment, now: int) -> None:
        """Leave if the channel has room; otherwise wait for it, in the order in which the engine claims."""
        outlet = self.outlets.get(one.channel)
        if outlet is None:
            self.depart(one, now)
            return
        if outlet.free_at(now) > now:
            outlet.park(one, one.lane, self._order(one))
        else:
            self.depart(one, now)
        self._next_turn(outlet, now)

    def _next_turn(self, outlet: Outlet, now: int) -> None:
        if outlet.opens or not outlet.waiting:
            return
        free = outlet.free_at(now)
        if free > now:
            outlet.opens = True
            self.at(free, partial(self._open, outlet))
        elif (turn := outlet.next()) is not None:
            lane, order, seq, token, one = turn
            heappush(self._heap, (now, lane, order, seq, LEAVE, token, one))

    def _open(self, outlet: Outlet, now: int) -> None:
        outlet.opens = False
        self._next_turn(outlet, now)

    def next_number(self) -> int:
        """Numbers of planning: of two touches at one instant, the one that was planned first leaves first."""
        self._seq += 1
        return self._seq

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
        one.seq = self.next_number()
        one.listed, one.agreed, one.news, one.reason = False, False, "", ""
        if one.arm == HOLDOUT:
            self._ended(one, now, "cancelled", reached=False)
            return False
        if way.place < 0 or due is None:
            one.latest = NO_LIMIT if due is None else BY_RULE
            self._hold(one, now, "no channel" if way.place < 0 else one.because)
            return True
        self.wait(one, now)
        return True

    def wait(self, one: SimEnrollment, now: int) -> None:
        """Let the open touch come up when it is due, a call when its day begins."""
        at = one.due
        kind = LEAVE
        if one.channel in PERSONAL_CHANNELS:
            at, kind = self.lists.listed_from(at), LIST
            self.lists.expect(one, one.due)
        self._push(max(at, now), one.lane, kind, one)

    def _push(self, at: int, lane: int, kind: int, one: SimEnrollment) -> None:
        one.token += 1
        if kind == LIST:
            lane, order = FIRST + 1, self._list_order(one)
        else:
            order = self._order(one)
        heappush(self._heap, (at, lane, order, one.seq, kind, one.token, one))

    def _order(self, one: SimEnrollment) -> int:
        """Of what is due at one instant: the policy with the higher priority first, then by due time."""
        return one.due - (one.priority << PRIORITY_BITS)

    def _list_order(self, one: SimEnrollment) -> int:
        """By lane, then the policy with the higher priority, then what tolerates the least delay."""
        if one.latest == BY_RULE and one.beat is not None:
            one.latest = latest_of(one.beat, one.channel, one.due, self._table(one))
        latest = one.due if one.latest == NO_LIMIT else one.latest
        return ((one.lane * 128 - one.priority) << 2 * PRIORITY_BITS) + (latest << PRIORITY_BITS) + one.due

    # -- the last decision before the hand-over

    def depart(self, one: SimEnrollment, now: int) -> None:
        """Decide as `departure` does, and hand over."""
        if not self._may_leave(one, now, now):
            return
        self._leaves(one, now)

    def _may_leave(self, one: SimEnrollment, at: int, now: int) -> bool:
        """All but the hand-over, for the instant `at`; `now` is the present."""
        lead, beat = one.lead, one.beat
        if beat is None:
            return False
        if lead.profile.lead.dead:
            self._ended(one, now, "cancelled", reached=False)
            self.plan(one, now)
            return False
        if lead.paused_until and one.due < lead.paused_until:
            self._postpone(one, lead.paused_until, now, NO_LIMIT, "the lead asked for a pause")
            return False
        way = self.choices.way(one.cadence, beat, lead.profile, one.last, at)
        if way.place < 0:
            self._hold(one, now, "no channel")
            return False
        return self._in_time(one, beat, way, at, now) and self._has_news(one, beat, way, at, now)

    def _in_time(self, one: SimEnrollment, beat: Beat, way: Way, at: int, now: int) -> bool:
        if at > one.due and self._is_late(one, beat, way, at):
            if beat.step.late is Late.DROP:
                self._say(one, now, EXPIRED, f"more than {beat.step.send_within or 'its time'} late")
                self._ended(one, now, "expired", reached=False)
                self.plan(one, now)
                return False
            moved, because = self.dues.settle(one.cadence, one.lead, way.channel, way.table, at, "late")
            if moved is None:
                self._hold(one, now, because)
                return False
            one.shift += (moved - one.due) // MICRO
            self._postpone(one, moved, now, BY_RULE, "late: this and the following touches move", way)
            return False
        first = self._going_first(one, way.table, at) if one.lead.runs_elsewhere else []
        if not first and self._as_planned(one, way, at):
            return True
        moved, because = self._settled(one, first, way, at)
        if moved is None:
            self._hold(one, now, because.strip("; "))
            return False
        if moved > at or way.channel != one.channel:
            reason = because.strip("; ") or f"goes by {way.channel} instead of {one.channel}"
            one.channel = way.channel
            self._postpone(one, moved, now, BY_RULE, reason, way)
            return False
        one.way = way
        return True

    def _as_planned(self, one: SimEnrollment, way: Way, at: int) -> bool:
        """Whether it was found open and within caps when it was planned, and nothing has changed since; the cap of an
        owner changes with others' calls."""
        known = at == one.due and way is one.way and one.settled == one.lead.reached and not one.lead.profile.by_law
        return known and (one.cadence.policy.caps.per_owner is None or way.channel not in PERSONAL_CHANNELS)

    def _going_first(self, one: SimEnrollment, table: Timetable, at: int) -> list[SimEnrollment]:
        """As `touches.planning.priority.going_first`."""
        others = (other for other in one.lead.enrollments if other.priority > one.priority and other.state in RUNNING)
        ends = table.on_day(table.day_of(at) + 1)
        return [other for other in others if other.beat is not None and not other.held and other.due < ends]

    def _settled(self, one: SimEnrollment, first: Sequence[SimEnrollment], way: Way, at: int) -> tuple[int | None, str]:
        """As `touches.planning.priority.settle_by_priority`."""
        alone, because = self.dues.settle(one.cadence, one.lead, way.channel, way.table, at, "")
        if not first or alone != at:
            return alone, because
        moved, because = self.dues.settle_after(one, first, way.channel, way.table, at)
        policies = " and ".join(sorted({other.cadence.name for other in first}))
        return moved, f"{policies} goes first, by its priority: {because.strip('; ')}" if moved != at else because

    def _is_late(self, one: SimEnrollment, beat: Beat, way: Way, at: int) -> bool:
        if one.latest == BY_RULE:
            table = one.way.table if one.way is not None else way.table
            one.latest = latest_of(beat, one.channel, one.due, table)
        return one.latest != NO_LIMIT and at > one.latest

    def _has_news(self, one: SimEnrollment, beat: Beat, way: Way, at: int, now: int) -> bool:
        lead = one.lead
        spec = beat.specs.get(one.arm) or beat.specs[""]
        told = self.choices.told(spec, lead.profile, lead.told, lead.told_kind, at, way.table.day_of(at))
        if not told.news:
            if one.outside:  # told meanwhile by another touch, or valid no more
                one.state = EnrollmentState.STOPPED
            else:
                self._hold(one, now, "no news")
            return False
        one.news = told.news
        one.told = (lead.told, told.bit)
        lead.was_told(told.bit, told.kind, at)
        return True

    def _leaves(self, one: SimEnrollment, now: int) -> None:
        lead = one.lead
        lead.times.append(now)
        lead.channels.append(one.channel)
        if lead.company is not None:
            lead.company.times.append(now)
        one.last = (one.channel, one.last[0])
        if one.channel in self.outlets:
            self.outlets[one.channel].left(now)
        beat = one.beat
        if beat is None:
            return
        told = Played(
            lead,
            one,
            beat.step.id,
            one.round,
            one.number,
            one.channel,
            one.news,
            one.due,
            now,
            one.because,
            SENT,
            *one.told,
            self._table(one),
        )
        self._news.append(told)
        self._ended(one, now, "handed over", reached=True)
        if one.outside:
            one.state = EnrollmentState.FINISHED
        if self._after is not None:
            self._after(self, one, told)
        if one.state is EnrollmentState.ACTIVE and one.beat is None:
            self.plan(one, now)
        if lead.holding:
            self._look_at_held(lead, now)

    # -- calls

    def _list(self, one: SimEnrollment, now: int) -> None:
        table = self._table(one)
        self.lists.forget(one)
        at, because = (max(one.due, now), "") if one.agreed else self.lists.place(one, table, now)
        if because:
            one.due, one.latest, one.settled = at, NO_LIMIT, -1
            one.because = because
            self.wait(one, now)
            return
        if not self._may_leave(one, at, now):
            return
        one.due, one.listed = max(at, one.due), True
        self.lists.listed(one.lead.owner, at)
        self._remember_offered(one.lead, at, now)
        self._push(max(one.due, now), FIRST, MAKE, one)

    def _table(self, one: SimEnrollment) -> Timetable:
        if one.way is None:
            raise ValueError("a touch without a way")
        return one.way.table

    def _remember_offered(self, lead: SimLead, at: int, now: int) -> None:
        """In one pass over the lists, what was listed before counts as gone."""
        self._listing_at = now
        place = bisect_right(lead.times, at)
        lead.times.insert(place, at)
        lead.channels.insert(place, LISTED)
        if lead.company is not None:
            insort(lead.company.times, at)
        self._offered.append((lead, at))

    def _forget_offered(self) -> None:
        for lead, at in self._offered:
            place = lead.channels.index(LISTED)
            del lead.channels[place], lead.times[place]
            if lead.company is not None:
                lead.company.times.remove(at)
        self._offered.clear()

    def _make_call(self, one: SimEnrollment, now: int) -> None:
        one.listed = False
        self._leaves(one, now)

    def offered(self, one: SimEnrollment, bit: int, news: str, now: int) -> None:
        """Take over a call that stands on a list already, its news reserved."""
        one.listed, one.news, one.told = True, news, (one.lead.told & ~bit, bit)
        self.lists.listed(one.lead.owner, max(one.due, now))
        self._push(max(one.due, now), FIRST, MAKE, one)

    # -- what waits for something

    def _hold(self, one: SimEnrollment, now: int, reason: str) -> None:
        if not one.held:
            one.lead.holding += 1
        if reason != one.reason:
            self._say(one, now, HELD, reason)
        one.held = one.reason = reason
        one.token += 1
        if reason == "no news" and one.way is not None:
            table = one.way.table
            change = self.choices.news.next_change(table.day_of(now))
            if change is not None:
                self._push(table.on_day(change), FIRST, LOOK, one)

    def look_later(self, one: SimEnrollment, now: int) -> None:
        """Take over a touch that is held already: the first pass looks at it."""
        self._push(now, FIRST, LOOK, one)

    def _look_again(self, one: SimEnrollment, now: int) -> None:
        if one.held and one.state is EnrollmentState.ACTIVE:
            self._released(one)
            if one.channel in PERSONAL_CHANNELS:
                self.wait(one, now)
            else:
                self._leave(one, now)

    def _released(self, one: SimEnrollment) -> None:
        one.held = ""
        one.lead.holding -= 1

    def _look_at_held(self, lead: SimLead, now: int) -> None:
        for other in lead.enrollments:
            if other.held == "no news" and other.state is EnrollmentState.ACTIVE:
                self._push(now, FIRST, LOOK, other)

    def _postpone(
        self, one: SimEnrollment, due: int, now: int, latest: int, reason: str, way: Way | None = None
    ) -> None:
        one.due, one.latest, one.settled = due, latest, -1
        one.because = reason
        if way is not None:
            one.way, one.channel = way, way.channel
        self.wait(one, now)

    def _say(self, one: SimEnrollment, now: int, state: str, reason: str) -> None:
        if one.beat is not None:
            self._news.append(
                Played(
                    one.lead,
                    one,
                    one.beat.step.id,
                    one.round,
                    one.number,
                    one.channel,
                    "",
                    one.due,
                    now,
                    reason,
                    state,
                    one.lead.told,
                    0,
                    self._table(one),
                )
            )

    # -- ends, pauses

    def _ended(self, one: SimEnrollment, now: int, how: str, *, reached: bool) -> None:
        beat = one.beat
        one.done_at, one.done_how, one.done_reached = now, how, reached
        one.done_step = beat.step.id if beat is not None else ""
        one.done_channel = one.channel
        one.beat = None
        one.token += 1

    def stop(self, one: SimEnrollment, now: int) -> None:
        """End an enrollment; what waits is cancelled."""
        if one.held:
            self._released(one)
        self.lists.forget(one)
        if one.listed:
            self._taken_off(one)
        one.state, one.beat = EnrollmentState.STOPPED, None
        one.token += 1
        one.lead.past_enrollments.append((one.cadence.name, now))

    def _taken_off(self, one: SimEnrollment) -> None:
        """It stands on no list any more, and its news is new again."""
        one.listed = False
        one.lead.told &= ~one.told[1]
        self.lists.taken_off(one.lead.owner, one.due)

    def pause(self, one: SimEnrollment, until: int) -> None:
        """Hold an enrollment and its open touch; NEVER: until somebody lets it go on."""
        one.state = EnrollmentState.PAUSED
        self.lists.forget(one)
        if one.listed:
            self._taken_off(one)
        one.token += 1
        if until < NEVER:
            self._push(until, FIRST, RESUME, one)

    def resume(self, one: SimEnrollment, now: int) -> None:
        """Go on where it was; what became late moves."""
        one.state = EnrollmentState.ACTIVE
        if one.beat is None:
            self.plan(one, now)
        elif one.held:
            self._released(one)
            self.wait(one, now)
        else:
            self.wait(one, now)
