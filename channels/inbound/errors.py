"""What can go wrong on the way back; hostile or broken *messages* are values (`InboundKind.POISON`), never errors.

InboundError
├── InboundConnectionError   the mailbox could not be reached, or the connection broke: try again later
├── InboundLoginError        the server refuses our credentials or folder: a setting is wrong
├── WebhookError             a callback that is not signed by its provider, or that nobody can read
│   └── SignatureError       the signature is missing, wrong or too old
└── WorkerError              the classifying child process cannot be started
"""

from channels.errors import ChannelError


class InboundError(ChannelError):
    """Base of the errors of this package."""


class InboundConnectionError(InboundError):
    """No connection, no greeting, or the line broke in the middle. What was already yielded stays valid."""


class InboundLoginError(InboundError):
    """Credentials or folder refused; `setting` names what to look at in touches.toml."""

    def __init__(self, setting: str, message: str) -> None:
        super().__init__(f"{setting}: {message}")
        self.setting = setting


class WebhookError(InboundError):
    """A callback whose content cannot be read. `status` is the HTTP status to answer with."""

    status = 400


class SignatureError(WebhookError):
    """A callback that its provider did not sign, or signed too long ago."""

    status = 403


class WorkerError(InboundError):
    """The child process that reads mails could not be started."""
