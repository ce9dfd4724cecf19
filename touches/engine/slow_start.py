"""Slow start towards each recipient domain: one connection, and more as they are well received."""

from collections import Counter, deque
from typing import Protocol, TypeVar


class Addressed(Protocol):
    """What goes to an address."""

    @property
    def address(self) -> str: ...


T = TypeVar("T", bound=Addressed)


class SlowStart:
    """How many hand-overs to a domain may be under way: 1, 2, 4 … up to all connections; half after a refusal."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._windows: dict[str, int] = {}
        self._well: Counter[str] = Counter()
        self._under_way: Counter[str] = Counter()

    def has_room(self, address: str) -> bool:
        """Whether one more may begin."""
        domain = domain_of(address)
        return self._under_way[domain] < self._windows.get(domain, 1)

    def begin(self, address: str) -> None:
        """One more is under way."""
        self._under_way[domain_of(address)] += 1

    def take(self, waiting: deque[T], most: int) -> list[T]:
        """Take from those who wait the first that may begin, and count them as begun."""
        taken: list[T] = []
        kept: list[T] = []
        while waiting and len(taken) < most:
            each = waiting.popleft()
            if self.has_room(each.address):
                self.begin(each.address)
                taken.append(each)
            else:
                kept.append(each)
        waiting.extendleft(reversed(kept))
        return taken

    def withdraw(self, address: str) -> None:
        """It never came to the other side: nothing is learnt of it."""
        self._under_way[domain_of(address)] -= 1

    def end(self, address: str, *, well: bool) -> None:
        """It ended. A window doubles after as many good ends as it is wide."""
        domain = domain_of(address)
        self._under_way[domain] -= 1
        window = self._windows.get(domain, 1)
        if not well:
            self._windows[domain], self._well[domain] = max(1, window // 2), 0
            return
        self._well[domain] += 1
        if self._well[domain] >= window:
            self._windows[domain], self._well[domain] = min(self._most, window * 2), 0


def domain_of(address: str) -> str:
    """What stands behind the @, in lower case."""
    return address.rpartition("@")[2].casefold()
