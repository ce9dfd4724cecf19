"""The one lead that somebody means."""

from touches.errors import NotFound, UnknownLead
from touches.model.people import Lead
from touches.people.phones import library_number
from touches.store.units import Unit


class AmbiguousLead(NotFound):
    """Several leads share the address. `ids` are their keys."""

    def __init__(self, name: str, leads: list[Lead]) -> None:
        super().__init__(name)
        self.ids = [f"#{lead.id}" for lead in leads]
        shown = ", ".join(f"{lead.external_id or f'#{lead.id}'} ({lead.full_name or lead.key})" for lead in leads[:10])
        self.message = f'"{name}" is the address of {len(leads)} leads: {shown}.'
        self.hint = "Name one of them by its id."
        self.args = (self.message,)


def lead_of(unit: Unit, key: str, *, country: str = "") -> Lead:
    """The lead of an external id, email, phone (as people write it) or `#id`; a merged one gives its survivor.

    Raises UnknownLead, or AmbiguousLead where several share the address.
    """
    ids = unit.leads.find(key.strip())
    if not ids and not key.startswith("#"):
        number = library_number(key, country).number
        ids = unit.leads.find(number) if number else []
    survivors = list(dict.fromkeys(unit.leads.survivor(lead_id) for lead_id in ids))
    leads = [lead for lead in unit.leads.by_ids(survivors).values() if lead.dead != "erased" or key.startswith("#")]
    if not leads:
        raise UnknownLead(key, unit.leads.keys_like(key))
    if len(leads) > 1:
        raise AmbiguousLead(key, leads)
    return leads[0]
