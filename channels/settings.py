"""What each channel but email can be told, as checked values; nothing here opens or reads anything."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit

from channels.errors import ChannelSettingsError

STOP_HINTS: Mapping[str, str] = MappingProxyType(
    {
        "en": "Reply STOP to opt out",
        "fi": "Lopeta viestit: vastaa STOP",
        "de": "Abmelden: STOP antworten",
    }
)

_LOOPBACK = re.compile(r"localhost|127(\.\d{1,3}){3}|::1")
_GATEWAY_ADDRESS = re.compile(r"[^\s@]*\{number\}[^\s@]*@[^\s@]+\Z")


class Secret:
    """A password or token. Only `reveal()` shows it: not repr, not str, not a format, not an error text."""

    __slots__ = ("_value",)

    def __init__(self, value: str = "") -> None:
        self._value = value

    def reveal(self) -> str:
        """The secret itself, for the one line that sends it."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(hidden)" if self._value else "Secret(empty)"

    __str__ = __repr__

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash(self._value)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmsSettings:
    """`[channels.sms]`. Times are seconds; `url` empty means the provider's own address.

    `callback_base` is the https address under which the provider may report what became of a message (empty: no
    reports); `callback_secret` signs the keys of reports, for keys that can be guessed (the engine's cannot).
    `opt_out` maps a language to the sentence that ends an advertising SMS; `en` is the last resort.
    """

    provider: str = "kannel"
    url: str = ""
    account: str = ""
    password: Secret = field(default_factory=Secret)
    sender: str = ""
    messaging_service: str = ""
    callback_base: str = ""
    callback_secret: Secret = field(default_factory=Secret)
    max_parts: int = 6
    straighten: bool = True
    opt_out: Mapping[str, str] = field(default_factory=lambda: STOP_HINTS)
    connections: int = 4
    connect_timeout: float = 10.0
    answer_timeout: float = 30.0

    def __post_init__(self) -> None:
        _at_least("channels.sms.max_parts", self.max_parts, 1)
        _at_least("channels.sms.connections", self.connections, 1)
        _positive("channels.sms.connect_timeout", self.connect_timeout)
        _positive("channels.sms.answer_timeout", self.answer_timeout)
        if self.url:
            check_web_address("channels.sms.url", self.url)
        if self.callback_base:
            check_web_address("channels.sms.callback_base", self.callback_base)
        if "en" not in self.opt_out:
            raise ChannelSettingsError("channels.sms.opt_out", "an English sentence (en) is needed as last resort")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSettings:
    """`[channels.letter]`. `home` is the sender's country (ISO 3166-1): letters elsewhere name the country.

    `form` is `din` (DIN 5008 form B), `us` (No. 10 envelope) or `auto`, which takes `us` for the United
    States and Canada. `printer` is an ipp:// or ipps:// address, or empty; `printer_verify` demands a
    certificate that this machine trusts (many printers have none).
    """

    spool: Path
    printer: str = ""
    home: str = ""
    form: str = "auto"
    max_pages: int = 8
    printer_timeout: float = 60.0
    printer_verify: bool = True

    def __post_init__(self) -> None:
        _at_least("channels.letter.max_pages", self.max_pages, 1)
        _positive("channels.letter.printer_timeout", self.printer_timeout)
        if self.form not in ("auto", "din", "us"):
            raise ChannelSettingsError("channels.letter.form", f"{self.form!r} is not one of auto, din, us")
        if self.printer:
            _check_printer(self.printer)


@dataclass(frozen=True, slots=True, kw_only=True)
class FaxSettings:
    """`[channels.fax]`. `gateway` is the gateway's mailbox with `{number}` where the digits go."""

    gateway: str
    keep_plus: bool = False
    home: str = ""

    def __post_init__(self) -> None:
        if not _GATEWAY_ADDRESS.match(self.gateway):
            raise ChannelSettingsError(
                "channels.fax.gateway",
                f'{self.gateway!r} is no fax gateway; expected an address such as "{{number}}@fax.example"',
            )


def check_web_address(setting: str, value: str, *, secure: bool = False) -> None:
    """Refuse what is no http(s) address with a host. `secure`: plain http only to this machine, since a
    password travels."""
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or not _has_port(parts) or re.search(r"\s", value):
        raise ChannelSettingsError(setting, "expected an address such as https://sms.example/path")
    if parts.username or parts.password:
        raise ChannelSettingsError(setting, "no account in the address: use account and password_file")
    if secure and parts.scheme == "http" and not _LOOPBACK.fullmatch(parts.hostname):
        raise ChannelSettingsError(setting, f"the password would go to {parts.hostname!r} in the clear: use https")


def _has_port(parts: SplitResult) -> bool:
    """Whether the port, if one is named, is a number that a port may have."""
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False


def _check_printer(value: str) -> None:
    parts = urlsplit(value)
    if parts.scheme not in ("ipp", "ipps") or not parts.hostname:
        raise ChannelSettingsError(
            "channels.letter.printer", f"{value!r} is no printer; expected ipp://host:631/ipp/print"
        )


def _at_least(setting: str, value: int, least: int) -> None:
    if value < least:
        raise ChannelSettingsError(setting, f"{value} is too small; expected {least} or more")


def _positive(setting: str, value: float) -> None:
    if not value > 0:
        raise ChannelSettingsError(setting, f"{value} is no length of time; expected seconds above 0")
