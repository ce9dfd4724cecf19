"""From a touch and its news to a message that a channel can compose."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from channels.protocol import Links, Outgoing, Piece, Recipient, Sender
from policies.schema import Step, Then
from touches.engine.office import Office
from touches.model.cadence import Touch
from touches.model.people import PAPER_CHANNELS, PERSONAL_CHANNELS, ContactPoint, Lead, PointKind
from touches.planning.departure import Depart
from touches.planning.facts import facts_of
from touches.planning.news_choice import Wording
from touches.store.notices import Notice
from touches.tokens import Purpose


def outgoing_of(touch: Touch, depart: Depart, lead: Lead, office: Office, now: datetime) -> Outgoing:
    """The message of a touch; everything that names it depends on the touch alone, never on the attempt."""
    token = office.signer.token(Purpose.TOUCH, touch.id)
    wording = depart.item.wording_for(lead.language)
    return Outgoing(
        key=token,
        channel=depart.channel,
        message_id=f"{token}@{office.desk.mail_domain}",
        date=now,
        sender=_sender(lead, token, depart.channel, office),
        recipient=recipient_of(lead, depart.point),
        piece=_piece(
            depart.step, touch.variant, depart.item.id, wording, channel=depart.channel, named=bool(lead.full_name)
        ),
        values=values_of(lead, touch.variant, office, now),
        links=links_of(touch.id, lead.id, office),
        return_path=return_path(token, office),
        valid_until=depart.open_until,
    )


def _piece(step: Step | Then, arm: str, news: str, wording: Wording, *, channel: str, named: bool) -> Piece:
    variant = step.variants.get(arm) if isinstance(step, Step) else None
    subject = (variant.subject if variant else "") or step.subject or wording.subject or wording.headline
    ask = (variant.ask if variant else "") or step.ask
    return Piece(
        key=f"{channel}/{step.id}/{arm}/{news}/{wording.language}/{wording.digest}/{subject}/{ask}",
        subject=subject,
        body=wording.body,
        ask=ask,
        greeting=greeting_for(wording.language) if channel in GREETED and named else "",
        language=wording.language,
    )


# A letter and a call begin with a greeting; a mail's body has the one that its author gave it.
GREETED = PAPER_CHANNELS | PERSONAL_CHANNELS
GREETINGS = {
    "de": "Guten Tag {{ lead.name }},",
    "en": "Dear {{ lead.name }},",
    "es": "Hola, {{ lead.name }}:",
    "fi": "Hyvä {{ lead.name }}",
    "fil": "Mahal na {{ lead.name }},",
    "fr": "Bonjour {{ lead.name }},",
    "it": "Gentile {{ lead.name }},",
    "nl": "Beste {{ lead.name }},",
    "ru": "Здравствуйте, {{ lead.name }}!",
    "sv": "Hej {{ lead.name }},",
    "zh": "{{ lead.name }}，您好：",
}


def greeting_for(language: str) -> str:
    """The greeting of a language, as a template; English where we have none."""
    return GREETINGS.get(language.partition("-")[0].casefold(), GREETINGS["en"])


def _sender(lead: Lead, token: str, channel: str, office: Office) -> Sender:
    """Answers go to the mailbox that we read, tagged with the touch; where we read none, to the lead's owner."""
    owner = office.colleagues.get(lead.owner)
    reply_to = owner.email if owner is not None and owner.email else office.sender.reply_to
    if office.desk.reads_mail and channel == "email":  # nobody types a token from paper
        reply_to = tagged(office.desk.inbound_address, token)
    phone = owner.phone if owner is not None and owner.phone else office.sender.phone
    return replace(office.sender, reply_to=reply_to, phone=phone)


def recipient_of(lead: Lead, point: ContactPoint) -> Recipient:
    """Whom it is for, at one of the lead's addresses."""
    lines = tuple(point.address.split("\n")) if point.kind is PointKind.POSTAL else ()
    return Recipient(
        name=lead.full_name,
        address=point.address,
        language=lead.language,
        country=lead.country,
        postal_lines=(*((lead.company.name,) if lead.company and lines else ()), *lines),
    )


