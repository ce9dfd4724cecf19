"""The mail server of the demo: keeps every mail as an .eml file and refuses mailboxes that nobody has."""

import re
from collections.abc import Callable
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path
from typing import cast

from channels.receiver import ReceivedMail, Receiver
from channels.receiver.session import ReceiverSession
from channels.receiver.values import Stage
from touches.clock import Clock
from touches.demo.arrivals import Arrival

_MAILTO = re.compile(r"<mailto:([^?>]+)")


class PostOffice(Receiver):
    """`exists` says whether a mailbox exists. Files lie in `folder`, in the order of their arrival."""

    def __init__(self, folder: Path, clock: Clock, exists: Callable[[str], bool]) -> None:
        super().__init__(self._keep)
        self.exists = exists
        self.refused: list[str] = []
        self._folder = folder
        self._clock = clock
        self._fresh: list[Arrival] = []
        self._kept = 0

    def session(self) -> ReceiverSession:
        """A session that knows the mailboxes."""
        return _Session(self)

    def fresh(self) -> list[Arrival]:
        """What came since the last question."""
        found, self._fresh = self._fresh, []
        return found

    def _keep(self, mail: ReceivedMail) -> str:
        self._kept += 1
        at = self._clock.now()
        name = f"{at:%Y-%m-%d}-{self._kept:04d}"
        path = self._folder / f"{name}.eml"
        path.write_bytes(mail.content)
        self._fresh.append(arrival_of(mail, path, self._clock))
        return name


class _Session(ReceiverSession):
    def recipient(self, address: str) -> None:
        """550 for a mailbox that does not exist (RFC 3463: 5.1.1)."""
        office = cast("PostOffice", self.receiver)
        if office.exists(address):
            super().recipient(address)
            return
        office.refused.append(address)
        self.answer(Stage.RCPT, f"550 5.1.1 <{address}>: Recipient address rejected: User unknown")


def arrival_of(mail: ReceivedMail, path: Path, clock: Clock) -> Arrival:
    """The mail as its reader sees it."""
    message = message_from_bytes(mail.content)
    opt_out = _MAILTO.search(header(message, "List-Unsubscribe"))
    return Arrival(
        channel="email",
        address=mail.recipients[0],
        at=clock.now(),
        text=text_of(message),
        path=path,
        subject=header(message, "Subject"),
        message_id=header(message, "Message-ID").strip("<> "),
        back_to=mail.sender,
        reply_to=header(message, "Reply-To") or header(message, "From"),
        opt_out_to=opt_out[1] if opt_out else "",
    )


def header(message: Message, name: str) -> str:
    """A header, decoded, on one line; empty when it is missing."""
    return " ".join(str(make_header(decode_header(str(message.get(name, ""))))).split())


def text_of(message: Message) -> str:
    """Its plain text."""
    part = next((part for part in message.walk() if part.get_content_type() == "text/plain"), None)
    content = part.get_payload(decode=True) if part is not None else None
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
