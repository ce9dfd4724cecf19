"""Fax: the letter's pages as a PDF by mail to an email-to-fax gateway, over whatever sends our mail."""

import hashlib
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from channels.errors import UnsendableError
from channels.letter.composer import LetterComposer
from channels.proof import CannotTell, Finding, Prover
from channels.protocol import Channel, Marker, Outgoing, Prepared, Result
from channels.settings import FaxSettings
from channels.sms.message import E164

MAX_PAGES = 8


class FaxChannel:
    """`transport` offers a prepared mail (an email channel); it is closed with this channel.

    What it answers is what the gateway's mail server said: `Accepted` means that the gateway has the fax, not
    that a sheet came out. Nothing of a lead but the number stands in the mail's headers.
    """

    name = "fax"

    def __init__(self, settings: FaxSettings, transport: Channel) -> None:
        self._settings = settings
        self._transport = transport
        self._composer = LetterComposer(home=settings.home, form="auto", max_pages=MAX_PAGES)
        self.concurrency = transport.concurrency

    def prepare(self, outgoing: Outgoing) -> Prepared:
        """Raises UnsendableError("bad fax number") and what a letter raises."""
        pdf, pages = self._composer.compose(_addressed(outgoing))
        address = self._mailbox(outgoing.recipient.address)
        return_path = outgoing.return_path or outgoing.sender.email
        payload = _mail(outgoing, to=address, pdf=pdf)
        return Prepared(
            key=outgoing.key,
            channel=outgoing.channel,
            address=address,
            return_path=return_path,
            payload=payload,
            digest=hashlib.blake2b(payload).hexdigest(),
            parts=pages,
        )

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        """As the transport does it."""
        return await self._transport.hand_over(prepared, marker)

    async def find(self, *, key: str, address: str, since: datetime) -> Finding:
        """As the transport knows it."""
        if not isinstance(self._transport, Prover):
            return CannotTell(because="what carries our faxes cannot be asked")
        return await self._transport.find(key=key, address=address, since=since)

    async def close(self) -> None:
        """Close the transport."""
        await self._transport.close()

    def _mailbox(self, number: str) -> str:
        digits = number if self._settings.keep_plus else number.removeprefix("+")
        return self._settings.gateway.replace("{number}", digits)


def _addressed(outgoing: Outgoing) -> Outgoing:
    """A fax needs no street: without one the window shows the number."""
    recipient = outgoing.recipient
    if not E164.fullmatch(recipient.address):
        raise UnsendableError("bad fax number", "a fax needs an E.164 number such as +358401234567")
    lines = recipient.postal_lines or (f"Fax {recipient.address}",)
    return replace(outgoing, recipient=replace(recipient, postal_lines=lines))


def _mail(outgoing: Outgoing, *, to: str, pdf: bytes) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = outgoing.sender.email
    mail["To"] = to
    mail["Subject"] = f"Fax {outgoing.key}"
    mail["Date"] = format_datetime(outgoing.date)
    mail["Message-ID"] = f"<{outgoing.message_id}>"
    mail.set_content("The fax is attached.\n")
    mail.add_attachment(pdf, maintype="application", subtype="pdf", filename=f"{outgoing.key}.pdf")
    mail.set_boundary(f"=_{hashlib.blake2b(pdf, digest_size=16).hexdigest()}")  # else random: same input, same bytes
    return mail.as_bytes()
