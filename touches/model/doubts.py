"""A touch of which nobody knows whether it left, with what was found out so far."""

from dataclasses import dataclass
from datetime import datetime

from touches.model.cadence import Touch


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """`since` is when the touch was marked; `evidence` the last answer of who may know, empty before the
    first, with its instant `asked_at`."""

    touch: Touch
    since: datetime
    evidence: str = ""
    asked_at: datetime | None = None
