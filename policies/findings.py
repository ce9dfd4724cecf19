"""What is wrong, or could be better, in a file, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """An error stops `publish`; a warning is practitioners' advice."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One finding at one place. Line and column count from 1 in characters; sorting goes by place.

    `code` is the stable name of the rule, explained in `docs/reference/findings.md`.
    """

    file: str
    line: int
    column: int
    severity: Severity
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.severity}: {self.message}"


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether anything among them stops `publish`."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean "X"?` for the nearest known word, or nothing: the end of a sentence."""
    near = get_close_matches(word[:80], list(known), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""


def one_of(known: Iterable[str]) -> str:
    """The words as a sentence part: `email, sms or letter`."""
    words = list(known)
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
