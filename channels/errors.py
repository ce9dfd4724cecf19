"""What can go wrong before a message is offered; refusals by the other side are values, see `protocol`.

ChannelError
├── ChannelSettingsError   the channel cannot work as it is set up
├── UnsendableError        this one message cannot be put into a form the channel carries
└── MissingExtraError      an optional library is not installed
"""


class ChannelError(Exception):
    """Base of this package's errors. The text is for a person and holds no secret and no lead's data."""


class ChannelSettingsError(ChannelError):
    """A setting is missing or wrong; `setting` names it as in touches.toml (`channels.sms.url`)."""

    def __init__(self, setting: str, message: str) -> None:
        super().__init__(f"{setting}: {message}")
        self.setting = setting


class UnsendableError(ChannelError):
    """A message cannot be composed: unknown variable, control character in a header, script without glyphs.

    `reason` is short and stable (it becomes the quarantine reason of the touch), `detail` is for the author.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class MissingExtraError(ChannelError):
    """An optional part is not installed; the text has the command that adds it."""

    def __init__(self, part: str, extra: str) -> None:
        super().__init__(f"{part} needs an optional part: install it with  pip install 'touches[{extra}]'")
        self.part = part
        self.extra = extra
