"""The one lead that somebody means."""

from touches.errors import Refused, UnknownLead
from touches.model.people import Lead
from touches.people.phones import library_number
from touches.store.erasing import ERASED
from touches.store.units import Unit


def lead_of(unit: Unit, key: str, *, country: str = "") -> Lead:
    """The lead of an external id, email, phone (as people write it, in `country`) or `#id`; a merged one gives its
    survivor. Raises UnknownLead, or Refused where several share the address.
    """
    ids = unit.leads.find(key.strip())
    if not ids and not key.startswith("#"):
        number = library_number(key, country).number
        ids = unit.leads.find(number) if number else []
    survivors = list(dict.fromkeys(unit.leads.survivor(lead_id) for lead_id in ids))
    leads = list(unit.leads.by_ids(survivors).values())
    if not leads:
        raise UnknownLead(key, unit.leads.keys_like(key))
    if len(leads) > 1:
        raise _ambiguous(key, leads)
    return leads[0]


def living_lead_of(unit: Unit, key: str, *, country: str = "") -> Lead:
    """As `lead_of`, of somebody of whom something may be written down. Raises Refused for who was erased."""
    lead = lead_of(unit, key, country=country)
    require_not_erased(lead)
    return lead


def require_not_erased(lead: Lead) -> None:
    """Raises Refused for who was erased."""
    if lead.dead == ERASED:
        raise Refused(
            f'The lead "#{lead.id}" was erased on request: nothing is written down of them any more.',
            hint="Who comes back of their own accord is a new lead.",
        )


def _ambiguous(key: str, leads: list[Lead]) -> Refused:
    shown = ", ".join(f"#{lead.id} ({lead.full_name or lead.key})" for lead in leads[:10])
    more = f" and {len(leads) - 10} more" if len(leads) > 10 else ""
    return Refused(
        f'"{key}" is the address of {len(leads)} leads: {shown}{more}.', hint='Name one of them, as "#12" (quoted).'
    )
