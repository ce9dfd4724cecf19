"""From an outgoing touch or notice to the bytes of a mail. CPU only; how they travel is `channels.smtp`."""

from channels.mail.composer import MailComposer

__all__ = ["MailComposer"]
