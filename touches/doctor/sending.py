"""The ways out, looked at from here: whether the mail server answers, and what the sender's domain says in DNS."""

import socket
from collections.abc import Iterable
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from touches.doctor.answer import Answer, Health, fail, ok, skipped, warn
from touches.errors import TouchesError
from touches.settings.model import Settings

PATIENCE = 5.0  # seconds
IPP_PORT = 631  # RFC 8010 section 4
RESERVED = {"example", "test", "invalid", "localhost"}  # RFC 2606: nobody owns these


def ways_out(settings: Settings) -> Iterable[Answer]:
    """Whether each way out can be set up as it is written; nothing is connected to."""
    from channels.errors import ChannelError
    from touches.wiring import channel_makers

    for name, make in channel_makers(settings).items():
        try:
            make()
        except ChannelError as error:
            yield fail(f"channel {name}", str(error), f"Change [channels.{name}] in touches.toml.")
        except TouchesError as error:
            yield fail(f"channel {name}", error.message, error.hint)
        else:
            yield ok(f"channel {name}", "set up")


def mail_server(settings: Settings) -> Answer:
    """Whether something accepts connections where mails go; nothing is said to it."""
    email = settings.channels.email
    if email is None:
        return skipped("mail server", "no [channels.email] in the settings, so no mail leaves")
    return _reachable("mail server", email.host, email.port, "[channels.email]")


def sms_gateway(settings: Settings) -> Iterable[Answer]:
    """Whether a Kannel accepts connections; Twilio is not ours to look at."""
    sms = settings.channels.sms
    if sms is None or sms.provider != "kannel":
        return
    from channels.errors import ChannelSettingsError
    from channels.settings import check_web_address
    from channels.sms.kannel import LOCAL

    url = sms.url or LOCAL
    try:
        check_web_address("channels.sms.url", url)
    except ChannelSettingsError:
        return  # said of the channel already
    address = urlsplit(url)
    port = address.port or (443 if address.scheme == "https" else 80)
    yield _reachable("sms gateway", address.hostname or "", port, "[channels.sms]", key="url")


def printer(settings: Settings) -> Iterable[Answer]:
    """Whether the printer of letters accepts connections; where nobody named one, somebody prints by hand."""
    letter = settings.channels.letter
    if letter is None or not letter.printer:
        return
    address = urlsplit(letter.printer)
    try:
        port = address.port or IPP_PORT
    except ValueError:
        yield fail("printer", f'"{letter.printer}" has no port from 1 to 65535', "Change [channels.letter] printer.")
        return
    yield _reachable("printer", address.hostname or "", port, "[channels.letter]", key="printer")


def imap_server(settings: Settings) -> Answer:
    """Whether the server of the inbound mailbox accepts connections."""
    imap = settings.inbound.imap
    if imap is None:
        return skipped("inbound", "no [inbound.imap]: answers and bounces come by `touches inbound mail` alone")
    return _reachable("inbound", imap.host, imap.port, "[inbound.imap]")


def _reachable(check: str, host: str, port: int, section: str, *, key: str = "host and port") -> Answer:
    try:
        with socket.create_connection((host, port), timeout=PATIENCE):
            return ok(check, f"{host}:{port} answers")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return fail(check, f"{host}:{port}: {reason}", f"Check {section} {key}, and the server.")


def escalations(settings: Settings) -> Answer:
    """Whether somebody besides the owner hears of what is overdue."""
    if settings.alerts.to:
        return ok("escalation", f"[alerts] to {', '.join(settings.alerts.to)}")
    found = "no [alerts] to: what is overdue is told to its owner alone, and to nobody where the owner has no mailbox"
    return warn("escalation", found, 'Set [alerts] to = ["…"], a mailbox that somebody reads.')


def mail_security(settings: Settings) -> Answer:
    """A login without encryption over the network shows the password to everybody on the way."""
    email = settings.channels.email
    if email and email.username and email.security == "none" and email.host not in {"localhost", "127.0.0.1", "::1"}:
        return warn("mail security", "a password, and no encryption", 'Set [channels.email] security = "starttls".')
    return ok("mail security", email.security if email else "no mail")


def domain(settings: Settings) -> Iterable[Answer]:
    """Whether the sender's domain publishes SPF and DMARC, without which large providers refuse mail."""
    name = settings.sender.email.rpartition("@")[2]
    if name.rpartition(".")[2].casefold() in RESERVED:
        yield skipped("DNS", f"{name} is a name for trials; set [sender] email before you write to people")
        return
    if find_spec("dns") is None:
        yield skipped("DNS", f"SPF, DKIM and DMARC of {name} are looked at only with dnspython: pip install dnspython")
        return
    yield _record("SPF", name, "v=spf1")
    yield _record("DMARC", f"_dmarc.{name}", "v=dmarc1")
    yield skipped("DKIM", "its selector is known to your mail server alone: look at a delivered mail's headers")


def _record(check: str, name: str, begins: str) -> Answer:
    import dns.exception
    import dns.resolver

    try:
        found: Any = dns.resolver.resolve(name, "TXT", lifetime=PATIENCE)
    except dns.exception.DNSException as error:
        return Answer(
            check=check,
            health=Health.WARN,
            found=f"no TXT record at {name} ({type(error).__name__})",
            advice=f"Ask whoever keeps your DNS to publish {check}.",
        )
    texts = [b"".join(record.strings).decode(errors="replace") for record in found]
    if any(text.casefold().startswith(begins) for text in texts):
        return ok(check, name)
    return warn(check, f"{name} has TXT records, but none begins with {begins}", f"Publish {check}.")
