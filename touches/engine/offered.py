"""An offer with what the other side said, and the counts of what was recorded."""

from dataclasses import dataclass, field
from datetime import datetime

from channels.protocol import Result
from touches.engine.in_hand import InHand


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One touch with what the other side said. `marked` tells whether the marker was set before, `why` what forbade
    a hand-over that was withdrawn."""

    each: InHand
    result: Result
    marked: bool
    began_at: datetime
    ended_at: datetime
    why: str = ""


@dataclass(slots=True, kw_only=True)
class Recorded:
    """Counts for the report of a pass."""

    sent: int = 0
    failed: int = 0
    in_doubt: int = 0
    again: int = 0
    planned: int = 0
    alarms: list[str] = field(default_factory=list)

    def add(self, other: "Recorded") -> None:
        """Sum up."""
        self.sent += other.sent
        self.failed += other.failed
        self.in_doubt += other.in_doubt
        self.again += other.again
        self.planned += other.planned
        self.alarms.extend(other.alarms)
