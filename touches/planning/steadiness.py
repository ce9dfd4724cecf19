"""Whether the wall clock can be trusted: it must move as the monotonic clock does."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LARGEST_DRIFT = timedelta(seconds=60)
NEEDS_A_PERSON = timedelta(hours=1)  # forward by more: a wrong year would send everything that is planned
STABLE_LOOKS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockWatch:
    """What was seen at the last look. `unstable` counts down after a jump; `jumped` is the jump to report."""

    wall: datetime
    monotonic: float
    unstable: int = 0
    jumped: timedelta = timedelta(0)

    @property
    def steady(self) -> bool:
        """Whether dispatch may go on."""
        return self.unstable == 0

    @property
    def needs_release(self) -> bool:
        """Whether a person has to say that the new time is right."""
        return self.jumped > NEEDS_A_PERSON


def may_send(watch: ClockWatch, wall: datetime, monotonic: float) -> bool:
    """Whether dispatch may go on at this moment: also a jump that the next look has yet to see stops it."""
    return watch.steady and look(watch, wall, monotonic).steady


def look(before: ClockWatch, wall: datetime, monotonic: float) -> ClockWatch:
    """Compare two looks: a jump by more than a minute stops dispatch until two looks in a row agree again."""
    drift = (wall - before.wall) - timedelta(seconds=monotonic - before.monotonic)
    if abs(drift) > LARGEST_DRIFT:
        return ClockWatch(wall=wall, monotonic=monotonic, unstable=STABLE_LOOKS, jumped=drift)
    return ClockWatch(wall=wall, monotonic=monotonic, unstable=max(0, before.unstable - 1))
