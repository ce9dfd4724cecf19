"""A marker that counts how often it was asked, and notes what stood at that moment."""

from collections.abc import Callable


class CountingMarker:
    """Says `answer`; `seen` holds what `look` returned each time it was awaited."""

    def __init__(self, *, answer: bool = True, look: Callable[[], object] = lambda: None) -> None:
        self._answer = answer
        self._look = look
        self.seen: list[object] = []

    async def __call__(self) -> bool:
        self.seen.append(self._look())
        return self._answer

    @property
    def times(self) -> int:
        return len(self.seen)
