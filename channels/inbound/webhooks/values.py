"""What a provider's callback says, the same for all providers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """How far a message got. Reports come out of order: a status may only rise in `rank`."""

    UNKNOWN = "unknown"  # a word we do not know: kept, not guessed
    QUEUED = "queued"
    SENT = "sent"  # the network has it
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"

    @property
    def rank(self) -> int:
        """Proof of arrival outranks a failure report, since both may come and only one can be true."""
        return _RANKS[self]


_RANKS = {
    Status.UNKNOWN: 0, Status.QUEUED: 1, Status.SENT: 2, Status.UNDELIVERED: 3, Status.FAILED: 3, Status.DELIVERED: 4,
    Status.READ: 5,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What became of one message. (`source`, `event_id`) is the same for every replay: keep it unique.

    `key` is our own token from the callback's address, `reference` the provider's name for the message; one of the
    two may be empty.
    """

    source: str  # twilio | kannel
    event_id: str
    key: str
    reference: str
    status: Status
    at: datetime
    text: str = ""  # the provider's words or error code, one line, at most 500 characters


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundSms:
    """One text message that came in, all its parts joined by the provider."""

    source: str
    event_id: str
    sender: str  # as the provider writes it; E.164 where it does
    to: str
    text: str  # at most 4,000 characters, control characters but line breaks removed
    at: datetime


def one_line(text: str, *, at_most: int = 500) -> str:
    """Provider text made harmless for a log or a table: one line, no control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text[: at_most * 4]).split())[
        :at_most
    ]


def message_text(text: str, *, at_most: int = 4000) -> str:
    """A message's text: line breaks kept, other control characters removed."""
    lines = text[: at_most * 2].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(letter for letter in line if letter == "\t" or letter >= " ") for line in lines)[:at_most]
