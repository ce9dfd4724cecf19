"""The whole story of one lead as plain data: what happened and why, what waits and why, what comes next."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from policies.schema.news import NewsItem
from touches.engine.gathering import Gathered, gather
from touches.engine.office import Office
from touches.explaining.admissions import why_not_in
from touches.explaining.prognosis import WAITING, after_this, coming, decided_now
from touches.explaining.rules import place_of, step_place
from touches.model.cadence import Enrollment, LedgerEntry, Touch
from touches.model.people import Lead
from touches.model.states import FINAL, RUNNING, EnrollmentState
from touches.planning.house import zones_of
from touches.planning.situation import Situation
from touches.store.decisions import Because
from touches.store.events import Event
from touches.store.units import Unit
from touches.time.zones import zone


class Known(NamedTuple):
    """What was written down of a lead's touches when it happened: all events, and by touch why it was planned."""

    events: Sequence[Event]
    decisions: Mapping[int, Because]


def explain(unit: Unit, office: Office, lead_id: int, now: datetime) -> dict[str, Any]:
    """Everything that `why LEAD` tells. The lead must exist."""
    office.library.refresh(unit)
    lead = unit.leads.by_ids([lead_id])[lead_id]
    enrollments = unit.enrollments.of_leads([lead_id])[lead_id]
    touches = unit.touches.of_leads([lead_id])[lead_id]
    events = unit.events.of_lead(lead_id)
    known = Known(events, unit.decisions.of([touch.id for touch in touches]))
    gathered = gather(unit, office.library, [one.id for one in enrollments], now=office.clock.now(), lead_ids=[lead_id])
    outside = [touch for touch in touches if touch.enrollment_id is None and touch.kind == "touch"]
    return {
        "lead": lead.key,
        "lead_id": lead.id,
        "name": lead.full_name,
        "segment": lead.segment,
        "owner": lead.owner,
        "clock": _clock(lead, office, now),
        "nothing_goes_because": _stopped(unit, lead, office, now),
        "addresses": [_address(point) for point in lead.points],
        "outside": [_urgent(unit, office, touch, gathered, known, now) for touch in outside],
        "enrollments": [_enrollment(unit, office, one, touches, known, gathered, now) for one in enrollments],
        "not_in": why_not_in(unit, office, lead, enrollments, now),
        "told": [_told(entry) for entry in unit.ledger.history(lead_id)],
        "events": [_event(event) for event in events if event.enrollment_id is None and event.touch_id is None],
    }


def _clock(lead: Lead, office: Office, now: datetime) -> dict[str, Any]:
    choice = zones_of(lead, None, office.house)
    local = now.astimezone(zone(choice.main)).isoformat(timespec="minutes")
    return {
        "zones": list(choice.zones),
        "source": str(choice.source),
        "because": choice.because,
        "local_time": local,
        "now": now,
    }


def _stopped(unit: Unit, lead: Lead, office: Office, now: datetime) -> list[str]:
    """Why nothing at all may go to this lead now; empty: nothing stands in the way."""
    reasons = [unit.switches.stopped(), lead.dead and f"the lead is {lead.dead}"]
    if lead.company is not None:
        frozen = unit.leads.frozen_companies([lead.company.id])
        reasons += [f"{lead.company.name}: {reason}" for reason in frozen.values()]
    if lead.paused_until is not None and lead.paused_until > now:
        until = lead.paused_until.astimezone(zone(zones_of(lead, None, office.house).main))
        reasons.append(f"a pause until {until:%Y-%m-%d %H:%M} of their time: the lead asked for it, or is away")
    return [reason for reason in reasons if reason]


def _address(point: Any) -> dict[str, Any]:
    return {
        "kind": str(point.kind),
        "address": point.address,
        "broken": point.broken,
        "opted_out": sorted(point.opted_out),
        "consent": point.consent,
    }


