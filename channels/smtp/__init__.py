"""Email over SMTP. aiosmtplib opens, secures and authenticates a connection; the transaction on it is ours."""

from channels.smtp.channel import SmtpChannel
from channels.smtp.settings import SmtpSettings, Timeouts

__all__ = ["SmtpChannel", "SmtpSettings", "Timeouts"]
