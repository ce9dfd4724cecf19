"""Conversations: a reply stops automatic sending at once, and the owner owes an answer by a clock."""

from datetime import datetime

from policies.schema.policy import OnReply
from touches.care.conversation_clock import ConversationDue, conversation_due, too_often_noted
from touches.care.holds import apply_holds
from touches.care.local import clock_of
from touches.care.record import Words, contacts_so_far, note, write_down
from touches.care.telling import tell_owner
from touches.engine.office import Office
from touches.model.care import CareState, Conversation
from touches.model.people import Lead
from touches.store.units import Unit

ENGINE = "engine"


def open_conversation(
    unit: Unit,
    office: Office,
    lead_id: int,
    *,
    because: str,
    at: datetime,
    said: str = "",
    channel: str = "email",
    actor: str = ENGINE,
) -> Conversation:
    """A lead said something: write it down, stop automatic sending, start the owner's clock, all in the caller's
    transaction. A further word in an open conversation goes into that one; an answer still owed keeps its deadline.

    Raises KeyError for an unknown lead.
    """
    office.library.refresh(unit)
    lead = unit.leads.by_ids([lead_id])[lead_id]
    words = Words(said=said)
    write_down(unit, office, lead, words, channel=channel, direction="in", outcome="reply", actor=actor, at=at)
    known = next(iter(unit.conversations.open([lead_id])), None)
    rule, clock = _clock(unit, office, lead), clock_of(lead, office.house)
    answer_by, stalled_at = clock.later(at, rule.answer_by), clock.later(at, rule.stalled_after)
    if known is not None:
        changes = {} if known.answered_at is None else {"answer_by": answer_by, "answered_at": None}
        unit.conversations.update(known.id, stalled_at=max(stalled_at, known.stalled_at), **changes)
        conversation_id = known.id
    else:
        conversation_id = unit.conversations.add(
            lead_id=lead_id,
            owner=lead.owner,
            because=because,
            opened_at=at,
            answer_by=answer_by,
            stalled_at=stalled_at,
        )
    note(unit, action="conversation_opened", because=because, actor=actor, at=at, lead_id=lead_id)
    apply_holds(unit, office, [lead_id], because=because, actor=actor)
    return _get(unit, conversation_id)


def _get(unit: Unit, conversation_id: int) -> Conversation:
    found = unit.conversations.get(conversation_id)
    if found is None:
        raise KeyError(f"no conversation {conversation_id}")
    return found


def _clock(unit: Unit, office: Office, lead: Lead) -> OnReply:
    """The rule of the policy that goes first of those that the lead is in."""
    running = unit.enrollments.of_leads([lead.id], running=True)[lead.id]
    first = max(running, key=lambda enrollment: (enrollment.priority, -enrollment.id), default=None)
    if first is None:
        return OnReply()
    return office.library.policy(unit, first.policy, first.version)[0].on_reply


def answered(unit: Unit, office: Office, conversation: Conversation, *, actor: str, at: datetime) -> Conversation:
    """We said something: no answer is owed, and the time until it has stalled begins anew. The contact counts towards
    the seven."""
    lead = unit.leads.by_ids([conversation.lead_id])[conversation.lead_id]
    rule = _clock(unit, office, lead)
    stalled_at = clock_of(lead, office.house).later(at, rule.stalled_after)
    unit.conversations.update(conversation.id, answered_at=at, stalled_at=stalled_at)
    number = contacts_so_far(unit, [lead.id])[lead.id]
    late = at > conversation.answer_by
    because = f"answered{' late' if late else ''}, contact {number}"
    note(
        unit,
        action="answered",
        because=because,
        actor=actor,
        at=at,
        lead_id=lead.id,
        data={"conversation": conversation.id, "number": number, "late": late},
    )
    return _get(unit, conversation.id)


def noted_only(unit: Unit, office: Office, conversation: Conversation, *, actor: str, at: datetime) -> int:
    """The lead was only told that it has been noted: the answer is still owed, by a new clock. From the third time on
    somebody else hears of it. How often it was."""
    lead = unit.leads.by_ids([conversation.lead_id])[conversation.lead_id]
    rule, clock = _clock(unit, office, lead), clock_of(lead, office.house)
    noted = conversation.noted + 1
    unit.conversations.update(
        conversation.id,
        noted=noted,
        answer_by=clock.later(at, rule.answer_by),
        stalled_at=clock.later(at, rule.stalled_after),
    )
    because = f"noted for the {noted}. time, not answered"
    note(unit, action="noted", because=because, actor=actor, at=at, lead_id=lead.id)
    if too_often_noted(noted):
        tell_owner(
            unit,
            office,
            conversation.owner,
            key=f"noted/{conversation.id}/{noted}",
            purpose="escalation",
            subject=f"{lead.full_name or lead.key} was told {noted} times that it has been noted",
            body=f"{conversation.because}\n\nWhoever hears this for the third time goes to the authorities. Decide it.",
            others=True,
        )
    return noted


def close_conversation(
    unit: Unit, office: Office, conversation: Conversation, *, because: str, actor: str, at: datetime
) -> None:
    """It has ended; the cadence goes on where it was unless something else stands against it."""
    unit.conversations.update(conversation.id, state=CareState.CLOSED.value, closed_at=at)
    note(unit, action="conversation_closed", because=because, actor=actor, at=at, lead_id=conversation.lead_id)
    apply_holds(unit, office, [conversation.lead_id], because=f"the conversation ended: {because}", actor=actor)


def settle_conversation(unit: Unit, office: Office, conversation: Conversation, now: datetime) -> bool:
    """Do what its clock asks for; whether anything was done.

    One that has stalled lets the cadence go on. An answer that is still owed then stays on the owner's list.
    """
    due = conversation_due(conversation, now)
    if due is ConversationDue.ESCALATE:
        return _escalate(unit, office, conversation, now)
    if due is not ConversationDue.STALLED:
        return False
    if conversation.answered_at is not None:
        close_conversation(unit, office, conversation, because="no word for a while", actor=ENGINE, at=now)
        return True
    escalated = _escalate(unit, office, conversation, now)
    if unit.switches.first_time("stalled", f"{conversation.id}/{conversation.stalled_at.isoformat()}", at=now):
        because = "the conversation has stalled"
        apply_holds(unit, office, [conversation.lead_id], because=because, actor=ENGINE)
        return True
    return escalated


def _escalate(unit: Unit, office: Office, conversation: Conversation, now: datetime) -> bool:
    key = f"answer/{conversation.id}/{conversation.answer_by.isoformat()}"
    if not unit.switches.first_time("escalated", key, at=now):
        return False
    lead = unit.leads.by_ids([conversation.lead_id])[conversation.lead_id]
    name = lead.full_name or lead.key
    tell_owner(
        unit,
        office,
        conversation.owner,
        key=f"escalation/{key}",
        purpose="escalation",
        subject=f"{name} waits for an answer",
        body=f"{name} wrote on {conversation.opened_at:%Y-%m-%d}: {conversation.because}\n\n"
        f"The answer was due by {clock_of(lead, office.house).named(conversation.answer_by)}, local time of the lead. "
        f'Answer, then run: touches done answer-{conversation.id} --told "…"',
        others=True,
    )
    because = "the answer is overdue"
    note(unit, action="escalated", because=because, actor=ENGINE, at=now, lead_id=lead.id)
    return True
