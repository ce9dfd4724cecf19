"""Brings leads into a simulation: as they stand in the database, with what they were told and what waits for them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from touches.care.holds import REASONS
from touches.engine.library import Library
from touches.model.cadence import Enrollment, LedgerEntry, PastTouch, Touch, lane_of
from touches.model.people import Lead
from touches.model.states import OPEN, RUNNING, EnrollmentState, Phase, TouchState
from touches.planning.position import place_after
from touches.planning.situation import reached
from touches.simulation.cadences import Cadence
from touches.simulation.choices import Choices
from touches.simulation.people import NEVER, NO_LIMIT, SimCompany, SimEnrollment, SimLead
from touches.simulation.player import Player
from touches.simulation.profiles import Profiles
from touches.simulation.timetable import to_micros
from touches.store.decisions import Because
from touches.store.units import Unit

BATCH = 500
MOVABLE = frozenset({TouchState.PLANNED, TouchState.READY, TouchState.CLAIMED, TouchState.PREPARED})


class Arrivals:
    """Turns what the store holds into what the player moves; `held_until` as `touches.simulation.standing` has it."""

    def __init__(
        self,
        player: Player,
        profiles: Profiles,
        library: Library,
        cadences: Mapping[tuple[str, int], Cadence],
        held_until: Mapping[int, int] = {},
    ) -> None:
        self._held_until = held_until
        self._player = player
        self._choices: Choices = player.choices
        self._profiles = profiles
        self._cadences = cadences
        self._kinds = {item.id: item.kind for item in library.pool.items}
        self._owners: dict[str, str] = {}
        self.companies: dict[int, SimCompany] = {}
        self.unplanned: list[tuple[int, SimEnrollment]] = []  # running, but nothing waits for them

    def bring(self, unit: Unit, now: int, among: Sequence[int] | None = None) -> Iterator[SimLead]:
        """All leads of the database, or those among so many ids, in order of id, with what runs and what waits."""
        for leads in unit.leads.walk(batch=BATCH, among=among):
            yield from self._batch(unit, leads, now)

    def lead(self, lead: Lead) -> SimLead:
        """A lead without a past."""
        company = None
        if lead.company is not None:
            company = self.companies.setdefault(lead.company.id, SimCompany())
        return SimLead(
            id=lead.id,
            key=lead.key,
            owner=self._owners.setdefault(lead.owner, lead.owner),
            profile=self._profiles.of(lead),
            company=company,
            paused_until=to_micros(lead.paused_until) if lead.paused_until is not None else 0,
        )

    def _batch(self, unit: Unit, leads: Sequence[Lead], now: int) -> Iterator[SimLead]:
        ids = [lead.id for lead in leads]
        enrollments = unit.enrollments.of_leads(ids)
        told = unit.ledger.told(ids)
        known = [one for ones in enrollments.values() for one in ones]
        history = unit.touches.past(ids) if known else {}
        waiting = unit.touches.of_leads(ids, states=OPEN) if known else {}
        decisions = unit.decisions.of([touch.id for ones in waiting.values() for touch in ones])
        for lead in leads:
            made = self.lead(lead)
            made.held_until = self._held_until.get(lead.id, 0)
            past = history.get(lead.id, ())
            self._remember(made, told.get(lead.id, {}).values(), past)
            for enrollment in enrollments[lead.id]:
                self._enrollment(made, enrollment, past, waiting.get(lead.id, ()), decisions, now)
            yield made

    def _remember(self, made: SimLead, told: Iterable[LedgerEntry], history: Sequence[PastTouch]) -> None:
        for entry in sorted(told, key=lambda entry: entry.at):
            bit = self._choices.news.bits.get(entry.news_class, 0)
            made.was_told(bit, self._kinds.get(entry.news, ""), to_micros(entry.at))
        times = sorted(
            (to_micros(past.handed_over_at), past.channel)
            for past in history
            if reached(past) and past.handed_over_at is not None
        )
        made.times = [at for at, _ in times]
        made.channels = [channel for _, channel in times]

    def _enrollment(
        self,
        made: SimLead,
        enrollment: Enrollment,
        history: Sequence[PastTouch],
        waiting: Sequence[Touch],
        decisions: Mapping[int, Because],
        now: int,
    ) -> None:
        if enrollment.state not in RUNNING:
            ended = to_micros(enrollment.ended_at) if enrollment.ended_at is not None else None
            made.past_enrollments.append((enrollment.policy, ended))
            return
        cadence = self._cadences[enrollment.policy, enrollment.version]
        one = SimEnrollment(
            lead=made,
            cadence=cadence,
            entered=to_micros(enrollment.entered_at),
            priority=enrollment.priority,
            state=enrollment.state,
            shift=enrollment.shift,
            repeats=enrollment.phase is Phase.THEN,
            seq=self._player.agenda.next_number(),
        )
        made.enrollments.append(one)
        take_position(one, [past for past in history if past.enrollment_id == enrollment.id])
        touch = next((touch for touch in waiting if touch.enrollment_id == enrollment.id), None)
        if touch is not None:
            one.because = str(decisions.get(touch.id, {}).get("due", touch.reason))
        self._open(one, enrollment, touch, now)

    def _open(self, one: SimEnrollment, enrollment: Enrollment, touch: Touch | None, now: int) -> None:
        paused = enrollment.state is EnrollmentState.PAUSED
        if touch is None:
            if not paused:
                self.unplanned.append((enrollment.id, one))
        elif not self._take_up(one, touch):
            return  # in doubt or quarantined: nothing comes before a person has decided
        by_hand = paused and enrollment.reason not in REASONS
        if paused and enrollment.paused_until is not None:
            self._player.pause(one, max(now, to_micros(enrollment.paused_until)))
        elif one.lead.held_until > now and not by_hand:
            self._player.pause(one, one.lead.held_until)
        elif paused:
            self._player.pause(one, NEVER if by_hand else now)
        elif touch is not None:
            self._wait(one, touch, now)

    def _take_up(self, one: SimEnrollment, touch: Touch) -> bool:
        cadence = one.cadence
        one.beat = cadence.beat(touch.step)
        movable = touch.state in MOVABLE or touch.state in (TouchState.HELD, TouchState.OFFERING)
        if one.beat is None or not movable:
            return False
        one.round, one.number, one.arm, one.lane = touch.round, touch.number, touch.variant, lane_of(touch.rank)
        one.channel, one.seq = touch.channel, touch.id
        one.due = to_micros(touch.due_at) if touch.due_at is not None else one.entered
        one.latest = to_micros(touch.latest_at) if touch.latest_at is not None else NO_LIMIT
        one.agreed = touch.attempts > 0 and touch.latest_at is None
        lead, profile = one.lead, one.lead.profile
        place = next((n for n, point in enumerate(profile.lead.points) if point.kind == "phone"), -1)
        way = self._choices.way(cadence, one.beat, profile, one.last, one.due)
        if way.channel != touch.channel:
            table = self._choices.table(cadence, profile.lead, touch.channel, profile.zones[place])
            way = type(way)(touch.channel, way.place, table, way.because)
        one.way = way
        if touch.state is TouchState.HELD:
            one.held = one.reason = touch.reason
            lead.holding += 1
        return True

    def _wait(self, one: SimEnrollment, touch: Touch, now: int) -> None:
        if touch.state is TouchState.OFFERING:
            self._player.listing.take_over(one, self._choices.news.bits.get(touch.news_class, 0), touch.news, now)
        elif touch.state is TouchState.HELD:
            self._player.held.take_over(one, now)
        else:
            self._player.wait(one, now)


def take_position(one: SimEnrollment, own: Sequence[PastTouch]) -> None:
    """Put an enrollment where its own touches left it; the touch that is open counts as taken up."""
    cadence = one.cadence
    one.index = len(cadence.beats) if one.repeats else place_after(cadence.order, own)
    one.number = len(own)
    then = cadence.then
    one.rounds = sum(past.step == then.step.id for past in own) if then is not None else 0
    channels = [*(past.channel for past in reversed(own) if reached(past)), "", ""]
    one.last = (channels[0], channels[1])
    last = next((past for past in reversed(own) if past.state not in OPEN), None)
    if last is not None:
        when = last.handed_over_at or last.finished_at or last.due_at
        one.done_at = to_micros(when) if when is not None else one.entered
        one.done_step, one.done_channel, one.done_reached = last.step, last.channel, reached(last)
        one.done_how = "handed over" if last.handed_over_at else str(last.state)
