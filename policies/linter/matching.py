"""Whether so many steps can each get a news of their own: a bipartite matching that grows step by step."""


class Matching:
    """Gives each added step one of its classes, moving earlier steps to others of theirs where that helps."""

    def __init__(self) -> None:
        self._offers: list[frozenset[str]] = []
        self._taken: dict[str, int] = {}

    def add(self, offers: frozenset[str]) -> bool:
        """Add a step. False when it cannot get a news without taking one from another that then has none."""
        self._offers.append(offers)
        return self._place(len(self._offers) - 1, set())

    def _place(self, step: int, tried: set[str]) -> bool:
        for news in sorted(self._offers[step] - tried):
            tried.add(news)
            if news not in self._taken or self._place(self._taken[news], tried):
                self._taken[news] = step
                return True
        return False
