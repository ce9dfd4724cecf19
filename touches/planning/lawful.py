"""What the law of the lead's country says of a touch: refuses where the settings enforce it, warns elsewhere."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from touches.law.gate import law_findings, lawful_from
from touches.law.rules import Laws, Preset
from touches.law.values import Audience, Basis, Consent, LawFacts, RegisterCheck, Severity, verdict
from touches.model.people import ContactPoint, Lead, PointKind
from touches.planning.house import House
from touches.planning.situation import Situation, reached


def consent_of(point: ContactPoint | None) -> Consent | None:
    """The legal basis on record for a contact point; None without one. Where it was written down proves nothing while
    nobody said where it was given."""
    if point is None or not point.consent:
        return None
    return Consent(
        basis=Basis(point.consent),
        source=point.consent_source,
        given_at=point.consent_at,
        expires_at=point.consent_until,
        evidence=point.consent_evidence if point.consent_source else "",
    )


def refusal(lead: Lead, channel: str, point: ContactPoint, house: House, now: datetime) -> str:
    """Why a channel may not be used at all, whatever the hour; empty when it may. Only enforced countries refuse."""
    if lead.country not in house.enforce:
        return ""
    found = law_findings(
        country=lead.country,
        region=lead.region,
        channel=channel,
        at=now,
        consent=consent_of(point),
        facts=_facts(lead, point, house),
        presets=_presets(house.laws),
    )
    refused = [each for each in verdict(found, house.enforce).refused if each.until is None]
    return f"the law of {lead.country}: {refused[0].text} ({refused[0].code})" if refused else ""


def lawful_at(
    situation: Situation, channel: str, point: ContactPoint | None, zones: tuple[str, ...], house: House, at: datetime
) -> datetime | None:
    """The first instant, `at` or later, that the lead's country allows; `at` itself where nothing is enforced."""
    lead = situation.lead
    if lead.country not in house.enforce:
        return at
    return lawful_from(
        enforce=house.enforce,
        country=lead.country,
        region=lead.region,
        channel=channel,
        at=at,
        zones=zones,
        consent=consent_of(point),
        facts=_facts(lead, point, house, situation, channel),
        presets=_presets(house.laws),
    )


def warnings(
    lead: Lead, channel: str, point: ContactPoint | None, zones: tuple[str, ...], house: House, at: datetime
) -> list[str]:
    """What speaks against a touch where nothing is enforced: for `why`, never in the way."""
    if not lead.country or lead.country in house.enforce:
        return []
    facts = _facts(lead, point, house)
    return list(_warned(house.laws, lead.country, lead.region, channel, zones, at, consent_of(point), facts))


@lru_cache(maxsize=4096)
def _warned(
    laws: Laws | None,
    country: str,
    region: str,
    channel: str,
    zones: tuple[str, ...],
    at: datetime,
    consent: Consent | None,
    facts: LawFacts,
) -> tuple[str, ...]:
    """Many leads of a batch ask the same: their next touches open at the same instant."""
    found = law_findings(
        country=country,
        region=region,
        channel=channel,
        at=at,
        zones=zones,
        consent=consent,
        facts=facts,
        presets=_presets(laws),
    )
    return tuple(f"{each.code}: {each.text}" for each in found if each.severity is Severity.REFUSE)


def _presets(laws: Laws | None) -> Mapping[str, Preset] | None:
    return laws.presets if laws is not None else None


def _facts(
    lead: Lead,
    point: ContactPoint | None,
    house: House,
    situation: Situation | None = None,
    channel: str = "",
) -> LawFacts:
    history = situation.history if situation is not None else ()
    times = [past.handed_over_at for past in history if past.channel == channel and reached(past)]
    return LawFacts(
        audience=Audience.BUSINESS if lead.company is not None else Audience.UNKNOWN,
        attempts=tuple(each for each in times if each is not None),
        last_purchase_at=lead.bought_at,
        refused_at=lead.lost_at,
        register=_register(lead, point, house),
    )


def _register(lead: Lead, point: ContactPoint | None, house: House) -> RegisterCheck | None:
    """What the copy of the register of the lead's country says; None where there is none, or no number."""
    copy = next((each for each in house.dnc if each.country == lead.country), None)
    if copy is None or point is None or point.kind is not PointKind.PHONE:
        return None
    return RegisterCheck(taken_at=copy.taken_at, listed=point.address in copy.numbers)
