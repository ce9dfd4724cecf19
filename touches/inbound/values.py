"""What came back as one value for every way in, and whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One message or report, its texts made safe to store. (`source`, `source_id`) is the same for every replay."""

    source: str  # mail, or the provider's name
    source_id: str
    channel: str  # email | sms: by which way it came
    kind: str
    because: str  # the rule that gave it its class
    sender: str
    subject: str
    text: str
    at: datetime
    machine: bool = False  # nobody may be told that a person wrote this


class By(StrEnum):
    """What told whose a message is, the surest first."""

    TOKEN = "token"  # noqa: S105 - our signed mark in an address it was sent to, or in the original it returns
    THREAD = "thread"  # In-Reply-To or References name a Message-ID of ours
    SENDER = "sender"  # only the address it says it comes from
    QUOTE = "quote"  # our signed mark somewhere in its text
    PERSON = "person"  # somebody looked at it
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A touch that a message names by a mark we signed. `address` is where the touch went."""

    touch_id: int
    lead_id: int | None
    channel: str
    address: str
    notice: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the database knows that bears on one message.

    `marks` holds every touch that it names; `writers` are the leads who have exactly the sender's address and
    `colleagues` those at the sender's domain who were touched lately. `touched` names, of both, the latest touch of
    the last 60 days by the way the message came.
    """

    marks: Mapping[int, Mark] = field(default_factory=dict)
    writers: tuple[int, ...] = ()
    colleagues: tuple[int, ...] = ()
    touched: Mapping[int, int] = field(default_factory=dict)
    ours: bool = False  # the sender is one of us


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Whose a message is. `may_be` are leads who may be meant, where nobody can tell: their cadence waits for a person.

    `speakers` are the leads for whom the sender may speak for good: whose address it is, or to whom we sent the address
    that was written to. Only for them an opt-out counts.
    """

    by: By
    because: str
    lead_id: int | None = None
    touch_id: int | None = None
    speakers: tuple[int, ...] = ()
    may_be: tuple[int, ...] = ()
    ours: bool = False
    mark: Mark | None = None
