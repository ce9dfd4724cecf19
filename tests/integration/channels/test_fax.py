"""Faxes: the mail that the gateway gets."""

import email
import io
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pypdf
import pytest

from channels.errors import UnsendableError
from channels.fax import FaxChannel
from channels.protocol import Accepted, Prepared, Sender
from channels.recording import RecordingChannel
from channels.settings import FaxSettings
from channels.smtp import SmtpChannel, SmtpSettings
from tests.servers.smtpd import Smtpd
from tests.unit.channels.marker import CountingMarker
from tests.unit.channels.outgoing import RECIPIENT, SENDER, outgoing

GATEWAY = "{number}@fax.example"


def channel(gateway: str = GATEWAY, **settings: Any) -> FaxChannel:
    return FaxChannel(FaxSettings(gateway=gateway, home="FI", **settings), RecordingChannel("email"))


def parsed(prepared: Prepared) -> EmailMessage:
    mail = email.message_from_bytes(prepared.payload, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def sheet(prepared: Prepared) -> str:
    (part,) = parsed(prepared).iter_attachments()
    return pypdf.PdfReader(io.BytesIO(part.get_content())).pages[0].extract_text()


def test_the_gateway_gets_one_mail_with_the_pages_as_pdf() -> None:
    made = channel().prepare(outgoing("fax"))
    mail = parsed(made)
    assert made.address == mail["To"] == "358401234567@fax.example"
    assert (mail["From"], mail["Message-ID"]) == (SENDER.email, "<touch-000042@kahvila.example>")
    assert mail["Date"].datetime.isoformat() == "2026-11-23T09:30:00+00:00"
    (part,) = mail.iter_attachments()
    assert (part.get_content_type(), part.get_filename()) == ("application/pdf", "touch-000042.pdf")
    assert "From Monday our support answers" in sheet(made)


def test_a_fax_needs_no_street_and_shows_the_number() -> None:
    assert "Fax +358401234567" in sheet(channel().prepare(outgoing("fax")))


def test_a_gateway_may_want_the_plus() -> None:
    made = channel("fax={number}@fax.example", keep_plus=True).prepare(outgoing("fax"))
    assert made.address == "fax=+358401234567@fax.example"


def test_bounces_come_back_to_the_touch() -> None:
    assert channel().prepare(outgoing("fax")).return_path == "bounce+touch-000042@kahvila.example"
    assert channel().prepare(outgoing("fax", return_path="")).return_path == SENDER.email


@pytest.mark.parametrize(
    "name", ["a\r\nBcc: v@x.test", "=?utf-8?q?a=0D=0ABcc:_v@x.test?=", "a\u2028Bcc: x", '<a@b.test>"']
)
def test_no_name_reaches_the_headers(name: str) -> None:
    made = channel().prepare(outgoing("fax", recipient=replace(RECIPIENT, name=name), values={"first_name": name}))
    mail = parsed(made)
    assert sorted(mail.keys()) == ["Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"]
    assert b"v@x.test" not in made.payload.partition(b"\r\n\r\n")[0]


def test_every_line_can_travel_by_smtp() -> None:
    payload = channel().prepare(outgoing("fax")).payload
    assert payload.isascii()
    assert max(map(len, payload.split(b"\r\n"))) <= 998
    assert payload.replace(b"\r\n", b"").count(b"\n") == 0


@pytest.mark.parametrize("number", ["", "0401234567", "+35840123@evil.example", "+358401234567,1"])
def test_only_an_international_number_becomes_a_mailbox(number: str) -> None:
    with pytest.raises(UnsendableError, match="bad fax number"):
        channel().prepare(outgoing("fax", recipient=replace(RECIPIENT, address=number)))


def test_the_same_fax_has_the_same_bytes() -> None:
    assert channel().prepare(outgoing("fax")) == channel().prepare(outgoing("fax"))


async def test_the_transport_hands_it_over() -> None:
    transport = RecordingChannel("email")
    fax = FaxChannel(FaxSettings(gateway=GATEWAY), transport)
    made = fax.prepare(outgoing("fax"))
    marker = CountingMarker()
    await fax.hand_over(made, marker)
    await fax.close()
    assert transport.taken == [made]
    assert marker.times == 1
    assert fax.concurrency == transport.concurrency


async def test_a_fax_travels_by_real_smtp_under_its_own_name_and_the_connection_is_closed_with_the_channel() -> None:
    async with Smtpd() as server:
        settings = SmtpSettings(host="127.0.0.1", port=server.port, security="none")
        fax = FaxChannel(FaxSettings(gateway=GATEWAY), SmtpChannel(settings))
        made = fax.prepare(outgoing("fax"))
        assert isinstance(await fax.hand_over(made, CountingMarker()), Accepted)
        await fax.close()
    (mail,) = server.mails
    assert mail.recipients == ("358401234567@fax.example",)
    assert mail.content == made.payload


def test_a_house_without_an_address_still_faxes() -> None:
    bare = Sender(name="Aino", email="aino@kahvila.example", postal_address="")
    assert "Aino" in sheet(channel().prepare(outgoing("fax", sender=bare)))
