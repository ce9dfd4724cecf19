"""Who does deeds: by the use case that the command, page or mailbox calls, in a transaction of its own."""

from tests.simulation.world import Person, World
from touches.model.people import Lead
from touches.store.units import Unit

BY = "people"


class Acting:
    """Somebody beside the engine."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._office = world.outside

    def _somebody(self, unit: Unit) -> tuple[Person, Lead] | None:
        person = self._world.dice.choice(self._world.people)
        lead = unit.leads.get(person.id)
        return (person, lead) if lead is not None and not lead.dead else None
