"""One text message that came in: commands act at once, what is unclear waits for a person. The networks answer STOP
themselves, so we do not."""

from collections.abc import Sequence

from channels.inbound.sms import SmsIntent, classify_sms
from channels.inbound.webhooks.values import InboundSms
from touches.engine.office import Office
from touches.inbound.acts import Act, AskPerson, CloseNumber, Converse, OpenNumber, OptIn, OptOut, Remember
from touches.inbound.callers import numbers_of
from touches.inbound.cleaning import clean_line, clean_text
from touches.inbound.doing import Taken, take
from touches.inbound.knowing import known_of_number
from touches.inbound.matching import match_number
from touches.inbound.reactions import wants_everything
from touches.inbound.values import Incoming, Known, Match

_ASKS = {
    SmsIntent.HELP: "asks for help by SMS",
    SmsIntent.UNCLEAR: "an unclear SMS: a person should read it",
    SmsIntent.REPLY: "answered by SMS",
}


def handle_inbound_sms(office: Office, sms: InboundSms) -> Taken:
    """Match by number and time, decide, and do it all in one transaction. Idempotent by (source, event id). Raises
    DatabaseError; then nothing was done."""
    now = office.clock.now()
    numbers = numbers_of(clean_line(sms.sender), office.house.country)
    with office.store.read() as unit:
        known = [(number, known_of_number(unit, number, now)) for number in numbers]
    number, found = _whose(known)
    intent = classify_sms(sms.text)
    incoming = Incoming(
        source=sms.source,
        source_id=clean_line(sms.event_id),
        channel="sms",
        kind=f"sms_{intent.value}",
        because=f"words of the message: {intent.value}",
        sender=number or clean_line(sms.sender, at_most=64),
        subject="",
        text=clean_text(sms.text, at_most=4000),
        at=min(sms.at, now),
    )
    acts = sms_reaction(intent, found, numbers=numbers, text=sms.text)
    with office.store.write() as unit:
        return take(unit, office, incoming, found, acts)


def _whose(known: Sequence[tuple[str, Known]]) -> tuple[str, Match]:
    """The first reading of the sender's number that a lead has, else the likeliest."""
    of_leads = [(number, one) for number, one in known if one.writers]
    number, one = next(iter(of_leads or known), ("", Known()))
    return number, match_number(one)


def sms_reaction(intent: SmsIntent, found: Match, *, numbers: Sequence[str], text: str) -> tuple[Act, ...]:
    """All that follows from one text message. Pure."""
    because = f"SMS, {found.because}"
    if intent is SmsIntent.STOP:
        channel = "all" if wants_everything(text) else "sms"
        closing = tuple(OptOut(lead_id=one, channel=channel, because=because) for one in found.speakers)
        return closing or _unknown_stop(numbers)
    if intent is SmsIntent.START:
        opening = tuple(OptIn(lead_id=one, channel="sms", because=because) for one in found.speakers)
        return opening or _unknown_start(numbers)
    if found.lead_id is None:
        return (AskPerson(may_be=found.may_be, because=f"{_ASKS[intent]}: {found.because}"),)
    return (Converse(lead_id=found.lead_id, because=f"{_ASKS[intent]}: {found.because}"),)


def _unknown_start(numbers: Sequence[str]) -> tuple[Act, ...]:
    if not numbers:
        return (Remember(because="a START from what is no phone number"),)
    return (OpenNumber(number=numbers[0], channel="sms", because="SMS, a number that nobody has"),)


def _unknown_stop(numbers: Sequence[str]) -> tuple[Act, ...]:
    if not numbers:
        return (AskPerson(may_be=(), because="a STOP from what is no phone number", urgent=True),)
    because = "SMS, a number that nobody has"
    return tuple(CloseNumber(number=number, channel="sms", because=because) for number in numbers)
