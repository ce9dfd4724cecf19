"""Loads, for a batch at once, everything that decisions about its touches and enrollments look at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from touches.engine.library import Library
from touches.model.cadence import Enrollment, LedgerEntry, PastTouch, Touch
from touches.model.people import Lead
from touches.planning.situation import Situation
from touches.planning.urgency import urgent_policy, urgent_situation
from touches.store.units import Unit


@dataclass(slots=True, kw_only=True)
class Gathered:
    """What was loaded, kept up to date while a batch is decided, so that caps see what was just decided."""

    leads: Mapping[int, Lead]
    enrollments: dict[int, Enrollment]
    history: dict[int, list[PastTouch]]
    told: dict[int, dict[str, LedgerEntry]]
    colleagues: dict[int, list[datetime]]
    kinds: Mapping[str, str] = field(default_factory=dict)

    def situation(self, enrollment_id: int, library: Library, unit: Unit) -> Situation:
        """Everything a plan for this enrollment may look at."""
        enrollment = self.enrollments[enrollment_id]
        policy, places = library.policy(unit, enrollment.policy, enrollment.version)
        lead = self.leads[enrollment.lead_id]
        told = self.told.get(lead.id, {})
        last = sorted(told.values(), key=lambda entry: entry.at, reverse=True)[:2]
        return Situation(
            enrollment=enrollment,
            policy=policy,
            lead=lead,
            history=self.history.get(lead.id, []),
            told=told,
            told_kinds=[self.kinds.get(entry.news, "") for entry in last],
            colleagues=self.colleagues.get(lead.company.id, []) if lead.company else (),
            places=places,
        )

    def situation_of(self, touch: Touch, library: Library, unit: Unit) -> Situation:
        """What a decision about a touch may look at, whether it belongs to an enrollment or is urgent news."""
        if touch.enrollment_id is not None:
            return self.situation(touch.enrollment_id, library, unit)
        if touch.lead_id is None:
            raise ValueError(f"touch {touch.id} belongs to nobody")
        history = self.history.get(touch.lead_id, [])
        told = self.told.get(touch.lead_id, {})
        return urgent_situation(touch, self.leads[touch.lead_id], urgent_policy(touch.news), history, told)


def gather(unit: Unit, library: Library, enrollment_ids: Iterable[int], *, lead_ids: Iterable[int] = ()) -> Gathered:
    """Load what concerns these enrollments (and further leads), in a handful of queries."""
    enrollments = unit.enrollments.by_ids(enrollment_ids)
    lead_ids = sorted({enrollment.lead_id for enrollment in enrollments.values()} | set(lead_ids))
    leads = unit.leads.by_ids(lead_ids)
    companies = {lead.company.id for lead in leads.values() if lead.company is not None}
    kinds = {item.id: item.kind for item in library.pool.items}
    return Gathered(
        leads=leads,
        enrollments=enrollments,
        history=unit.touches.past(lead_ids),
        told=unit.ledger.told(lead_ids),
        colleagues=_colleagues(unit, enrollments.values(), library, companies),
        kinds=kinds,
    )


def _colleagues(
    unit: Unit, enrollments: Iterable[Enrollment], library: Library, companies: set[int]
) -> dict[int, list[datetime]]:
    """When people of these companies were touched; only asked where a policy has a cap per company."""
    versions = {(enrollment.policy, enrollment.version) for enrollment in enrollments}
    if not companies or not any(library.policy(unit, *key)[0].caps.per_company for key in versions):
        return {}
    return unit.touches.reached_in_companies(sorted(companies))


def with_touch(history: Sequence[PastTouch], touch: PastTouch) -> list[PastTouch]:
    """A history with one touch added or brought up to date."""
    key = (touch.enrollment_id, touch.step, touch.round)
    kept = [past for past in history if (past.enrollment_id, past.step, past.round) != key]
    return [*kept, touch]
