"""What comes back for somebody who was erased: of a machine's words nothing is kept, and a person's own are new."""

from collections.abc import Sequence
from dataclasses import replace

from touches.engine.office import Office
from touches.inbound.acts import Act, AskPerson, Remember, RestChannel, WatchComplaints
from touches.inbound.values import By, Incoming, Match
from touches.store.erasing import ERASED
from touches.store.units import Unit

Story = tuple[Incoming, Match, Sequence[Act]]


def is_forgotten(unit: Unit, match: Match) -> bool:
    """Whether it is about somebody who was erased."""
    return match.lead_id is not None and unit.leads.dead([match.lead_id]).get(match.lead_id) == ERASED


def forgetting(office: Office, incoming: Incoming, match: Match, acts: Sequence[Act]) -> Story:
    """The same message with nothing in it that erasure took away. Who answers us all the same is read by a person, as
    a stranger's mail is."""
    if incoming.kind == "human_reply":
        because = "it answers a message to somebody who was erased since"
        return incoming, Match(by=By.NOBODY, because=because), (AskPerson(may_be=(), because=because),)
    nameless = office.signer.digest("what came back for the erased", incoming.source_id)
    kept = [act for act in acts if isinstance(act, WatchComplaints | RestChannel)]
    return (
        replace(incoming, source_id=nameless, sender="", subject="", text=""),
        match,
        (Remember(because="the lead was erased"), *kept),
    )
