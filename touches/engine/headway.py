"""How many touches may be in hand at once: as many as leave within seconds, so that what is owed waits for no more."""

from collections.abc import Callable

SECONDS = 5.0  # of work in hand, by the pace so far
SHORTEST = 0.05  # seconds: a pace over less says nothing


class Headway:
    """The pace of one drain. `least` may always be in hand, and never more than `most`."""

    def __init__(self, steady: Callable[[], float], *, least: int, most: int) -> None:
        self._steady = steady
        self._since = steady()
        self._least, self._most = min(least, most), most
        self._ended = 0

    def ended(self) -> None:
        """One hand-over came to its end, whatever its end."""
        self._ended += 1

    def limit(self) -> int:
        """How many may wait now."""
        passed = max(self._steady() - self._since, SHORTEST)
        return max(self._least, min(self._most, int(self._ended / passed * SECONDS)))
