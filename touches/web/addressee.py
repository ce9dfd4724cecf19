"""What the person at the other end of a link may see and change. Each change is one transaction, and repeatable."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from policies import durations
from touches.care.complaints import open_complaint
from touches.care.local import clock_of
from touches.engine.office import Office
from touches.model.care import CareState
from touches.model.people import KIND_FOR_CHANNEL, ContactPoint, Lead, PointKind
from touches.people.address_hashes import address_hash
from touches.people.opt_out import has_said_so, opt_in, opt_out
from touches.people.wishes import ALL
from touches.store.events import Event
from touches.store.units import Unit
from touches.tokens import Purpose
from touches.web.links import masked

OFFERED = ("email", "sms", "letter", "call", "fax")
MONTH = durations.parse_duration("1 month")
WEB = "web page"
COMPLAINTS_AT_ONCE = 3  # open ones of one lead; what is written further is added to the first


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Who a link belongs to. `lead` is None for somebody who was erased: nothing is known, and nothing goes there."""

    channel: str  # by which the touch went
    address: str  # masked; empty when it is not known any more
    language: str
    lead: Lead | None
    touch_id: int
    preferences: str  # the token of the preference page; empty without a lead


def addressee_of(unit: Unit, office: Office, touch_id: int) -> Addressee:
    """Whom a touch went to; also of touches and leads that are gone: their way out must still work."""
    touch = unit.touches.by_ids([touch_id]).get(touch_id)
    lead = _living(unit, touch.lead_id) if touch is not None else None
    return Addressee(
        channel=touch.channel if touch is not None and touch.channel in OFFERED else "email",
        address=masked(touch.address) if touch is not None and touch.address else "",
        language=lead.language if lead is not None else "",
        lead=lead,
        touch_id=touch_id,
        preferences=office.signer.token(Purpose.PREFERENCES, lead.id) if lead is not None else "",
    )


def _living(unit: Unit, lead_id: int | None) -> Lead | None:
    """The lead as it is now; one that was merged is its survivor, one that was erased is nobody."""
    if lead_id is None:
        return None
    lead = unit.leads.get(unit.leads.survivor(lead_id))
    return None if lead is None or lead.dead == "erased" else lead


def stop_touches(unit: Unit, office: Office, touch_id: int, *, everything: bool = False) -> Addressee:
    """The opt-out of a link: the touch's channel, or all of them, at once. Repeating it changes nothing."""
    touch = unit.touches.by_ids([touch_id]).get(touch_id)
    found = addressee_of(unit, office, touch_id)
    channel = ALL if everything else found.channel
    now = office.clock.now()
    if touch is not None and touch.address and touch.channel in OFFERED:
        kind, name = KIND_FOR_CHANNEL[touch.channel][0], found.lead.full_name if found.lead is not None else ""
        hashed = address_hash(office.signer, kind, touch.address, name)  # it may be no longer the lead's
        unit.suppressions.add([hashed], channel=channel, reason="opt_out", source=WEB, since=now)
    lead = found.lead  # closed by somebody with the same mailbox, it is still to be said by this one
    if lead is not None and not (is_closed(lead, channel) and has_said_so(unit, lead.id, channel)):
        opt_out(unit, office.signer, lead.id, channel, WEB, at=now, actor="lead")
    return found


def is_closed(lead: Lead, channel: str) -> bool:
    """Whether everything that the channel could use is closed by an opt-out."""
    points = _points(lead, channel)
    return all(ALL in point.opted_out or channel in point.opted_out for point in points) if points else False


def _points(lead: Lead, channel: str) -> tuple[ContactPoint, ...]:
    if channel == ALL:
        return lead.points
    kinds = (PointKind.FAX,) if channel == "fax" else KIND_FOR_CHANNEL[channel]
    return tuple(point for point in lead.points if point.kind in kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What a person chose. `channels` has those by which they could be reached, with whether they may."""

    lead: Lead
    channels: Mapping[str, bool]
    addresses: Mapping[str, str]  # masked
    language: str
    paused_until: datetime | None


def preferences_of(unit: Unit, lead_id: int, *, now: datetime) -> Preferences | None:
    """The choices of a lead; None for somebody who is not here any more."""
    lead = _living(unit, lead_id)
    if lead is None:
        return None
    reachable = [channel for channel in OFFERED if _points(lead, channel)]
    return Preferences(
        lead=lead,
        channels={channel: not is_closed(lead, channel) for channel in reachable},
        addresses={channel: masked(_points(lead, channel)[0].address) for channel in reachable},
        language=lead.language.partition("-")[0].lower(),
        paused_until=lead.paused_until if lead.paused_until is not None and lead.paused_until > now else None,
    )


def choose_channels(unit: Unit, office: Office, before: Preferences, wanted: frozenset[str]) -> None:
    """Open and close channels as wished. With none left, everything ends, enrollments too."""
    now, lead_id = office.clock.now(), before.lead.id
    if not wanted & set(before.channels):
        if any(before.channels.values()):
            opt_out(unit, office.signer, lead_id, ALL, WEB, at=now, actor="lead")
        return
    opened = [channel for channel, is_open in before.channels.items() if channel in wanted and not is_open]
    for channel in opened:  # first, for it may open a neighbour on the same address
        opt_in(unit, office.signer, lead_id, channel, WEB, at=now)
    after = preferences_of(unit, lead_id, now=now)
    for channel, is_open in (after or before).channels.items():
        if is_open and channel not in wanted:
            opt_out(unit, office.signer, lead_id, channel, WEB, at=now, actor="lead")


def choose_language(unit: Unit, office: Office, before: Preferences, language: str) -> None:
    """Write in another language from now on, where the news has it."""
    if language != before.language:
        unit.leads.update(before.lead.id, language=language)
        _note(unit, office, before.lead, "language_chosen", f"wants to be written to in {language}")


def choose_pause(unit: Unit, office: Office, before: Preferences, *, paused: bool) -> None:
    """A break of a month from now, or its end; choosing it again does not make it longer."""
    if paused == (before.paused_until is not None):
        return
    until = clock_of(before.lead, office.house).later(office.clock.now(), MONTH) if paused else None
    unit.leads.update(before.lead.id, paused_until=until)
    because = f"asked for a break until {until:%Y-%m-%d}" if until is not None else "ended the break"
    _note(unit, office, before.lead, "break_chosen", because)


def complain(unit: Unit, office: Office, addressee: Addressee, text: str) -> None:
    """Open a complaint for the lead of a link, once for the same words; nothing for somebody who is gone."""
    lead = addressee.lead
    if lead is None:
        return
    now = office.clock.now()
    key = office.signer.digest("web complaint", f"{lead.id}:{text}")
    if not unit.switches.first_time("web_complaint", key, at=now):
        return
    open_ones = [case for case in unit.complaints.of_leads([lead.id]) if case.state is CareState.OPEN]
    if len(open_ones) >= COMPLAINTS_AT_ONCE:
        _note(unit, office, lead, "complaint_added", text)
        return
    open_complaint(unit, office, lead, text, actor="lead", source=f"{WEB}, touch {addressee.touch_id}")


def _note(unit: Unit, office: Office, lead: Lead, action: str, because: str) -> None:
    event = Event(at=office.clock.now(), action=action, because=because, actor="lead", lead_id=lead.id)
    unit.events.add([event])
