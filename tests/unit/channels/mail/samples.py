"""An outgoing mail with everything in it, to vary from."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from channels.protocol import Links, Outgoing, Piece, Recipient, Sender

SENDER = Sender(
    name="Aino from Kahvila",
    email="aino@kahvila.example",
    postal_address="Kahvila Oy, Esimerkkikatu 1, 00100 Helsinki",
    reply_to="answers@kahvila.example",
    phone="+358401234567",
    complaints="sorry@kahvila.example",
)
PIECE = Piece(
    key="welcome@1",
    subject="Open until 22:00, {{ lead.first_name }}",
    greeting="Hei {{ lead.first_name }},",
    body="Our support answers until **22:00**, {{ lead.first_name }}.\n\n- see [this](https://k.example/{{ lead.id }})",
    ask="Reply with a time, {{ lead.first_name }}.",
)
LINKS = Links(
    unsubscribe_url="https://touch.kahvila.example/u/abc",
    unsubscribe_mailto="mailto:stop+abc@kahvila.example?subject=stop",
    browser_url="https://touch.kahvila.example/b/abc",
    complaint_url="https://touch.kahvila.example/c/abc",
    preferences_url="https://touch.kahvila.example/p/abc",
)
OUTGOING = Outgoing(
    key="t-1",
    channel="email",
    message_id="t-1@kahvila.example",
    date=datetime(2027, 3, 1, 10, 0, 5, tzinfo=timezone(timedelta(hours=2))),
    sender=SENDER,
    recipient=Recipient(name="Matti Meikäläinen", address="matti@customer.test", language="en"),
    piece=PIECE,
    values={"first_name": "Matti", "id": "x1"},
    links=LINKS,
    return_path="bounce+t1@kahvila.example",
)


def mail_to(name: str = "Matti", address: str = "matti@customer.test") -> Outgoing:
    """The sample for another recipient."""
    return replace(OUTGOING, recipient=replace(OUTGOING.recipient, name=name, address=address))


def mail_with(values: dict[str, object] | None = None, **texts: str) -> Outgoing:
    """The sample with other texts of its piece, or other values."""
    key = repr(sorted(texts.items()))
    return replace(OUTGOING, piece=replace(PIECE, key=key, **texts), values=values or OUTGOING.values)
