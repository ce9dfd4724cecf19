"""The only place that asks the system for the time. Everybody else is given a `Clock` or an instant."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

from channels.steady import steady_seconds


class Clock(Protocol):
    """Where the present comes from."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC. May jump when the system's clock is set."""

    def monotonic(self) -> float:
        """Seconds that only ever grow, from an unknown start: for lengths, never for dates."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some start, unmoved by changes of the wall clock; a machine that sleeps ages too."""
        return steady_seconds()


class VirtualClock:
    """A clock that moves when told: for simulations, the demo and tests."""

    def __init__(self, start: datetime) -> None:
        """`start` must be aware; a naive one raises ValueError."""
        self._now = _in_utc(start)
        self._elapsed = 0.0

    def now(self) -> datetime:
        """The instant it was last moved to, in UTC."""
        return self._now

    def monotonic(self) -> float:
        """Seconds by which `advance` moved it so far; `set` leaves it alone, as a changed wall clock does."""
        return self._elapsed

    def advance(self, wait: timedelta) -> datetime:
        """Let `wait` pass and return the new instant; a negative wait raises ValueError."""
        if wait < timedelta(0):
            raise ValueError(f"time only moves forward, not by {wait}; use set() for a changed wall clock")
        self._now += wait
        self._elapsed += wait.total_seconds()
        return self._now

    def set(self, instant: datetime) -> None:
        """Move the wall clock to `instant` (aware), in either direction, while no time passes."""
        self._now = _in_utc(instant)


def _in_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no time zone; instants are always aware")
    return instant.astimezone(UTC)
