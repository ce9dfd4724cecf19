"""The answer to one question of the doctor."""

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARN = "warn"  # works, but somebody should look
    FAIL = "fail"  # something will not work
    SKIPPED = "skipped"  # could not be looked at, or does not apply


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was looked at, what was found, and what to do about it (empty when nothing)."""

    check: str
    health: Health
    found: str
    advice: str = ""


def ok(check: str, found: str) -> Answer:
    """All is well."""
    return Answer(check=check, health=Health.OK, found=found)


def warn(check: str, found: str, advice: str) -> Answer:
    """Works, but."""
    return Answer(check=check, health=Health.WARN, found=found, advice=advice)


def fail(check: str, found: str, advice: str) -> Answer:
    """Will not work."""
    return Answer(check=check, health=Health.FAIL, found=found, advice=advice)


def skipped(check: str, found: str) -> Answer:
    """Nothing to look at, and why."""
    return Answer(check=check, health=Health.SKIPPED, found=found)