def values_of(lead: Lead, arm: str, office: Office, now: datetime) -> Mapping[str, object]:
    """What templates may ask for: `lead.…`, with None for what is not known of this lead (a text that prints it is
    never sent with a gap), `owner.…` and `variant`."""
    known = {
        "first_name": lead.first_name,
        "last_name": lead.last_name,
        "name": lead.full_name,
        "company": None,
        "company_size": None,
        "city": lead.city,
        "country": lead.country,
        "segment": lead.segment,
        "owner": lead.owner,
        "language": lead.language,
        "email": _point(lead, PointKind.EMAIL),
        "phone": _point(lead, PointKind.PHONE),
        "external_id": lead.external_id,
        "street": lead.street,
        "postal_code": lead.postal_code,
        "region": lead.region,
        "timezone": lead.timezone,
    }
    of_lead = {name: None if value == "" else value for name, value in {**known, **facts_of(lead, now)}.items()}
    return {"lead": of_lead, "owner": owner_values(lead, office), "variant": arm}


def _point(lead: Lead, kind: PointKind) -> str:
    return next((point.address for point in lead.points if point.kind is kind), "")


def owner_values(lead: Lead, office: Office) -> Mapping[str, str]:
    """What templates may ask for as `owner.…`: who looks after the lead; else the sender."""
    owner = office.colleagues.get(lead.owner)
    if owner is None:
        return {"name": office.sender.name, "email": office.sender.email, "phone": office.sender.phone}
    return {"name": owner.name, "email": owner.email, "phone": owner.phone or office.sender.phone}


def links_of(touch_id: int, lead_id: int, office: Office) -> Links:
    """The ways back; without `[web]` there is the mail address alone."""
    token = office.signer.token(Purpose.UNSUBSCRIBE, touch_id)
    mailto = f"mailto:{tagged(office.desk.inbound_address, token)}?subject=unsubscribe"
    if not office.desk.base_url:
        return Links(unsubscribe_mailto=mailto)
    base = office.desk.base_url.rstrip("/")
    return Links(
        unsubscribe_url=f"{base}/u/{token}",
        unsubscribe_mailto=mailto,
        browser_url=f"{base}/b/{office.signer.token(Purpose.BROWSER, touch_id)}",
        complaint_url=f"{base}/c/{office.signer.token(Purpose.COMPLAINT, touch_id)}",
        preferences_url=f"{base}/p/{office.signer.token(Purpose.PREFERENCES, lead_id)}",
    )


def return_path(token: str, office: Office) -> str:
    """The envelope sender of one touch: a bounce names it."""
    return tagged(office.desk.inbound_address, token)


def tagged(address: str, tag: str) -> str:
    """`local+tag@domain`."""
    local, _, domain = address.rpartition("@")
    return f"{local}+{tag}@{domain}"


def notice_of(touch: Touch, notice: Notice, office: Office, now: datetime) -> Outgoing:
    """The message of a notice. Its text is data, paragraph by paragraph, and never a template. Colleagues are not told
    how customers complain."""
    token = office.signer.token(Purpose.TOUCH, touch.id)
    paragraphs = [part.strip() for part in notice.body.split("\n\n") if part.strip()]
    values = {f"p{number}": text for number, text in enumerate(paragraphs)}
    return Outgoing(
        key=token,
        channel=touch.channel,
        message_id=f"{token}@{office.desk.mail_domain}",
        date=now,
        sender=office.sender if touch.lead_id is not None else replace(office.sender, complaints=""),
        recipient=Recipient(name="", address=notice.recipient),
        piece=Piece(
            key=f"notice/{len(paragraphs)}",
            subject="{{ notice.subject }}",
            body="\n\n".join(f"{{{{ notice.{name} }}}}" for name in values),
        ),
        values={"notice": {"subject": notice.subject, **values}},
        return_path=return_path(token, office),
        purpose="notice",
        in_reply_to=notice.in_reply_to,
    )
