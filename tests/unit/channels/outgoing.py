"""One complete outgoing message, to be varied by keyword."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from channels.protocol import Links, Outgoing, Piece, Recipient, Sender

SENT_ON = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SENDER = Sender(
    name="Aino Virtanen",
    email="aino@kahvila.example",
    postal_address="Kahvila Oy, Esimerkkikatu 1, 00100 Helsinki",
    reply_to="aino@kahvila.example",
    phone="+358 40 123 4567",
    complaints="palaute@kahvila.example",
)
RECIPIENT = Recipient(name="Ville Mäkinen", address="+358401234567", language="en", country="FI")
POSTAL = Recipient(
    name="Ville Mäkinen",
    address="Mannerheimintie 5 A 12",
    language="en",
    country="FI",
    postal_lines=("Mannerheimintie 5 A 12", "00100 Helsinki"),
)
PIECE = Piece(
    key="welcome/autumn-hours/en",
    subject="Support until 22:00",
    body="From Monday our support answers until **22:00**, {{ lead.first_name }}.",
    ask="Reply with a time for a call.",
    greeting="Dear {{ lead.first_name }},",
    language="en",
)


def outgoing(channel: str = "sms", *, piece: dict[str, Any] | None = None, **changes: Any) -> Outgoing:
    """`piece` changes single texts; every other keyword replaces a field of the message."""
    whole = Outgoing(
        key="touch-000042",
        channel=channel,
        message_id="touch-000042@kahvila.example",
        date=SENT_ON,
        sender=SENDER,
        recipient=POSTAL if channel == "letter" else RECIPIENT,
        piece=replace(PIECE, **(piece or {})),
        values={"first_name": "Ville"},
        links=Links(),
        return_path="bounce+touch-000042@kahvila.example",
        valid_until=SENT_ON + timedelta(hours=4),
    )
    return replace(whole, **changes)
