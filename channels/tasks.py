"""Calls and meetings: a person does them. The channel writes the script and hands it over to the list."""

import hashlib
import json
from dataclasses import asdict, dataclass

from channels.errors import UnsendableError
from channels.protocol import Accepted, Marker, Outgoing, Prepared, Result, Withdrawn
from channels.rendering import render_markdown_plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What the seller has before the eyes: whom, what is new, and which step to agree on. Plain text."""

    name: str
    subject: str
    greeting: str
    news: str
    ask: str


class TaskChannel:
    """Hands over to a person. The entry in the list is made by the engine, in its own database, when this
    channel has said `Accepted`; nothing leaves the house before somebody dials."""

    concurrency = 16

    def __init__(self, name: str) -> None:
        self.name = name

    def prepare(self, outgoing: Outgoing) -> Prepared:
        """The script as payload. Raises UnsendableError("no address", "empty text") and what rendering
        raises."""
        if not outgoing.recipient.address.strip():
            raise UnsendableError("no address", f"a {self.name} needs a number or a place")
        payload = json.dumps(asdict(write_script(outgoing)), ensure_ascii=False, sort_keys=True).encode("utf-8")
        return Prepared(
            key=outgoing.key,
            channel=outgoing.channel,
            address=outgoing.recipient.address,
            return_path="",
            payload=payload,
            digest=hashlib.blake2b(payload).hexdigest(),
        )

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        """`reference` is our own key: the touch itself is the entry of the list."""
        if not await marker():
            return Withdrawn()
        return Accepted(reference=prepared.key)

    async def close(self) -> None:
        """Nothing is held open."""


class CallChannel(TaskChannel):
    """`call`."""

    def __init__(self) -> None:
        super().__init__("call")


class MeetingChannel(TaskChannel):
    """`meeting`."""

    def __init__(self) -> None:
        super().__init__("meeting")


def write_script(outgoing: Outgoing) -> Script:
    """The news and the ask as text to be said; both may hold several lines."""
    said = render_markdown_plain(outgoing.piece, outgoing.values)
    if not said.body.strip() and not said.ask.strip():
        raise UnsendableError("empty text", "there is nothing to tell and nothing to ask")
    return Script(
        name=outgoing.recipient.name,
        subject=said.subject,
        greeting=said.greeting,
        news=said.body,
        ask=said.ask,
    )


def read_script(payload: bytes) -> Script:
    """The script as `prepare` wrote it; what another channel or version composed is shown as it stands."""
    try:
        return Script(**json.loads(payload))
    except (ValueError, TypeError):
        return Script(name="", subject="", greeting="", news=payload.decode("utf-8", "replace").strip(), ask="")
