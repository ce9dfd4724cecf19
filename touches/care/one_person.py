"""Two records of one person become one, with what stands against writing to either."""

from touches.care.holds import apply_holds
from touches.engine.office import Office
from touches.model.people import Lead
from touches.people.joining import merge_leads
from touches.store.units import Unit


def join_records(unit: Unit, office: Office, gone: Lead, kept: Lead, *, actor: str) -> None:
    """As `merge_leads`; what a complaint, a broken promise or a conversation of either holds waits from this
    transaction on, and what waited for a case that is not this person's goes on. Raises Refused."""
    merge_leads(unit, office.signer, gone, kept, actor=actor, at=office.clock.now())
    apply_holds(unit, office, [kept.id], because=f"merged: {gone.key} is {kept.key}", actor=actor)
