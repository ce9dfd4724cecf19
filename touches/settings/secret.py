"""Passwords and keys: values that never show themselves, and the files they come from."""

import stat
from pathlib import Path
from typing import ClassVar
from weakref import WeakValueDictionary

from touches.errors import SettingsError

HIDDEN = "[secret]"


class Secret:
    """A text that is only given out by `reveal()`; printed, logged or formatted it is `[secret]`."""

    __slots__ = ("__weakref__", "_text")
    _alive: ClassVar[WeakValueDictionary[int, "Secret"]] = WeakValueDictionary()

    def __init__(self, text: str) -> None:
        self._text = text
        if text:
            self._alive[id(self)] = self

    def reveal(self) -> str:
        """The text itself, for the one call that needs it."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other.reveal()

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return HIDDEN

    __str__ = __repr__

    def __format__(self, format_spec: str) -> str:
        return HIDDEN

    def __reduce__(self) -> str:
        raise TypeError("a secret is not written anywhere, so it cannot be pickled")

    @classmethod
    def hide_all(cls, text: str) -> str:
        """`text` with every secret of this process that is longer than three letters replaced."""
        texts = {secret.reveal() for secret in tuple(cls._alive.values())}
        for secret in sorted(texts, key=len, reverse=True):
            if len(secret) > 3:
                text = text.replace(secret, HIDDEN)
        return text


def read_secret(file: Path, *, setting: str) -> Secret:
    """The first line of `file`. Raises SettingsError, naming `setting`, where there is none to read."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise SettingsError(
            f'{setting}: "{file}" is not UTF-8 text.', hint="Write the bare password into it."
        ) from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SettingsError(
            f'{setting}: cannot read "{file}": {reason}.',
            hint="Write the password into that file (mode 0600), or set the environment variable instead.",
        ) from None
    lines = text.splitlines()
    if not lines or not lines[0]:
        raise SettingsError(f'{setting}: "{file}" is empty.', hint="Write the bare password into its first line.")
    return Secret(lines[0])


def is_private(file: Path) -> bool:
    """Whether only its owner can read `file` (mode 0600 or 0400)."""
    return stat.S_IMODE(file.stat().st_mode) in {0o600, 0o400}
