"""From a touch and its news to a message that a channel can compose."""

from dataclasses import replace
from datetime import datetime

from channels.protocol import Links, Outgoing, Piece, Recipient, Sender
from policies.schema import Step, Then
from touches.engine.known import values_of
from touches.engine.office import Office
from touches.model.cadence import Touch
from touches.model.filling import filler
from touches.model.people import PAPER_CHANNELS, PERSONAL_CHANNELS, ContactPoint, Lead, PointKind
from touches.planning.departure import Depart
from touches.planning.news_choice import Wording
from touches.store.notices import Notice
from touches.tokens import Purpose

# Several of each are made for every mail of a batch.
_new_outgoing = filler(
    Outgoing,
    (
        *("key", "channel", "message_id", "date", "sender", "recipient", "piece", "values", "links", "return_path"),
        "valid_until",
    ),
)
_new_sender = filler(Sender, ("name", "email", "postal_address", "reply_to", "phone", "complaints"))
_new_recipient = filler(Recipient, ("name", "address", "language", "country", "postal_lines"))
_new_way_out = filler(Links, ("unsubscribe_mailto",))
_new_piece = filler(Piece, ("key", "subject", "body", "ask", "greeting", "language"))


def outgoing_of(touch: Touch, depart: Depart, lead: Lead, office: Office, now: datetime) -> Outgoing:
    """The message of a touch; everything that names it depends on the touch alone, never on the attempt."""
    token = office.signer.token(Purpose.TOUCH, touch.id)
    back = return_path(token, office)
    channel, name = depart.channel, lead.full_name
    wording = depart.item.wording_for(lead.language)
    return _new_outgoing(
        token,
        channel,
        f"{token}@{office.desk.mail_domain}",
        now,
        _sender(lead, back, channel, office),
        recipient_of(lead, depart.point),
        _piece(depart.step, touch.variant, depart.item.id, wording, channel=channel, named=bool(name)),
        values_of(lead, touch.variant, office, now),
        links_of(touch.id, lead.id, office),
        back,
        depart.open_until,
    )


def _piece(step: Step | Then, arm: str, news: str, wording: Wording, *, channel: str, named: bool) -> Piece:
    variant = step.variants.get(arm) if isinstance(step, Step) else None
    subject = (variant.subject if variant else "") or step.subject or wording.subject or wording.headline
    ask = (variant.ask if variant else "") or step.ask
    return _new_piece(
        f"{channel}/{step.id}/{arm}/{news}/{wording.language}/{wording.digest}/{subject}/{ask}",
        subject,
        wording.body,
        ask,
        greeting_for(wording.language) if channel in GREETED and named else "",
        wording.language,
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
    return GREETINGS.get(_base(language), GREETINGS["en"])


def _is_spoken(language: str) -> bool:
    """Whether we have sentences of our own in it."""
    return _base(language) in GREETINGS


def _base(language: str) -> str:
    return language.partition("-")[0].casefold()


def _sender(lead: Lead, back: str, channel: str, office: Office) -> Sender:
    """Answers go to the mailbox that we read, tagged with the touch; where we read none, to the lead's owner."""
    owner = office.colleagues.get(lead.owner)
    reply_to = owner.email if owner is not None and owner.email else office.sender.reply_to
    if office.desk.reads_mail and channel == "email":  # nobody types a token from paper
        reply_to = back
    ours = office.sender
    phone = owner.phone if owner is not None and owner.phone else ours.phone
    return _new_sender(ours.name, ours.email, ours.postal_address, reply_to, phone, ours.complaints)


def recipient_of(lead: Lead, point: ContactPoint) -> Recipient:
    """Whom it is for, at one of the lead's addresses."""
    lines = tuple(point.address.split("\n")) if point.kind is PointKind.POSTAL else ()
    lines = (*((lead.company.name,) if lead.company and lines else ()), *lines)
    return _new_recipient(lead.full_name, point.address, lead.language, lead.country, lines)


def links_of(touch_id: int, lead_id: int, office: Office) -> Links:
    """The ways back; without `[web]` there is the mail address alone."""
    token = office.signer.token(Purpose.UNSUBSCRIBE, touch_id)
    mailto = f"mailto:{tagged(office.desk.inbound_address, token)}?subject=unsubscribe"
    if not office.desk.base_url:
        return _new_way_out(mailto)
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


def notice_of(touch: Touch, notice: Notice, lead: Lead | None, office: Office, now: datetime) -> Outgoing:
    """The message of a notice to a lead, or to a colleague where there is none: they are not told how customers
    complain. Its text is data, paragraph by paragraph, and never a template."""
    token = office.signer.token(Purpose.TOUCH, touch.id)
    back = return_path(token, office)
    paragraphs = [part.strip() for part in notice.body.split("\n\n") if part.strip()]
    values = {f"p{number}": text for number, text in enumerate(paragraphs)}
    return Outgoing(
        key=token,
        channel=touch.channel,
        message_id=f"{token}@{office.desk.mail_domain}",
        date=now,
        sender=replace(office.sender, complaints="") if lead is None else _sender(lead, back, touch.channel, office),
        recipient=Recipient(name="", address=notice.recipient),
        piece=Piece(
            key=f"notice/{len(paragraphs)}",
            subject="{{ notice.subject }}",
            body="\n\n".join(f"{{{{ notice.{name} }}}}" for name in values),
            language=lead.language if lead is not None and _is_spoken(lead.language) else "",
        ),
        values={"notice": {"subject": notice.subject, **values}},
        return_path=back,
        purpose="notice",
        in_reply_to=notice.in_reply_to,
    )
