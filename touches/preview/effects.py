"""Compares what lies ahead of everybody inside with what would: sooner, later, new, no longer, by step. Streams."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from touches.engine.library import Library
from touches.engine.office import Office
from touches.model.cadence import Enrollment, PastTouch
from touches.model.people import Lead
from touches.model.states import OPEN, PENDING, Phase
from touches.people.importing import collection_paused
from touches.planning.situation import reached
from touches.preview.timeline import NO_CHANNEL, Ahead, Timelines
from touches.simulation.arriving import take_position
from touches.simulation.cadences import Cadence, cadence_of
from touches.simulation.choices import Choices, News
from touches.simulation.due import Dues
from touches.simulation.people import SimCompany, SimEnrollment, SimLead
from touches.simulation.profiles import Profiles, asked_fields
from touches.simulation.timetable import MICRO, to_instant, to_micros
from touches.store.units import Unit

BATCH = 500
SAMPLES = 5
MINUTE = 60 * MICRO  # nobody notices less


@dataclass(slots=True, kw_only=True)
class StepEffect:
    """What happens to the touches of one step."""

    counts: Counter[str] = field(default_factory=Counter)
    samples: dict[str, list[str]] = field(default_factory=dict)

    def note(self, what: str, lead: str, told: Callable[[], str]) -> None:
        """One more; the first few are shown, and only they are put into words."""
        self.counts[what] += 1
        samples = self.samples.get(what)
        if samples is None:
            samples = self.samples[what] = []
        if len(samples) < SAMPLES:
            samples.append(f"{lead}: {told()}")


@dataclass(slots=True, kw_only=True)
class PolicyEffect:
    """What moving everybody inside to a version would do."""

    policy: str
    running: int = 0
    affected: int = 0
    in_hand: int = 0
    steps: dict[str, StepEffect] = field(default_factory=dict)

    def step(self, name: str) -> StepEffect:
        """The effect on a step, in the order in which steps were met."""
        found = self.steps.get(name)
        if found is None:
            found = self.steps[name] = StepEffect()
        return found


def effect_of(unit: Unit, office: Office, library: Library, policy: str, number: int) -> PolicyEffect:
    """Walk through everybody who runs in another version of the policy; constant memory."""
    found = PolicyEffect(policy=policy)
    walk = _Walk(unit, office, library, policy, number)
    with collection_paused():
        for enrollment, old, new in walk.pairs(found):
            _compare(found, enrollment, old, new)
    return found


class _Walk:
    def __init__(self, unit: Unit, office: Office, library: Library, policy: str, number: int) -> None:
        self._unit, self._office, self._library = unit, office, library
        self._policy, self._number = policy, number
        self._cadences: dict[int, Cadence] = {}
        self._now = to_micros(office.clock.now())
        fields = asked_fields([self._cadence(number).policy, *self._others()], library.pool)
        self._profiles = Profiles(office.house, fields, library.pool, office.clock.now())
        choices = Choices(office.house, News(library.pool), by_age="age" in fields)
        self._timelines = Timelines(choices, Dues(office.house))

    def _others(self) -> Iterator[Any]:
        for number in self._unit.enrollments.count_running(self._policy):
            yield self._cadence(number).policy

    def _cadence(self, number: int) -> Cadence:
        if number not in self._cadences:
            policy, places = self._library.policy(self._unit, self._policy, number)
            self._cadences[number] = cadence_of(policy, number, places)
        return self._cadences[number]

    def pairs(self, found: PolicyEffect) -> Iterator[tuple[SimLead, dict[str, Ahead], dict[str, Ahead]]]:
        after = 0
        while batch := self._unit.enrollments.running_in(self._policy, after=after, limit=BATCH):
            after = batch[-1].id
            found.running += len(batch)
            others = [one for one in batch if one.version != self._number]
            yield from self._batch(others, found)

    def _batch(
        self, batch: list[Enrollment], found: PolicyEffect
    ) -> Iterator[tuple[SimLead, dict[str, Ahead], dict[str, Ahead]]]:
        ids = sorted({one.lead_id for one in batch})
        leads = self._unit.leads.by_ids(ids)
        history = self._unit.touches.past(ids)
        colleagues = self._reached(leads.values())
        for enrollment in batch:
            past = history[enrollment.lead_id]
            own = [touch for touch in past if touch.enrollment_id == enrollment.id]
            touch = next((each for each in own if each.state in OPEN), None)
            if touch is not None and touch.state not in PENDING:
                found.in_hand += 1
                continue
            lead = self._lead(leads[enrollment.lead_id], past, colleagues)
            yield self._compared(enrollment, lead, own, touch)

    def _compared(
        self, enrollment: Enrollment, lead: SimLead, own: list[PastTouch], touch: PastTouch | None
    ) -> tuple[SimLead, dict[str, Ahead], dict[str, Ahead]]:
        old = self._ahead(enrollment, lead, own, self._cadence(enrollment.version), touch)
        kept = [past for past in own if past is not touch]
        return lead, old, self._ahead(enrollment, lead, kept, self._cadence(self._number), None)

    def _reached(self, leads: Iterable[Lead]) -> dict[int, SimCompany]:
        """When people of these companies were touched, where either version asks for it."""
        if not any(cadence.policy.caps.per_company for cadence in self._cadences.values()):
            return {}
        ids = sorted({lead.company.id for lead in leads if lead.company is not None})
        reached = self._unit.touches.reached_in_companies(ids) if ids else {}
        return {key: SimCompany(sorted(map(to_micros, times.values()))) for key, times in reached.items()}

    def _lead(self, person: Lead, history: Sequence[PastTouch], colleagues: Mapping[int, SimCompany]) -> SimLead:
        times = [
            (to_micros(past.handed_over_at), past.channel)
            for past in history
            if reached(past) and past.handed_over_at is not None
        ]
        return SimLead(
            id=person.id,
            key=person.key,
            owner=person.owner,
            profile=self._profiles.of(person),
            company=colleagues.get(person.company.id) if person.company is not None else None,
            times=[at for at, _ in times],
            channels=[channel for _, channel in times],
        )

    def _ahead(
        self, enrollment: Enrollment, lead: SimLead, own: list[PastTouch], cadence: Cadence, touch: PastTouch | None
    ) -> dict[str, Ahead]:
        one = SimEnrollment(
            lead=lead,
            cadence=cadence,
            entered=to_micros(enrollment.entered_at),
            shift=enrollment.shift,
            repeats=enrollment.phase is Phase.THEN,
        )
        take_position(one, own)
        if touch is None:
            return self._timelines.ahead(one, cadence, self._now)
        one.beat = cadence.beat(touch.step)
        one.channel = touch.channel
        due = to_micros(touch.due_at) if touch.due_at is not None else self._now
        return self._timelines.ahead(one, cadence, self._now, waiting=due)


def _compare(found: PolicyEffect, lead: SimLead, old: Mapping[str, Ahead], new: Mapping[str, Ahead]) -> None:
    changed = False
    for name in {**new, **old}:
        before, after = old.get(name), new.get(name)
        what = _difference(before, after)
        if what:
            changed = True
            found.step(name).note(what, lead.key, partial(_told, before, after))
        if after is None:
            continue
        if "cap of" in after.because:
            found.step(name).note("caps", lead.key, partial(str, after.because))
        if after.due is None or after.because == NO_CHANNEL:
            found.step(name).note("never", lead.key, partial(str, after.because))
    found.affected += changed


def _difference(before: Ahead | None, after: Ahead | None) -> str:
    if before is None or after is None:
        return "no_longer" if after is None else "new"
    if before.due is None or after.due is None:
        return ""
    if after.due < before.due - MINUTE:
        return "sooner"
    if after.due > before.due + MINUTE:
        return "later"
    return "other_channel" if after.channel != before.channel else ""


def _told(before: Ahead | None, after: Ahead | None) -> str:
    return " -> ".join(_when(each) for each in (before, after) if each is not None)


def _when(coming: Ahead) -> str:
    return f"{to_instant(coming.due):%Y-%m-%d %H:%M}Z by {coming.channel}" if coming.due is not None else "never"


def rows_of(effect: PolicyEffect) -> list[dict[str, Any]]:
    """A row for each step, numbers and samples."""
    kinds = ("sooner", "later", "new", "no_longer", "other_channel", "caps", "never")
    return [
        {"step": name, **{kind: step.counts[kind] for kind in kinds}, "samples": step.samples}
        for name, step in effect.steps.items()
    ]
