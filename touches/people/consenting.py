"""The legal basis on record for a contact point: given with its source, its evidence and its end, or taken away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from touches.errors import Refused, quoted_list
from touches.law.values import Basis
from touches.model.people import ContactPoint, Lead, PointKind
from touches.store.events import Event
from touches.store.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is to stand on record, valid from `at` until `until`, exclusive; without an end, as long as the law says."""

    basis: Basis
    source: str
    evidence: str
    at: datetime
    until: datetime | None = None


def points_meant(lead: Lead, name: str) -> Sequence[ContactPoint]:
    """The contact points of a kind (`email`, `phone`, …) or with an address; all of them where nothing is named.

    Raises Refused where there is none.
    """
    found = [point for point in lead.points if not name or name == point.kind.value or _same(point, name)]
    if found:
        return found
    known = quoted_list([" ".join(point.address.split()) for point in lead.points])
    raise Refused(f'The lead "{lead.key}" has no contact point "{name}".', hint=f"There is {known}." if known else "")


def require_possible(given: Given) -> None:
    """Raises Refused for an end before its beginning."""
    if given.until is not None and given.until <= given.at:
        raise Refused(f"The consent would end on {given.until:%Y-%m-%d}, before it begins on {given.at:%Y-%m-%d}.")


def record_consent(
    unit: Unit, lead: Lead, points: Sequence[ContactPoint], given: Given, *, actor: str, now: datetime
) -> None:
    """Put it on record for these contact points of the lead, in place of what stood there.

    Raises Refused as `require_possible` does.
    """
    require_possible(given)
    for point in points:
        unit.leads.update_point(
            point.id,
            consent=given.basis.value,
            consent_source=given.source,
            consent_evidence=given.evidence,
            consent_at=given.at,
            consent_until=given.until,
        )
    kinds = ", ".join(dict.fromkeys(point.kind.value for point in points))
    end = f", until {given.until:%Y-%m-%d}" if given.until is not None else ""
    because = f"consent for {kinds}: {given.basis}{end}"
    unit.events.add([Event(at=now, action="lead_changed", because=because, actor=actor, lead_id=lead.id)])


def _same(point: ContactPoint, name: str) -> bool:
    if point.kind in (PointKind.PHONE, PointKind.FAX):
        return _digits(name) == _digits(point.address)
    return point.address.casefold() == name.strip().casefold()


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())