def _enrollment(
    unit: Unit,
    office: Office,
    enrollment: Enrollment,
    touches: Sequence[Touch],
    known: Known,
    gathered: Gathered,
    now: datetime,
) -> dict[str, Any]:
    situation = gathered.situation(enrollment.id, office.library, unit)
    own = [touch for touch in touches if touch.enrollment_id == enrollment.id]
    waiting = [touch for touch in own if touch.state not in FINAL]
    return {
        "enrollment": enrollment.id,
        "policy": enrollment.policy,
        "version": enrollment.version,
        "current_version": office.library.current.get(enrollment.policy),
        **place_of(situation.places, "policy"),
        "occurrence": enrollment.occurrence,
        "state": str(enrollment.state),
        "phase": str(enrollment.phase),
        "reason": enrollment.reason,
        "entered_at": enrollment.entered_at,
        "paused_until": enrollment.paused_until,
        "ended_at": enrollment.ended_at,
        "events": [_event(one) for one in known.events if one.enrollment_id == enrollment.id and one.touch_id is None],
        "past": [_decision(touch, _rule(unit, office, touch), known) for touch in own if touch.state in FINAL],
        "present": [_present(unit, office, touch, situation, known, now) for touch in waiting],
        "next": _next(enrollment, waiting, situation, office, now),
    }


def _present(
    unit: Unit, office: Office, touch: Touch, situation: Situation, known: Known, now: datetime
) -> dict[str, Any]:
    return _decision(touch, _rule(unit, office, touch), known) | _as_of_now(touch, situation, office, now)


def _as_of_now(touch: Touch, situation: Situation, office: Office, now: datetime) -> dict[str, Any]:
    return {"as_of_now": decided_now(touch, situation, office, now)} if touch.state in WAITING else {}


def _urgent(
    unit: Unit, office: Office, touch: Touch, gathered: Gathered, known: Known, now: datetime
) -> dict[str, Any]:
    """A touch that belongs to no enrollment: the news itself is the rule, where its file says that it is urgent."""
    row = unit.catalog.news(withdrawn=True).get(touch.news)
    path = NewsItem.model_validate_json(row.document).path if row is not None else ""
    told = _decision(touch, {"file": path, "line": 1, "column": 1, "version": touch.version}, known)
    return told | _as_of_now(touch, gathered.situation_of(touch, office.library, unit), office, now)


def _next(
    enrollment: Enrollment, waiting: Sequence[Touch], situation: Situation, office: Office, now: datetime
) -> dict[str, Any] | None:
    if enrollment.state not in RUNNING:
        return None
    if not waiting:
        return coming(situation, office, now)
    if enrollment.state is not EnrollmentState.ACTIVE:
        return {"step": "", "because": f"the enrollment is {enrollment.state}: {enrollment.reason}"}
    return after_this(waiting[-1], situation, office, now)


def _rule(unit: Unit, office: Office, touch: Touch) -> dict[str, Any]:
    policy, places = office.library.policy(unit, touch.policy, touch.version)
    return {**step_place(places, policy, touch.step), "version": touch.version}


def _decision(touch: Touch, rule: Mapping[str, Any], known: Known) -> dict[str, Any]:
    """A touch with the decision that made it: the rule by file, line and version, and what was refused."""
    return {
        "touch": touch.id,
        "step": touch.step,
        "round": touch.round,
        "number": touch.number,
        "rule": rule,
        "channel": touch.channel,
        "address": touch.address,
        "news": touch.news,
        "variant": touch.variant,
        "state": str(touch.state),
        "reason": touch.reason,
        "due_at": touch.due_at,
        "local_time": touch.local_time,
        "zone": touch.zone,
        "handed_over_at": touch.handed_over_at,
        "attempts": touch.attempts,
        "because": _without_place(known.decisions.get(touch.id, {})),
        "events": [_event(event) for event in known.events if event.touch_id == touch.id],
    }


def _without_place(because: Mapping[str, object]) -> dict[str, object]:
    """Place and line stand under `rule` already."""
    return {name: value for name, value in because.items() if name != "line"}


def _told(entry: LedgerEntry) -> dict[str, Any]:
    return {
        "news": entry.news,
        "news_class": entry.news_class,
        "status": str(entry.status),
        "at": entry.at,
        "touch": entry.touch_id,
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "at": event.at,
        "action": event.action,
        "because": event.because,
        "actor": event.actor,
        "data": dict(event.data),
    }
