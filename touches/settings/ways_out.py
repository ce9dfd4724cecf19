"""What each way out, and the way back, is told from what `touches.toml` says. The channels' own checks hold:
ChannelSettingsError."""

from typing import TYPE_CHECKING

from touches.errors import SettingsError
from touches.settings.model import Settings

if TYPE_CHECKING:
    from channels.inbound.imap import ImapSettings
    from channels.settings import FaxSettings, LetterSettings, SmsSettings
    from channels.smtp.settings import SmtpSettings


def smtp_settings(settings: Settings) -> "SmtpSettings":
    """Mail, with its password; SettingsError where it is not set up or a file cannot be read."""
    from channels.settings import Secret
    from channels.smtp.settings import SmtpSettings

    email = settings.channels.email
    if email is None:
        raise SettingsError("[channels.email] is not set up, so no mail can leave.")
    return SmtpSettings(
        host=email.host,
        port=email.port,
        security=email.security,
        username=email.username,
        password=Secret(settings.password("email").reveal()),
        connections=email.connections,
        log=str(settings.path(email.log)) if email.log else "",
        verify=email.verify,
        ca_file=str(settings.path(email.ca_file)) if email.ca_file else "",
    )


def sms_settings(settings: Settings) -> "SmsSettings":
    """SMS, with its password; SettingsError where it is not set up or a file cannot be read."""
    from channels.settings import STOP_HINTS, Secret, SmsSettings

    sms = settings.channels.sms
    if sms is None:
        raise SettingsError("[channels.sms] is not set up, so no SMS can leave.")
    return SmsSettings(
        provider=sms.provider,
        url=sms.url,
        account=sms.account,
        password=Secret(settings.password("sms").reveal()),
        sender=sms.sender,
        messaging_service=sms.messaging_service,
        max_parts=sms.max_parts,
        opt_out={**STOP_HINTS, **sms.opt_out},
        callback_base=(settings.web.callbacks or settings.web.base_url) if settings.web else "",
    )


def letter_settings(settings: Settings) -> "LetterSettings":
    """Letters; they need no section."""
    from channels.settings import LetterSettings

    letter = settings.channels.letter
    return LetterSettings(
        spool=settings.path(letter.spool),
        printer=letter.printer,
        printer_verify=letter.printer_verify,
        form=letter.form,
        home=settings.workspace.country,
    )


def fax_settings(settings: Settings) -> "FaxSettings":
    """The gateway of faxes."""
    from channels.settings import FaxSettings

    return FaxSettings(gateway=settings.channels.fax.gateway, home=settings.workspace.country)


def imap_settings(settings: Settings) -> "ImapSettings":
    """The mailbox that is read, with its password; SettingsError where none is set up or a file cannot be read."""
    from channels.inbound.imap import ImapSettings

    imap = settings.inbound.imap
    if imap is None:
        raise SettingsError("[inbound.imap] is not set up, so no mailbox can be read.")
    return ImapSettings(
        host=imap.host,
        port=imap.port,
        security=imap.security,
        username=imap.username,
        password=settings.password("inbound").reveal(),
        folder=imap.folder,
    )
