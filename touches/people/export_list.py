"""All leads, or one, as a list for another program."""

from collections.abc import Iterator

from touches.model.people import Lead
from touches.people.exporting import csv_lines
from touches.store.units import Store


def lines(store: Store, lead_id: int | None) -> Iterator[str]:
    """The list a line at a time, the header first; attributes are columns of their own. Merged and erased leads are
    left out."""
    with store.read() as unit:
        if lead_id is not None:
            lead = unit.leads.by_ids([lead_id])[lead_id]
            yield from csv_lines([lead], sorted(lead.attributes))
            return
        names: set[str] = set()
        for batch in unit.leads.walk():
            names.update(name for lead in batch for name in lead.attributes)
        yield from csv_lines(_living(lead for batch in unit.leads.walk() for lead in batch), sorted(names))


def _living(leads: Iterator[Lead]) -> Iterator[Lead]:
    return (lead for lead in leads if lead.dead != "erased" and not lead.dead.startswith("merged"))
