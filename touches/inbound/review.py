"""What people do with messages that nobody could place: list them, say whose they are, dismiss them."""

from collections.abc import Iterator, Mapping
from typing import Any

from touches.engine.office import Office
from touches.errors import NotFound
from touches.inbound.acts import Act, Converse, OptOut, Remember
from touches.inbound.asking import Question, close, question, questions
from touches.inbound.doing import carry_out
from touches.inbound.matching import LATELY
from touches.inbound.reactions import wants_everything
from touches.inbound.values import By, Incoming, Match
from touches.store.units import Unit

SPEAKS = frozenset({"human_reply", "sms_reply", "sms_help", "sms_unclear"})
STOPS = frozenset({"unsubscribe", "sms_stop"})


class UnknownMessage(NotFound):
    """No message of this number waits for a person."""

    noun = "message to review"
    listing = "touches inbound review list"


def review_rows(unit: Unit) -> Iterator[Mapping[str, Any]]:
    """One mapping for each message that waits, oldest first."""
    for one in questions(unit):
        leads = unit.leads.by_ids(one.held)
        yield {
            "message": one.arrival.id,
            "kind": one.kind,
            "received_at": one.arrival.received_at,
            "sender": one.arrival.sender,
            "subject": one.arrival.subject,
            "text": one.arrival.body,
            "because": one.arrival.handled,
            "waiting": [leads[lead_id].key for lead_id in one.held if lead_id in leads],
        }


def assign(unit: Unit, office: Office, inbound_id: int, lead_id: int, *, actor: str) -> str:
    """Say whose it is: what would have followed follows now, and the others go on. Raises UnknownMessage."""
    one = _waiting(unit, inbound_id)
    channel = one.channel
    latest = unit.inbound.latest_touches([lead_id], channel=channel, since=office.clock.now() - LATELY)
    found = Match(
        by=By.PERSON,
        because=f"{actor} said so",
        lead_id=lead_id,
        touch_id=latest.get(lead_id),
        speakers=(lead_id,),
    )
    close(unit, office, one, handled=f"assigned by {actor}", actor=actor, lead_id=lead_id)
    handled = carry_out(unit, office, _incoming(one), found, _acts(one, lead_id, actor), inbound_id)
    unit.inbound.update(inbound_id, handled=f"assigned by {actor}; {handled}"[:1000], touch_id=found.touch_id)
    return handled


def dismiss(unit: Unit, office: Office, inbound_id: int, *, because: str, actor: str) -> int:
    """It concerns nobody: whoever waited for it goes on; how many. Raises UnknownMessage."""
    one = _waiting(unit, inbound_id)
    close(unit, office, one, handled=f"dismissed by {actor}: {because}"[:1000], actor=actor)
    return len(one.held)


def _waiting(unit: Unit, inbound_id: int) -> Question:
    one = question(unit, inbound_id)
    if one is None:
        raise UnknownMessage(str(inbound_id))
    return one


def _acts(one: Question, lead_id: int, actor: str) -> tuple[Act, ...]:
    because = f"{actor} said whose it is"
    if one.kind in SPEAKS:
        return (Converse(lead_id=lead_id, because=because),)
    if one.kind == "complaint_feedback":
        return (OptOut(lead_id=lead_id, channel="all", because=f"reported as spam; {because}"),)
    if one.kind in STOPS:
        everything = wants_everything(f"{one.arrival.subject}\n{one.arrival.body}")
        channel = "all" if everything else one.channel
        return (OptOut(lead_id=lead_id, channel=channel, because=because),)
    return (Remember(because=because),)


def _incoming(one: Question) -> Incoming:
    return Incoming(
        source=one.arrival.source,
        source_id=one.arrival.source_id,
        channel=one.channel,
        kind=one.kind,
        because=one.arrival.because,
        sender=one.arrival.sender,
        subject=one.arrival.subject,
        text=one.arrival.body,
        at=one.arrival.at,
    )
