"""Loads, for a batch at once, everything that decisions about its touches and enrollments look at."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

from policies.schema import Caps
from touches.engine.library import Library
from touches.model.cadence import Enrollment, LedgerEntry, PastTouch, Touch, key_of
from touches.model.people import Lead
from touches.planning.situation import REACHED, Rival, Situation
from touches.planning.urgency import urgent_policy, urgent_situation
from touches.store.units import Unit
from touches.time.rates import LONGEST

NOBODY: Mapping[int, datetime] = {}
_told_at = attrgetter("at")


@dataclass(slots=True, kw_only=True)
class Gathered:
    """What was loaded, kept up to date while a batch is decided, so that caps see what was just decided."""

    leads: Mapping[int, Lead]
    enrollments: dict[int, Enrollment]
    history: dict[int, list[PastTouch]]
    told: dict[int, dict[str, LedgerEntry]]
    colleagues: dict[int, dict[int, datetime]]  # by company: the touches that reached its people, and when
    running: Mapping[int, Sequence[Enrollment]] = field(default_factory=dict)  # by lead, all that run
    owner_calls: dict[str, list[datetime]] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    frozen: frozenset[int] = frozenset()  # leads with an open complaint
    let_down: frozenset[int] = frozenset()  # leads to whom a promise is broken
    alike: object = None  # which of the leads no decision can tell apart, once somebody asked
    plans: object = None  # what was planned for some of them and holds for others

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
            colleagues=list(self.colleagues.get(lead.company.id, {}).values()) if lead.company else (),
            owner_calls=self.owner_calls.get(lead.owner, ()),
            rivals=self._rivals(enrollment, library, unit),
            let_down=lead.id in self.let_down,
            places=places,
        )

    def _rivals(self, enrollment: Enrollment, library: Library, unit: Unit) -> list[Rival]:
        others = (one for one in self.running.get(enrollment.lead_id, ()) if one.id != enrollment.id)
        return [
            Rival(
                enrollment_id=one.id,
                policy=library.policy(unit, one.policy, one.version)[0],
                priority=one.priority,
            )
            for one in others
        ]

    def has_rivals(self, enrollment: Enrollment) -> bool:
        """Whether the lead runs in another policy as well."""
        return any(one.id != enrollment.id for one in self.running.get(enrollment.lead_id, ()))

    def times_of(self, lead: Lead, now: datetime) -> list[datetime]:
        """When touches reached the lead, or may have; `now` for what is just leaving."""
        return [past.handed_over_at or now for past in self.history.get(lead.id, ()) if past.state in REACHED]

    def colleagues_of(self, lead: Lead) -> Collection[datetime]:
        """When touches reached anybody of the lead's company, as far as somebody asks."""
        return self.colleagues.get(lead.company.id, NOBODY).values() if lead.company is not None else ()

    def story_of(self, enrollment: Enrollment) -> Hashable:
        """What of the past decides about channel and news: the last channels, what was told, the kind told last."""
        lead_id = enrollment.lead_id
        told = self.told.get(lead_id, {})
        last = self.kinds.get(max(told.values(), key=_told_at).news, "") if told else ""
        history = self.history.get(lead_id, ())
        channels = [past.channel for past in history if past.enrollment_id == enrollment.id and past.state in REACHED]
        return tuple(channels[-2:]), frozenset(told), last

    def remember(self, lead_id: int, touch: PastTouch) -> None:
        """A touch to the lead is as it is now."""
        self.history[lead_id] = with_touch(self.history[lead_id], touch)

    def situation_of(self, touch: Touch, library: Library, unit: Unit) -> Situation:
        """What a decision about a touch may look at, whether it belongs to an enrollment or is urgent news."""
        if touch.enrollment_id is not None:
            return self.situation(touch.enrollment_id, library, unit)
        if touch.lead_id is None:
            raise ValueError(f"touch {touch.id} belongs to nobody")
        history = self.history.get(touch.lead_id, [])
        told = self.told.get(touch.lead_id, {})
        lead, policy = self.leads[touch.lead_id], urgent_policy(touch.news)
        frozen, let_down = lead.id in self.frozen, lead.id in self.let_down
        return urgent_situation(touch, lead, policy, history, told, frozen=frozen, let_down=let_down)


def gather(
    unit: Unit, library: Library, enrollment_ids: Iterable[int], *, now: datetime, lead_ids: Iterable[int] = ()
) -> Gathered:
    """Load what concerns these enrollments (and further leads), in a handful of queries."""
    enrollments = unit.enrollments.by_ids(enrollment_ids)
    lead_ids = sorted({enrollment.lead_id for enrollment in enrollments.values()} | set(lead_ids))
    leads = unit.leads.by_ids(lead_ids)
    companies = {lead.company.id for lead in leads.values() if lead.company is not None}
    kinds = {item.id: item.kind for item in library.pool.items}
    running = unit.enrollments.of_leads(lead_ids, running=True) if len(library.current) > 1 else {}
    caps = _caps([*enrollments.values(), *(one for ones in running.values() for one in ones)], unit, library)
    return Gathered(
        leads=leads,
        enrollments=enrollments,
        history=unit.touches.past(lead_ids),
        told=unit.ledger.told(lead_ids),
        colleagues=_colleagues(unit, caps, companies),
        running=running,
        owner_calls=owner_calls(unit, caps, now),
        kinds=kinds,
        frozen=frozenset(unit.complaints.frozen(leads.values())),
        let_down=unit.promises.let_down(lead_ids, now=now),
    )


def _caps(enrollments: Iterable[Enrollment], unit: Unit, library: Library) -> list[Caps]:
    versions = {(enrollment.policy, enrollment.version) for enrollment in enrollments}
    return [library.policy(unit, *key)[0].caps for key in versions]


def _colleagues(unit: Unit, caps: Iterable[Caps], companies: set[int]) -> dict[int, dict[int, datetime]]:
    """When people of these companies were touched; only asked where a policy has a cap per company."""
    if not companies or not any(each.per_company for each in caps):
        return {}
    return unit.touches.reached_in_companies(sorted(companies))


def owner_calls(unit: Unit, caps: Iterable[Caps], now: datetime, *, standing: bool = True) -> dict[str, list[datetime]]:
    """The calls of each owner that count for a cap per owner, oldest first, with those on lists (`standing`); only
    asked where a policy has one."""
    spans = [LONGEST[each.per_owner.per] for each in caps if each.per_owner is not None and each.per_owner.per]
    found: dict[str, list[datetime]] = {}
    if spans:
        made = unit.call_days.spoken(since=now - max(spans))
        for owner, at, number in [*made, *(unit.call_days.standing() if standing else ())]:
            found.setdefault(owner, []).extend([at] * number)
    return {owner: sorted(times) for owner, times in found.items()}


def with_touch(history: Sequence[PastTouch], touch: PastTouch) -> list[PastTouch]:
    """A history with one touch added or brought up to date."""
    key = key_of(touch)
    kept = [past for past in history if past.step != touch.step or key_of(past) != key]
    return [*kept, touch]
