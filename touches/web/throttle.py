"""Counts what somebody should not do often: wrong passwords, guessed links. In memory, by process."""

import threading
from collections import deque

KEYS_AT_MOST = 20_000


class Throttle:
    """At most `limit` in `seconds` for each key."""

    def __init__(self, *, limit: int, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._seen: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def note(self, key: str, *, at: float) -> None:
        """One more; `at` is in seconds of a clock that only grows."""
        with self._lock:
            if key not in self._seen and len(self._seen) >= KEYS_AT_MOST:
                self._forget(at)
            self._seen.setdefault(key, deque(maxlen=self._limit)).append(at)

    def take_back(self, key: str, *, at: float) -> None:
        """What was noted then went well after all."""
        with self._lock:
            seen = self._seen.get(key, deque[float]())
            if at in seen:
                seen.remove(at)

    def is_full(self, key: str, *, at: float) -> bool:
        """Whether there were too many already."""
        with self._lock:
            seen = self._seen.get(key)
            return seen is not None and len(seen) == self._limit and at - seen[0] < self._seconds

    def clear(self, key: str) -> None:
        """It went well: begin to count anew."""
        with self._lock:
            self._seen.pop(key, None)

    def _forget(self, at: float) -> None:
        """Drop what is too old; where nothing is, the oldest tenth: memory stays bounded under any attack."""
        old = [key for key, seen in self._seen.items() if at - seen[-1] >= self._seconds]
        for key in old or list(self._seen)[: KEYS_AT_MOST // 10]:
            del self._seen[key]
