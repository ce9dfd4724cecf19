"""What comes back for somebody who was erased: of a machine's words nothing is kept, and a person's own are new."""

from collections.abc import Sequence
from dataclasses import replace

from touches.engine.office import Office
from touches.inbound.acts import Act, AskPerson, ProveArrival, Remember, RestChannel, TakeBack, WatchComplaints
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
    kept = [_nameless(act) for act in acts if isinstance(act, WatchComplaints | TakeBack | ProveArrival | RestChannel)]
    return without_names(office, incoming), match, (Remember(because="the lead was erased"), *kept)


def without_names(office: Office, incoming: Incoming) -> Incoming:
    """The same message without its words. It is known again by its number, which is told by nobody."""
    number = office.signer.digest("what came back for the erased", incoming.source_id)
    return replace(incoming, source_id=number, sender="", subject="", text="")


def _nameless(act: Act) -> Act:
    """What it settles of a touch or a channel, without the words of the other side: those often name the address."""
    if isinstance(act, TakeBack | ProveArrival):
        return replace(act, because="it came back after the erasure")
    return replace(act, because="they refuse us, not the lead") if isinstance(act, RestChannel) else act
