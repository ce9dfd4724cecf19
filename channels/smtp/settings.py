"""`[channels.email]` as checked values, and how long to wait for what."""

import re
from dataclasses import dataclass, field, fields
from typing import Final

from channels.errors import ChannelSettingsError
from channels.settings import Secret

SECURITY: Final = ("none", "starttls", "tls")
_LOOPBACK: Final = re.compile(r"localhost|127(\.\d{1,3}){3}|::1", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """Seconds. The defaults are the least that RFC 5321 section 4.5.3.2 allows a client to wait.

    `connect` covers the connection alone; `greeting` each step from the greeting to the login; `block` the sending of
    the body; `dot` the answer to the end of the message; `quit` the farewell. A marker that takes longer than
    `marker` is too old to act on: the message is then withdrawn from this connection.
    """

    connect: float = 60.0
    greeting: float = 300.0
    mail: float = 300.0
    rcpt: float = 300.0
    data: float = 120.0
    block: float = 180.0
    dot: float = 600.0
    quit: float = 5.0
    marker: float = 10.0

    def __post_init__(self) -> None:
        for name in (each.name for each in fields(self)):
            if not getattr(self, name) > 0:
                raise ChannelSettingsError(f"channels.email.{name}", "expected a time above 0 seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """Where mails are handed over, and how.

    `connections` are kept open at most. `idle` is how many seconds a kept connection may rest before it is replaced
    unasked. `verify` None means: check the server's certificate unless the server is this machine itself, whose
    certificate proves nothing. `ca_file` is a file of further authorities. `local_hostname` empty: the system's name.
    `log` is the file that the mail server logs to, where it is our own Postfix: what it proves settles doubts.
    """

    host: str = "localhost"
    port: int = 25
    security: str = "starttls"
    username: str = ""
    password: Secret = field(default_factory=Secret)
    connections: int = 8
    idle: float = 100.0
    verify: bool | None = None
    ca_file: str = ""
    local_hostname: str = ""
    log: str = ""
    timeouts: Timeouts = field(default_factory=Timeouts)

    def __post_init__(self) -> None:
        if not self.host or re.search(r"[\s/@]", self.host):
            raise ChannelSettingsError("channels.email.host", f"{self.host!r} is no host name or IP address")
        if not 0 < self.port < 65536:
            raise ChannelSettingsError("channels.email.port", f"{self.port} is no port; expected 1 to 65535")
        if self.security not in SECURITY:
            raise ChannelSettingsError(
                "channels.email.security", f"{self.security!r} is not one of {', '.join(SECURITY)}"
            )
        if self.connections < 1:
            raise ChannelSettingsError(
                "channels.email.connections", f"{self.connections} is too few; expected 1 or more"
            )
        if self.username and self.security == "none" and not self.is_local:
            raise ChannelSettingsError(
                "channels.email.security", f"the password would go to {self.host!r} in the clear: use starttls or tls"
            )

    @property
    def is_local(self) -> bool:
        """Whether the server is on this machine, as far as its name says."""
        return _LOOPBACK.fullmatch(self.host) is not None

    @property
    def verifies(self) -> bool:
        """Whether the server has to prove who it is."""
        return not self.is_local if self.verify is None else self.verify
