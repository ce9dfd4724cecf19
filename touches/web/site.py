"""What every page works with, made once from the workspace."""

import threading
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from touches.engine.office import Office
from touches.errors import SettingsError
from touches.settings.model import Settings
from touches.web.rendering import Pages
from touches.web.sessions import Sessions
from touches.web.throttle import Throttle

GUESSES = 30  # wrong links or callbacks of one client in ten minutes
WRONG_PASSWORDS = 5  # of one client for one name in a quarter of an hour
WRONG_LOGINS = 50  # of all clients for one name, or of one client for all names


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Who calls back about SMS. `signing_key` is Twilio's token, `secret` ours in the addresses given to Kannel."""

    name: str = ""
    signing_key: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    base_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One workspace on the web. `lock` is held while the office's library is used: threads may not share it."""

    office: Office
    base_url: str
    timezone: str
    provider: Provider
    sessions: Sessions
    pages: Pages
    guesses: Throttle
    passwords: Throttle
    logins: Throttle
    lock: threading.Lock

    @property
    def prefix(self) -> str:
        """The path under which a proxy shows us; empty at the root."""
        return urlsplit(self.base_url).path.rstrip("/")


def site_of(settings: Settings, office: Office) -> Site:
    """The site that `[web]` describes; SettingsError where there is none."""
    if settings.web is None:
        raise SettingsError(
            "There is no [web] in touches.toml, so nobody knows under which address the pages are reached.",
            hint='Add [web] with base_url = "https://…" (and bind, if not 127.0.0.1:8080).',
        )
    base_url = settings.web.base_url.rstrip("/")
    zone_name, path = settings.workspace.timezone, urlsplit(base_url).path
    return Site(
        office=office,
        base_url=base_url,
        timezone=zone_name,
        provider=provider_of(settings, office),
        sessions=Sessions(office.signer.digest("web", "sessions"), secure=base_url.startswith("https://")),
        pages=Pages(name=settings.workspace.name, zone_name=zone_name, prefix=path),
        guesses=Throttle(limit=GUESSES, seconds=600),
        passwords=Throttle(limit=WRONG_PASSWORDS, seconds=900),
        logins=Throttle(limit=WRONG_LOGINS, seconds=900),
        lock=threading.Lock(),
    )


def provider_of(settings: Settings, office: Office) -> Provider:
    """The provider of `[channels.sms]`; without one no callback is accepted."""
    sms = settings.channels.sms
    if sms is None or settings.web is None:
        return Provider()
    return Provider(
        name=sms.provider,
        signing_key=settings.password("sms").reveal() if sms.provider == "twilio" else "",
        secret=office.signer.digest("web", "inbound sms"),
        base_url=(settings.web.callbacks or settings.web.base_url).rstrip("/"),
    )


def callback_addresses(provider: Provider) -> dict[str, str]:
    """What is entered at the provider: the address for incoming messages (Kannel: of its `sms-service`)."""
    if not provider.name:
        return {}
    address = f"{provider.base_url}/sms/inbound/{provider.name}"
    if provider.name == "kannel":
        address += f"?token={provider.secret}&from=%p&to=%P&text=%b&charset=%C&coding=%c&id=%I&time=%t"
    return {"inbound_sms": address}
