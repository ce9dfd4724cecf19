"""Plans the next touches of a batch, and once where no plan can tell the enrollments apart."""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from policies.schema import Caps, Step
from touches.engine.alike import ALONE, Alike, alike_of, is_free
from touches.engine.gathering import Gathered
from touches.engine.library import Library
from touches.model.cadence import Enrollment, PastTouch, TouchDraft
from touches.model.filling import filler
from touches.model.people import PAPER_CHANNELS, PERSONAL_CHANNELS, Lead, PointKind
from touches.model.states import EnrollmentState, Phase, TouchState
from touches.planning.due import planned_day
from touches.planning.house import House
from touches.planning.next_touch import PlanTouch, next_touch
from touches.planning.situation import Situation
from touches.store.planned_touches import StoredValues, shared_values
from touches.store.units import Unit
from touches.time.local import local_date

_past = filler(
    PastTouch,
    (
        "enrollment_id",
        "step",
        "round",
        "number",
        "channel",
        "state",
        "news_class",
        "due_at",
        "handed_over_at",
        "policy",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A plan without its lead. `place` is that of the address among the lead's, `values` are those of the row."""

    draft: TouchDraft
    due_at: datetime
    made_at: datetime
    place: int
    values: StoredValues

    def holds(self, now: datetime) -> bool:
        """Whether the same would be planned now: the earliest time has not passed, and nobody has aged."""
        return self.made_at <= now < self.due_at and now.year == self.made_at.year

    def past_of(self, enrollment_id: int) -> PastTouch:
        """What the planner will remember of it."""
        it = self.draft
        values = (it.step, it.round, it.number, it.channel, it.state, it.news_class, it.due_at, None, it.policy)
        return _past(enrollment_id, *values)


def plans_of(gathered: Gathered, house: House, library: Library, unit: Unit) -> "Plans":
    """The plans for what was loaded together; they are remembered with it, under the rules they were made by."""
    alike, known = alike_of(gathered, house, library, unit), gathered.plans
    if not isinstance(known, Plans) or known.alike is not alike:
        known = gathered.plans = Plans(alike, house, library)
    return known


class Plans:
    """The plans for enrollments that were loaded together. Each is what `next_touch` says: remembered are steps that
    fall on a day after the enrollment; for all else, and where anything of a lead's own may matter, there is none."""

    def __init__(self, alike: Alike, house: House, library: Library) -> None:
        self.alike = alike
        self._house = house
        self._library = library
        self._pool = library.pool
        self._known: dict[Hashable, Form | None] = {}

    def form_of(self, enrollment_id: int, gathered: Gathered, unit: Unit, now: datetime) -> Form | None:
        """The form of the next touch of what was loaded with these plans; None: `next_touch` has to be asked."""
        enrollment = gathered.enrollments[enrollment_id]
        lead = gathered.leads[enrollment.lead_id]
        key = self._key(enrollment, lead, gathered, now)
        if key is None:
            return None
        if key not in self._known:
            self._known[key] = self._made(gathered.situation(enrollment_id, self._library, unit), now)
        form = self._known[key]
        if form is None or not form.holds(now):
            return None
        caps = self._library.policy(unit, enrollment.policy, enrollment.version)[0].caps
        times, colleagues = gathered.times_of(lead, now), gathered.colleagues_of(lead)
        free = is_free(caps, form.draft.channel, self._house, times, colleagues, now=now, at=form.due_at)
        return form if free else None

    def _key(self, enrollment: Enrollment, lead: Lead, gathered: Gathered, now: datetime) -> Hashable | None:
        """All that the plan looks at, as far as it differs between enrollments; None where more may matter."""
        version = (enrollment.policy, enrollment.version)
        if enrollment.state is not EnrollmentState.ACTIVE or enrollment.phase is not Phase.STEPS:
            return None
        number = self.alike.number_of(lead, now)
        own = [past for past in gathered.history.get(lead.id, ()) if past.enrollment_id == enrollment.id]
        if number == ALONE or gathered.has_rivals(enrollment) or version not in self.alike.versions:
            return None
        if own and own[-1].finished_at is None:
            return None
        steps = tuple([past.step for past in own])
        days = self._days(enrollment, number)
        return (version, enrollment.priority, steps, days, number, gathered.story_of(enrollment))

    def _days(self, enrollment: Enrollment, number: int) -> tuple[date, ...]:
        entered = enrollment.entered_at + timedelta(seconds=enrollment.shift)
        return tuple([local_date(entered, zone) for zone in self.alike.zones_of(number)])

    def _made(self, situation: Situation, now: datetime) -> Form | None:
        """The plan as it is without caps and gaps, which are asked for each lead."""
        policy = situation.policy.model_copy(update={"caps": Caps()})
        plan = next_touch(replace(situation, policy=policy), replace(self._house, min_gap=None), self._pool, now)
        if not isinstance(plan, PlanTouch) or not self._is_shared(plan, situation, now):
            return None
        draft = plan.draft
        place = next(index for index, point in enumerate(situation.lead.points) if point.id == draft.point_id)
        return Form(draft=draft, due_at=draft.due_at or now, made_at=now, place=place, values=shared_values(draft))

    def _is_shared(self, plan: PlanTouch, situation: Situation, now: datetime) -> bool:
        """Whether the plan holds for whoever looks the same, and is the same at every instant before it is due."""
        draft, policy = plan.draft, situation.policy
        step = policy.step_by_id(draft.step)
        if not isinstance(step, Step) or step.after is not None or step.variants or draft.due_at is None:
            return False
        if (
            draft.state is not TouchState.PLANNED
            or draft.due_at <= now
            or draft.channel in PAPER_CHANNELS | PERSONAL_CHANNELS
        ):
            return False
        if step.at is None and planned_day(policy, step, policy.touches.index(step)) == 0:
            return False
        listed = bool(self._house.dnc)
        return not (listed and any(each.kind is PointKind.PHONE for each in situation.lead.points))
