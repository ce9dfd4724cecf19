"""The other side of each channel, seen the same way: is it there, what did it get, and how to take it away."""

import io
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any

import pypdf

from channels.fax import FaxChannel
from channels.letter.channel import LetterChannel
from channels.protocol import Channel, Outgoing
from channels.recording import RecordingChannel
from channels.settings import FaxSettings, LetterSettings, Secret, SmsSettings
from channels.sms.kannel import KannelChannel
from channels.sms.twilio import TwilioChannel
from channels.smtp import SmtpChannel, SmtpSettings
from channels.tasks import CallChannel, MeetingChannel
from tests.servers.gateways import PASSWORD, HttpGateway, KannelGateway, TwilioGateway
from tests.servers.smtpd import Smtpd
from tests.unit.channels.outgoing import POSTAL, outgoing


@dataclass(slots=True, kw_only=True)
class Case:
    """One channel with its receiver. `received` gives the texts that arrived; `take_away` makes the receiver
    unreachable (None: there is nothing outside); `hopeless` are changes that no such channel can carry."""

    channel: Channel
    received: Callable[[], list[str]]
    take_away: Callable[[], Any] | None = None
    hopeless: dict[str, Any] = field(default_factory=dict)
    keys: Callable[[], list[str]] | None = None
    address: str = "+358401234567"

    def message(self, **changes: Any) -> Outgoing:
        recipient = replace(POSTAL, address=self.address)
        whole = outgoing(self.channel.name, recipient=changes.pop("recipient", recipient))
        return replace(whole, **changes)


Opened = Callable[[Path], AbstractAsyncContextManager[Case]]


def _sms(gateway: HttpGateway, url: str, **settings: Any) -> SmsSettings:
    return SmsSettings(url=url, password=Secret(PASSWORD), sender="+358409999999", answer_timeout=5.0, **settings)


BAD_NUMBER = {"recipient": replace(POSTAL, address="12")}


@asynccontextmanager
async def kannel(_folder: Path) -> AsyncIterator[Case]:
    async with KannelGateway() as gateway:
        yield Case(
            channel=KannelChannel(_sms(gateway, gateway.url, account="touch")),
            received=lambda: [query["text"] for query in gateway.taken],
            take_away=gateway.stop,
            hopeless=BAD_NUMBER,
        )


@asynccontextmanager
async def twilio(_folder: Path) -> AsyncIterator[Case]:
    async with TwilioGateway() as gateway:
        yield Case(
            channel=TwilioChannel(_sms(gateway, gateway.origin, account="AC1")),
            received=lambda: [message["Body"] for message in gateway.taken],
            take_away=gateway.stop,
            hopeless=BAD_NUMBER,
        )


@asynccontextmanager
async def email(_folder: Path) -> AsyncIterator[Case]:
    async with Smtpd() as server:
        settings = SmtpSettings(host="127.0.0.1", port=server.port, security="none")
        yield Case(
            channel=SmtpChannel(settings),
            received=lambda: [_mail_text(mail.content) for mail in server.mails],
            keys=lambda: [_message_id(mail.content).partition("@")[0] for mail in server.mails],
            take_away=server.close,
            hopeless={"recipient": replace(POSTAL, address="ville@customer.test\r\nBcc: v@x.test")},
            address="ville@customer.test",
        )


@asynccontextmanager
async def letter(folder: Path) -> AsyncIterator[Case]:
    spool = folder / "letters"

    def take_away() -> None:
        spool.write_text("no folder any more")

    yield Case(
        channel=LetterChannel(LetterSettings(spool=spool, home="FI")),
        received=lambda: [_pdf_text(path.read_bytes()) for path in spool.glob("out/*.pdf")],
        keys=lambda: [path.stem for path in spool.glob("out/*.pdf")],
        take_away=take_away,
        hopeless={"recipient": replace(POSTAL, postal_lines=())},
    )


@asynccontextmanager
async def fax(folder: Path) -> AsyncIterator[Case]:
    transport = RecordingChannel("email")
    yield Case(
        channel=FaxChannel(FaxSettings(gateway="{number}@fax.example"), transport),
        received=lambda: [_attached(mail.payload) for mail in transport.taken],
        keys=lambda: [mail.key for mail in transport.taken],
        hopeless=BAD_NUMBER,
    )


def _task(make: Callable[[], Channel]) -> Opened:
    @asynccontextmanager
    async def opened(_folder: Path) -> AsyncIterator[Case]:
        channel = make()
        yield Case(channel=channel, received=list, hopeless={"recipient": replace(POSTAL, address="")})

    return opened


@asynccontextmanager
async def recording(_folder: Path) -> AsyncIterator[Case]:
    channel = RecordingChannel()
    yield Case(
        channel=channel,
        received=lambda: [mail.payload.decode() for mail in channel.taken],
        keys=lambda: [mail.key for mail in channel.taken],
        hopeless={"values": {}},
    )


CASES: dict[str, Opened] = {
    "email": email,
    "kannel": kannel,
    "twilio": twilio,
    "letter": letter,
    "fax": fax,
    "call": _task(CallChannel),
    "meeting": _task(MeetingChannel),
    "recording": recording,
}


def _pdf_text(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def _attached(mail: bytes) -> str:
    (part,) = _parsed(mail).iter_attachments()
    return _pdf_text(part.get_content())


def _mail_text(mail: bytes) -> str:
    plain = _parsed(mail).get_body(("plain",))
    return plain.get_content() if plain is not None else ""


def _message_id(mail: bytes) -> str:
    return str(_parsed(mail)["Message-ID"]).strip("<>")


def _parsed(mail: bytes) -> EmailMessage:
    return BytesParser(_class=EmailMessage, policy=default).parsebytes(mail)
