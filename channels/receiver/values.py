"""What a receiver offers and what it has received."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Stage(StrEnum):
    """What a reply of the server answers."""

    CONNECT = "connect"
    EHLO = "ehlo"
    STARTTLS = "starttls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    DOT = "dot"
    RSET = "rset"
    QUIT = "quit"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedMail:
    """One message as it arrived: stuffed dots taken out, line ends as they came, the envelope apart."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    parameters: tuple[str, ...] = ()  # of MAIL, as given
    secured: bool = False
    account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverOptions:
    """What a receiver offers. `accounts` maps user to password; without any, nobody has to log in."""

    hostname: str = "receiver.example"
    size_limit: int = 20_000_000
    extended: bool = True  # EHLO is known
    pipelining: bool = True
    eight_bit: bool = True
    smtputf8: bool = True
    tls: ssl.SSLContext | None = None
    accounts: Mapping[str, str] = field(default_factory=dict)

    def offers(self, *, secured: bool) -> tuple[str, ...]:
        """The lines of an answer to EHLO."""
        found = {
            "PIPELINING": self.pipelining,
            f"SIZE {self.size_limit}": True,
            "8BITMIME": self.eight_bit,
            "SMTPUTF8": self.smtputf8,
            "STARTTLS": self.tls is not None and not secured,
            "AUTH PLAIN LOGIN": bool(self.accounts),
            "ENHANCEDSTATUSCODES": True,
        }
        return (self.hostname, *(line for line, offered in found.items() if offered))
