"""Whether so many steps can each get a news of their own: a bipartite matching that grows step by step."""


class Matching:
    """Gives each added step one of its classes, moving earlier steps to others of theirs where that helps."""

    def __init__(self) -> None:
        self._offers: list[frozenset[str]] = []
        self._news_of: dict[int, str] = {}
        self._step_of: dict[str, int] = {}

    def add(self, offers: frozenset[str]) -> bool:
        """Add a step. False when it cannot get a news without taking one from another that then has none."""
        self._offers.append(offers)
        reached: dict[str, int] = {}  # news, and the step that would take it
        waiting = [len(self._offers) - 1]
        for step in waiting:
            for news in self._offers[step]:
                if news in reached:
                    continue
                reached[news] = step
                if news not in self._step_of:
                    self._move(news, reached)
                    return True
                waiting.append(self._step_of[news])
        return False

    def _move(self, free: str, reached: dict[str, int]) -> None:
        """Hand the free news to the step that reached it, what that one had to the next, and so on to the new step."""
        news: str | None = free
        while news is not None:
            step = reached[news]
            before = self._news_of.get(step)
            self._news_of[step] = news
            self._step_of[news] = step
            news = before
