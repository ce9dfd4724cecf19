"""`log`: any contact by anyone, written down, with the news that was told, what was promised, and its confirmation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from touches.care.conversations import answered
from touches.care.local import clock_of
from touches.care.promises import add_promise
from touches.care.record import Words, Written, tell_news, write_down
from touches.care.telling import mailbox_of, tell_lead
from touches.care.wording import wording_for
from touches.engine.office import Office
from touches.errors import Refused
from touches.model.care import Interaction, Promise
from touches.model.people import Lead
from touches.store.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """What somebody writes down. `promise` and `by` go together; `confirm` sends what was agreed to the lead."""

    words: Words = field(default_factory=Words)
    channel: str = "call"
    direction: str = "out"
    outcome: str = ""
    at: datetime | None = None  # None: now
    promise: str = ""
    by: datetime | None = None
    confirm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """What was written. `promise` is its number."""

    written: Written
    promise: int | None = None
    confirmed: bool = False


def log_contact(unit: Unit, office: Office, lead: Lead, contact: Contact, *, actor: str) -> Logged:
    """Write a contact down, in the caller's transaction. Raises UnknownNews; Refused for a time to come, and for a
    confirmation that cannot be sent or has nothing to say."""
    office.library.refresh(unit)
    now = office.clock.now()
    at = contact.at or now
    if at > now:
        raise Refused("A contact lies in the past; what is to come is a promise or a call back.")
    if contact.confirm:
        _require_confirmable(lead, contact)
    written = write_down(
        unit,
        office,
        lead,
        contact.words,
        channel=contact.channel,
        direction=contact.direction,
        outcome=contact.outcome,
        actor=actor,
        at=at,
    )
    if contact.direction == "out":
        written.warnings += tell_news(unit, lead, contact.words.news, actor=actor, at=at)
        for conversation in unit.conversations.open([lead.id]):
            answered(unit, office, conversation, actor=actor, at=now)
    promise = None
    if contact.promise and contact.by is not None:
        promise = add_promise(unit, office, lead, contact.promise, by=contact.by, actor=actor)
    if contact.confirm:
        _confirm(unit, office, lead, contact, written.interaction, promise, at)
    return Logged(written=written, promise=promise.id if promise else None, confirmed=contact.confirm)


def _require_confirmable(lead: Lead, contact: Contact) -> None:
    if not contact.words.agreed and not contact.promise:
        raise Refused("There is nothing to confirm.", hint="Say with --agreed what was agreed, or --promise something.")
    if not mailbox_of(lead):
        raise Refused(f"{lead.key} has no mailbox that can be used, so nothing can be confirmed in writing.")


def _confirm(
    unit: Unit, office: Office, lead: Lead, contact: Contact, interaction: int, promise: Promise | None, at: datetime
) -> None:
    words, clock = wording_for(lead.language), clock_of(lead, office.house)
    day = clock.shown(at)[:10]
    paragraphs = [words.greet(lead.first_name or lead.full_name)]
    paragraphs.append(words.confirm.format(day=day))
    if contact.words.agreed:
        paragraphs.append(words.confirm_agreed.format(agreed=contact.words.agreed))
    if promise is not None:
        paragraphs.append(words.confirm_promise.format(by=clock.shown(promise.by), text=promise.text))
    paragraphs.append(words.confirm_wrong)
    tell_lead(
        unit,
        office,
        lead,
        key=f"confirmation/{interaction}",
        purpose="confirmation",
        subject=words.confirm_subject.format(day=day),
        body="\n\n".join(paragraphs),
    )


def contact_rows(unit: Unit, *, lead_ids: Sequence[int] = ()) -> Iterator[Mapping[str, Any]]:
    """The record as rows, in order of writing, with what was undone."""
    keys: dict[int, str] = {}
    for interaction in unit.interactions.walk(lead_ids=lead_ids):
        if interaction.lead_id and interaction.lead_id not in keys:
            keys.update({lead.id: lead.key for lead in unit.leads.by_ids([interaction.lead_id]).values()})
        yield contact_row(interaction, keys.get(interaction.lead_id, ""))


def contact_row(interaction: Interaction, lead: str) -> Mapping[str, Any]:
    """The stable keys of an interaction."""
    return {
        "interaction": interaction.id,
        "lead": lead,
        "at": interaction.at,
        "who": interaction.who,
        "channel": interaction.channel,
        "direction": interaction.direction,
        "outcome": interaction.outcome,
        "minutes": interaction.minutes,
        "said": interaction.said,
        "told": interaction.told,
        "agreed": interaction.agreed,
        "news": interaction.news,
        "concern": interaction.concern,
        "touch": interaction.touch_id,
        "undone_at": interaction.undone_at,
        "takes_back": interaction.takes_back,
        "previous": interaction.previous,
        "content_digest": interaction.content_digest,
        "hash": interaction.hash,
    }
