"""One lead as people see it: what is known, where it lives by the clock, what may be used, what comes next."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from touches.model.cadence import Touch
from touches.model.people import ContactPoint, Lead
from touches.model.states import OPEN, RUNNING, TouchState
from touches.planning.house import House, zones_of
from touches.store.units import Unit


def list_row(lead: Lead) -> Mapping[str, Any]:
    """A line of `lead list`."""
    return {
        "lead": lead.key,
        "lead_id": lead.id,
        "external_id": lead.external_id,
        "name": lead.full_name,
        "email": _first(lead, "email"),
        "phone": _first(lead, "phone"),
        "company": lead.company.name if lead.company else "",
        "segment": lead.segment,
        "owner": lead.owner,
        "country": lead.country,
        "timezone": lead.timezone,
        "language": lead.language,
        "dead": lead.dead,
        "created_at": lead.created_at,
    }


def card(unit: Unit, lead: Lead, house: House, now: datetime) -> Mapping[str, Any]:
    """Everything about one lead that a colleague asks for."""
    zones = zones_of(lead, None, house)
    enrollments = unit.enrollments.of_leads([lead.id])[lead.id]
    waiting = unit.touches.of_leads([lead.id], states=OPEN)[lead.id]
    coming = (touch for touch in waiting if touch.due_at and touch.state is not TouchState.HELD)
    planned = sorted(coming, key=lambda touch: touch.due_at or now)
    return {
        "lead": lead.key,
        "lead_id": lead.id,
        **{name: getattr(lead, name) for name in _PLAIN},
        "age": now.year - lead.birth_year if lead.birth_year else None,
        "company": lead.company.name if lead.company else "",
        "company_size": lead.company.size if lead.company else None,
        "attributes": dict(lead.attributes),
        "zones": list(zones.zones),
        "zone_because": zones.because,
        "local_time": f"{now.astimezone(_zone(zones.main)):%Y-%m-%d %H:%M}",
        "contact_points": [_point(point) for point in lead.points],
        "enrollments": [
            {
                "policy": each.policy,
                "version": each.version,
                "state": each.state.value,
                "reason": each.reason,
                "entered_at": each.entered_at,
            }
            for each in enrollments
        ],
        "running": [each.policy for each in enrollments if each.state in RUNNING],
        "next_touch": _touch(planned[0]) if planned else None,
        "held": [_touch(touch) for touch in waiting if touch.state is TouchState.HELD],
        "handovers": [
            {"at": event.at, "what": _HANDOVERS[event.action], "because": event.because, "by": event.actor}
            for event in unit.events.of_lead(lead.id)
            if event.action in _HANDOVERS
        ],
    }


_HANDOVERS = {"handover_announced": "announced", "handed_over": "handed over", "reassigned": "reassigned"}

_PLAIN = (
    "external_id", "first_name", "last_name", "name", "birth_year", "country", "region", "street", "postal_code",
    "city", "timezone", "language", "segment", "owner", "preferred_channel", "source", "created_at", "bought_at",
    "lost_at", "dead", "paused_until", "concerns",
)  # fmt: skip


def card_text(card: Mapping[str, Any], shown: Any) -> str:
    """The card for a terminal: what is empty is left out."""
    lines = []
    for name, value in card.items():
        if value in (None, "", [], {}, ()):
            continue
        if name == "contact_points":
            lines += [f"{point['kind']}: {shown(point['address'])}{_notes(point, shown)}" for point in value]
        elif name == "enrollments":
            lines += [f"policy: {each['policy']}@{each['version']} {each['state']} {each['reason']}" for each in value]
        elif name == "handovers":
            lines += [
                f"{each['what']}: {shown(each['at'])} {shown(each['because'])}, by {each['by']}" for each in value
            ]
        elif name == "attributes":
            lines += [f"{shown(key)}: {shown(each)}" for key, each in value.items()]
        elif name == "next_touch":
            lines.append(f"next touch: {value['channel']} {shown(value['due_at'])} {value['policy']} {value['step']}")
        elif name == "held":
            lines += [f"held: {each['channel']} {each['policy']} {each['step']}: {each['reason']}" for each in value]
        elif name == "zone_because":
            lines.append(f"time zone: {shown(value)}")
        elif name not in {"zones", "running", "lead_id"}:
            lines.append(f"{name.replace('_', ' ')}: {shown(value)}")
    return "\n".join(line.rstrip() for line in lines)


def _notes(point: Mapping[str, Any], shown: Any) -> str:
    notes = [f"not usable: {point['broken']}"] if point["broken"] else []
    notes += [f"opted out: {', '.join(point['opted_out'])}"] if point["opted_out"] else []
    notes += [f"consent: {point['consent']}"] if point["consent"] else []
    notes += [f"until {point['consent_until']:%Y-%m-%d}"] if point["consent"] and point["consent_until"] else []
    return f" ({shown('; '.join(notes))})" if notes else ""


def _point(point: ContactPoint) -> Mapping[str, Any]:
    return {
        "kind": point.kind.value,
        "address": point.address,
        "broken": point.broken,
        "opted_out": sorted(point.opted_out),
        "consent": point.consent,
        "consent_source": point.consent_source,
        "consent_evidence": point.consent_evidence,
        "consent_at": point.consent_at,
        "consent_until": point.consent_until,
        "timezone": point.timezone,
    }


def _touch(touch: Touch) -> Mapping[str, Any]:
    return {
        "touch": touch.id,
        "policy": touch.policy,
        "step": touch.step,
        "channel": touch.channel,
        "state": touch.state.value,
        "due_at": touch.due_at,
        "reason": touch.reason,
    }


def _first(lead: Lead, kind: str) -> str:
    usable = sorted((point for point in lead.points if point.kind == kind), key=lambda point: bool(point.broken))
    return usable[0].address if usable else ""


def _zone(name: str) -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)
