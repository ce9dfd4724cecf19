"""The seam between the engine and the outside: what goes out, what may come of it, the protocol of a channel."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias, runtime_checkable


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who writes: `[sender]` of the settings, with the owner's own name and address where there is one."""

    name: str
    email: str
    postal_address: str
    reply_to: str = ""
    phone: str = ""
    complaints: str = ""  # where a customer complains, shown in every footer and letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Whom it is for. `address` is the contact point of the channel: a mailbox, an E.164 number, or postal lines."""

    name: str
    address: str
    language: str = ""  # BCP 47, empty when unknown
    country: str = ""  # ISO 3166-1 alpha-2, empty when unknown
    postal_lines: tuple[str, ...] = ()  # the window of an envelope, without the name


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What is said, before the lead's values are joined in. All four texts are Jinja2; `body` is Markdown.

    `key` names the piece and its wording (step, news, language, digest): equal keys mean equal texts, so a composer
    may keep what it derived from them.
    """

    key: str
    subject: str
    body: str
    ask: str = ""
    greeting: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Ways back. Empty means: there is none (no `[web]` section), and what depends on it is left out."""

    unsubscribe_url: str = ""  # https; one-click by RFC 8058
    unsubscribe_mailto: str = ""  # mailto: URI
    browser_url: str = ""  # the touch as a page
    complaint_url: str = ""
    preferences_url: str = ""  # channels, a break, language


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message of one touch or notice, not yet composed.

    `key` depends on the touch alone, never on the attempt: Message-ID, provider keys and file names come from it.
    `return_path` is the envelope sender (with the touch's token, so that a bounce names it). `values` holds the lead's
    data as plain strings and numbers; they are data and never template source.
    """

    key: str
    channel: str
    message_id: str  # without angle brackets
    date: datetime
    sender: Sender
    recipient: Recipient
    piece: Piece
    values: Mapping[str, object] = field(default_factory=dict)
    links: Links = field(default_factory=Links)
    return_path: str = ""
    purpose: str = "touch"  # touch | notice | test; only a touch carries List-Unsubscribe
    in_reply_to: str = ""
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A composed message: frozen bytes that every attempt sends unchanged."""

    key: str
    channel: str
    address: str  # what the transport is told: RCPT TO, To=, file name, printer
    return_path: str
    payload: bytes
    digest: str  # of the payload, hex: 256 bits or more
    parts: int = 1  # SMS segments, letter pages
    smtputf8: bool = False
    transparent: bool = (
        False  # CRLF line ends alone, and no line begins with a dot (RFC 5321 4.5.2): it leaves as it is
    )


class Failure(StrEnum):
    """Why the other side (or the way to it) said no; decides who is blamed and when the next try is."""

    CONNECT = "connect"  # no connection, no greeting, TLS or DNS failed: the way, not the lead
    GREYLIST = "greylist"  # "come back later" to an unknown pair
    TEMPORARY = "temporary"  # 4yz
    BUSY = "busy"  # 421, printer busy: leave this host alone for a while
    THROTTLED = "throttled"  # 429, SMPP 0x58; retry_after when they said it
    MAILBOX_FULL = "mailbox_full"
    BAD_ADDRESS = "bad_address"  # 5.1.x: this address does not exist
    OPTED_OUT = "opted_out"  # the provider knows an opt-out of this address
    POLICY = "policy"  # 5.7.x: they refuse us, not the lead
    CONFIGURATION = "configuration"  # credentials, sender refused, 401, 403: pause the transport
    REJECTED = "rejected"  # any other permanent refusal of this one message


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The other side took responsibility. `reference` is its name for the message (queue id, SID, file, job)."""

    reference: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A refusal that was received, or a failure before anything irrevocable: certainly not accepted."""

    failure: Failure
    permanent: bool
    code: str = ""
    text: str = ""
    retry_after: float | None = None  # seconds, as they asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """The irrevocable byte may have left and no answer came: nobody may send it again without proof."""

    phase: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn:
    """The marker said no (an opt-out, a stop, a closed window came first): nothing left."""


Result: TypeAlias = Accepted | Refused | Unknown | Withdrawn

# Awaited exactly once, right before the irrevocable byte. True: the marker is durable, go on. False: back out.
Marker: TypeAlias = Callable[[], Awaitable[bool]]


@runtime_checkable
class Channel(Protocol):
    """One way out. An instance is used by one event loop and may be asked to hand over several messages at once,
    at most `concurrency` of them."""

    name: str
    concurrency: int

    def prepare(self, outgoing: Outgoing) -> Prepared:
        """Compose. CPU only, no I/O to the outside; raises UnsendableError. Same input, same bytes."""

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        """Offer, await `marker()` once before the irrevocable byte, commit. Never raises for what the others do."""

    async def close(self) -> None:
        """Leave politely; idempotent."""
