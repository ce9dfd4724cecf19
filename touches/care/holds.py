"""Why selling to a lead stops for a while, in one place: a complaint, a broken promise, a conversation. What was
paused for one of them goes on when the last has gone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from policies.schema.words import PauseOn
from touches.care.complaint_clock import keeps_selling_away
from touches.care.conversation_clock import keeps_waiting
from touches.care.promise_clock import breaks_word
from touches.engine.enrolling import BATCH, batches
from touches.engine.office import Office
from touches.engine.stopping import hold_touches, pause, resume
from touches.model.cadence import Enrollment
from touches.model.care import BROKEN_PROMISE, COMPLAINT, CareState
from touches.model.people import Lead
from touches.model.states import EnrollmentState
from touches.store.units import Unit

CONVERSATION = "conversation"
REASONS = (COMPLAINT, BROKEN_PROMISE, CONVERSATION)  # the weightiest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands against selling. `complained` holds leads, `companies` companies, each with the instant from which
    on new enrollments are free (None: not while it is open): what a solved complaint starts may run at once."""

    complained: Mapping[int, datetime | None] = field(default_factory=dict)
    companies: Mapping[int, datetime | None] = field(default_factory=dict)
    let_down: frozenset[int] = frozenset()
    talking: frozenset[int] = frozenset()

    def reason_for(self, lead: Lead, enrollment: Enrollment, *, minds_promises: bool) -> str:
        """Why this enrollment must wait; empty when nothing stands against it."""
        company = lead.company.id if lead.company is not None else 0
        if _holds(self.complained, lead.id, enrollment) or _holds(self.companies, company, enrollment):
            return COMPLAINT
        if minds_promises and lead.id in self.let_down:
            return BROKEN_PROMISE
        return CONVERSATION if lead.id in self.talking else ""


def _holds(cases: Mapping[int, datetime | None], key: int, enrollment: Enrollment) -> bool:
    if key not in cases:
        return False
    free_from = cases[key]
    return free_from is None or enrollment.entered_at < free_from


def standing(unit: Unit, now: datetime) -> Standing:
    """Everything that stands against selling at `now`, of all leads."""
    complained: dict[int, datetime | None] = {}
    companies: dict[int, datetime | None] = {}
    for complaint in unit.complaints.unsettled():
        if keeps_selling_away(complaint, now):
            free_from = None if complaint.state is CareState.OPEN else complaint.solved_at
            _weightier(complained, complaint.lead_id, free_from)
            if complaint.company_id is not None:
                _weightier(companies, complaint.company_id, free_from)
    return Standing(
        complained=complained,
        companies=companies,
        let_down=frozenset(one.lead_id for one in unit.promises.running() if breaks_word(one, now)),
        talking=frozenset(one.lead_id for one in unit.conversations.open() if keeps_waiting(one, now)),
    )


def _weightier(cases: dict[int, datetime | None], key: int, free_from: datetime | None) -> None:
    """Of two cases the one that holds more."""
    known = cases.get(key, free_from)
    cases[key] = None if known is None or free_from is None else max(known, free_from)


def leads_held(unit: Unit, against: Standing) -> list[int]:
    """The leads that something stands against."""
    colleagues = [lead_id for company in sorted(against.companies) for lead_id in unit.leads.ids(company_id=company)]
    return sorted({*against.complained, *against.let_down, *against.talking, *colleagues})


def resume_by_hand(unit: Unit, office: Office, enrollments: Sequence[Enrollment], *, actor: str) -> dict[str, int]:
    """Lift pauses by hand. What a complaint, a broken promise or a conversation stands against keeps waiting, for that
    alone: it goes on by itself when the case has ended. How many wait on, by reason; those under "" go on."""
    against = standing(unit, office.clock.now())
    leads = unit.leads.by_ids(sorted({one.lead_id for one in enrollments}))
    by_reason: dict[str, list[Enrollment]] = {}
    for one in enrollments:
        if one.state is EnrollmentState.PAUSED:
            minds = PauseOn.BROKEN_PROMISE in _pause_on(unit, office, one)
            by_reason.setdefault(against.reason_for(leads[one.lead_id], one, minds_promises=minds), []).append(one)
    resume(unit, office, by_reason.get("", ()), because="by hand", actor=actor)
    for reason, held in by_reason.items():
        if reason:
            unit.enrollments.update([one.id for one in held], reason=reason, paused_until=None)
    return {reason: len(found) for reason, found in by_reason.items()}


def apply_holds(unit: Unit, office: Office, lead_ids: Iterable[int], *, because: str, actor: str) -> int:
    """Pause what must wait and let go on what may, in the caller's transaction; how many enrollments changed.

    A pause by hand is left alone. `because` is told for those that go on.
    """
    against = standing(unit, office.clock.now())
    return sum(
        _apply_to(unit, office, against, part, because=because, actor=actor)
        for part in batches(sorted(set(lead_ids)), BATCH)
    )


def _apply_to(unit: Unit, office: Office, against: Standing, wanted: Sequence[int], *, because: str, actor: str) -> int:
    now = office.clock.now()
    changed = 0
    leads = unit.leads.by_ids(wanted)
    _hold_urgent(unit, leads, now)
    running = unit.enrollments.of_leads(wanted, running=True)
    for lead_id, lead in leads.items():
        by_reason: dict[str, list[Enrollment]] = {}
        for enrollment in running[lead_id]:
            minds = PauseOn.BROKEN_PROMISE in _pause_on(unit, office, enrollment)
            reason = against.reason_for(lead, enrollment, minds_promises=minds)
            by_reason.setdefault(reason, []).append(enrollment)
        for reason, enrollments in by_reason.items():
            changed += _apply(unit, office, enrollments, reason, because=because, actor=actor, at=now)
    return changed


def _hold_urgent(unit: Unit, leads: Mapping[int, Lead], now: datetime) -> None:
    """An open complaint and a broken promise hold urgent news as well, which belongs to no enrollment."""
    frozen = unit.complaints.frozen(leads.values())
    for because, held in ((COMPLAINT, frozen), (BROKEN_PROMISE, unit.promises.let_down(leads, now=now) - frozen)):
        hold_touches(unit, unit.touches.pending_outside(sorted(held)), because=f"paused: {because}", at=now)


def _pause_on(unit: Unit, office: Office, enrollment: Enrollment) -> Sequence[PauseOn]:
    return office.library.policy(unit, enrollment.policy, enrollment.version)[0].pause_on


def _apply(
    unit: Unit,
    office: Office,
    enrollments: Sequence[Enrollment],
    reason: str,
    *,
    because: str,
    actor: str,
    at: datetime,
) -> int:
    paused = [one for one in enrollments if one.state is EnrollmentState.PAUSED]
    ours = [one for one in paused if one.reason in REASONS]
    if not reason:
        return resume(unit, office, ours, because=because, actor=actor) if ours else 0
    # A pause with an end would end by itself in the middle of the case: the case has no end of its own.
    taken_over = [one for one in paused if one.reason != reason and (one in ours or one.paused_until is not None)]
    unit.enrollments.update([one.id for one in taken_over], reason=reason, paused_until=None)
    active = [one for one in enrollments if one.state is EnrollmentState.ACTIVE]
    if active:
        pause(unit, active, because=reason, actor=actor, at=at)
    return len(active) + len(taken_over)
