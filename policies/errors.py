"""Errors of this package, for single texts. What stands wrong in a file is a finding, not an exception."""


class PolicyError(Exception):
    """Base of all errors of this package."""


class Refused(PolicyError, ValueError):
    """A text that is not what its field wants. The message says what was found, expected and to write."""

    def __init__(self, *, found: str, expected: str, code: str = "bad-value") -> None:
        self.found = found
        self.expected = expected
        self.code = code
        super().__init__(f'"{shown(found)}" {expected}')


def shown(text: str) -> str:
    """The text for a message: on one line and at most 60 characters."""
    plain = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
    return plain if len(plain) <= 60 else plain[:57] + "…"
