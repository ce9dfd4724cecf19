"""Who waits for the next transaction of a committer, and how each of them is told what came of it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from touches.engine.in_hand import InHand
from touches.engine.marking import Marked
from touches.engine.offered import Offered

MOST_WAITING = 500  # outcomes; more are written without waiting for company


@dataclass(slots=True)
class Waiting:
    """What one transaction will write."""

    marks: list[tuple[Sequence[InHand], "asyncio.Future[Marked]"]] = field(default_factory=list)
    outcomes: list[Offered] = field(default_factory=list)
    flushes: list["asyncio.Future[None]"] = field(default_factory=list)

    @property
    def urgent(self) -> bool:
        """Whether somebody waits for it, or it has grown large."""
        return bool(self.marks or self.flushes) or len(self.outcomes) >= MOST_WAITING

    def resolve(self, marked: Marked) -> None:
        """Tell who asked for a marker; once."""
        for _, future in self.marks:
            if not future.done():
                future.set_result(marked)

    def finish(self, error: Exception | None = None) -> None:
        """Tell who waits until all is durable: it is, or why not."""
        for future in self.flushes:
            if future.done():
                continue
            if error is None:
                future.set_result(None)
            else:
                future.set_exception(error)
