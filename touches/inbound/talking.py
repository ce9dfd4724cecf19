"""A person answered, or one of us did: the conversation, the written record, the owner's copy, an absence."""

from touches.care.conversations import answered, open_conversation
from touches.care.record import Words, note, write_down
from touches.care.telling import tell_owner
from touches.engine.office import Office
from touches.engine.stopping import pause
from touches.inbound.acts import Converse, CountOurAnswer, PauseUntil
from touches.inbound.cleaning import clean_line
from touches.inbound.values import Incoming
from touches.model.care import Activity
from touches.model.people import KIND_FOR_CHANNEL, Lead
from touches.model.states import EnrollmentState
from touches.store.units import Unit

FORWARDED = 8_000  # characters of an answer that the owner gets by mail


def talk(
    unit: Unit, office: Office, act: Converse | CountOurAnswer | PauseUntil, incoming: Incoming, inbound_id: int
) -> str:
    """Do it in the caller's transaction; what was done."""
    match act:
        case Converse():
            return converse(unit, office, act, incoming, inbound_id)
        case CountOurAnswer():
            return count_our_answer(unit, office, act, incoming)
        case PauseUntil():
            return pause_until(unit, office, act)


def converse(unit: Unit, office: Office, act: Converse, incoming: Incoming, inbound_id: int) -> str:
    """Sending to the lead stops in this transaction, whatever is already composed; the owner owes an answer."""
    now = office.clock.now()
    lead = unit.leads.get(act.lead_id)
    if lead is None or lead.dead:
        return "the lead is gone: nothing to do"
    unit.activities.add([Activity(lead_id=lead.id, kind="reply", at=now, source=incoming.channel)])
    unit.inbound.forget_soft(lead.id, KIND_FOR_CHANNEL[incoming.channel][0])
    about = clean_line(incoming.subject or incoming.text, at_most=100)
    conversation = open_conversation(
        unit,
        office,
        lead.id,
        because=f'{incoming.channel}: "{about}"' if about else f"an empty {incoming.channel}",
        at=now,
        said=incoming.text,
        channel=incoming.channel,
    )
    note(
        unit,
        action="replied",
        because=f"answered by {incoming.channel}: {act.because}",
        actor="engine",
        at=now,
        lead_id=lead.id,
        data={"inbound": inbound_id},
    )
    _forward(unit, office, lead, conversation.owner, conversation.id, incoming, inbound_id)
    return f"conversation {conversation.id} is open"


def _forward(
    unit: Unit, office: Office, lead: Lead, owner: str, conversation_id: int, incoming: Incoming, inbound_id: int
) -> None:
    name = clean_line(lead.full_name or lead.key, at_most=80)
    subject = clean_line(incoming.subject, at_most=120)
    text = incoming.text[:FORWARDED].strip() or "(no text)"
    advice = (
        f"Answer {incoming.sender or 'the lead'} directly: an answer to this message does not reach them. "
        f'Then run: touches done answer-{conversation_id} --told "…"'
    )
    tell_owner(
        unit,
        office,
        owner,
        key=f"forward/{inbound_id}",
        purpose="forward",
        subject=f"{name} answered{f': {subject}' if subject else f' by {incoming.channel}'}",
        body=f"{text}\n\n{advice}",
    )


def count_our_answer(unit: Unit, office: Office, act: CountOurAnswer, incoming: Incoming) -> str:
    """One of us answered with a copy to our mailbox: written down, and nothing is owed any more."""
    lead = unit.leads.get(act.lead_id)
    waiting = [one for one in unit.conversations.open([act.lead_id]) if one.waits]
    if lead is None or not waiting:
        return "no answer was owed"
    now = office.clock.now()
    words = Words(told=incoming.text)
    who = _colleague(office, incoming.sender)
    write_down(unit, office, lead, words, channel=incoming.channel, direction="out", outcome="reply", actor=who, at=now)
    answered(unit, office, waiting[0], actor=who, at=now)
    return f"conversation {waiting[0].id} is answered"


def _colleague(office: Office, address: str) -> str:
    lower = address.casefold()
    return next((key for key, one in office.colleagues.items() if one.email.casefold() == lower), address)


def pause_until(unit: Unit, office: Office, act: PauseUntil) -> str:
    """What runs waits until the lead is back; what starts meanwhile waits as well. A longer wait stays longer."""
    lead = unit.leads.get(act.lead_id)
    if lead is None:
        return "the lead is gone: nothing to do"
    running = unit.enrollments.of_leads([lead.id], running=True)[lead.id]
    pause(unit, running, because=act.because, actor="engine", at=office.clock.now(), until=act.until)
    shorter = [
        one.id
        for one in running
        if one.state is EnrollmentState.PAUSED and one.paused_until is not None and one.paused_until < act.until
    ]
    unit.enrollments.update(shorter, paused_until=act.until)
    if lead.paused_until is None or lead.paused_until < act.until:
        unit.leads.update(lead.id, paused_until=act.until)
    note(unit, action="away", because=act.because, actor="engine", at=office.clock.now(), lead_id=lead.id)
    return f"waits until {act.until:%Y-%m-%d %H:%M} UTC"
