"""The other side of each channel, seen the same way: is it there, what did it get, and how to take it away."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from channels.fax import FaxChannel
from channels.letter.channel import LetterChannel
from channels.protocol import Channel, Outgoing
from channels.recording import RecordingChannel
from channels.settings import FaxSettings, LetterSettings, Secret, SmsSettings
from channels.sms.kannel import KannelChannel
from channels.sms.twilio import TwilioChannel
from channels.tasks import CallChannel, MeetingChannel
from tests.servers.gateways import PASSWORD, HttpGateway, KannelGateway, TwilioGateway
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

    def message(self, **changes: Any) -> Outgoing:
        recipient = replace(POSTAL, address="+358401234567")
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
    "kannel": kannel,
    "twilio": twilio,
    "letter": letter,
    "fax": fax,
    "call": _task(CallChannel),
    "meeting": _task(MeetingChannel),
    "recording": recording,
}


def _pdf_text(pdf: bytes) -> str:
    import io

    import pypdf

    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def _attached(mail: bytes) -> str:
    import email
    from email.policy import default

    (part,) = email.message_from_bytes(mail, policy=default).iter_attachments()
    return _pdf_text(part.get_content())
