"""Judges a run by the book of the other side and the rows of the database. It shares no code with the engine: what may
be said to whom and when is written down a second time, in the rules."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from tests.simulation.evidence import WIRED, Evidence, Telling
from tests.simulation.hand_over_rules import hear, judge
from tests.simulation.standing_rules import at_rest, moved, rows
from tests.simulation.world import World

EVERY = 5  # looks between two over all rows


class Checker:
    """Looks after every wake; what it finds is in `violations`, in words."""

    def __init__(self, world: World) -> None:
        self.evidence = Evidence(world)
        self.violations: list[str] = []
        self._looks = self._judged = self._moves = self._ledger = 0

    def look(self) -> None:
        """Everything that is new, and now and then everything."""
        self.evidence.history.read_on(self.evidence.world.reader)
        self._looks += 1
        found = [*self._new_moves(), *self._told_by_people(), *self._new_arrivals()]
        if self._looks % EVERY == 0:
            found += rows(self.evidence)
        self.violations += [*found, *self.evidence.history.wrong]

    def look_at_rest(self, now: datetime) -> None:
        """After days without faults nothing may be on its way, and nobody forgotten."""
        self.violations += [*rows(self.evidence), *at_rest(self.evidence, now)]

    def counts(self) -> Counter[str]:
        """Touches by state."""
        statement = "SELECT state, count(*) AS n FROM touch WHERE kind = 'touch' GROUP BY state ORDER BY state"
        return Counter({str(row["state"]): int(str(row["n"])) for row in self.evidence.rows(statement)})

    def trace(self) -> tuple[str, ...]:
        """The log's lines and the other side's book."""
        book = self.evidence.world.network.taken
        taken = (f"took {one.at.isoformat()} {one.channel} {one.key} {one.seq}" for one in book)
        return (*self.evidence.history.lines, *taken)

    def _new_moves(self) -> Iterator[str]:
        moves = self.evidence.history.moves
        for move in moves[self._moves :]:
            yield from moved(self.evidence, *move)
        self._moves = len(moves)

    def _told_by_people(self) -> Iterator[str]:
        """What people say in calls and otherwise, by the ledger: nobody else keeps a book of it."""
        lines = self.evidence.history.ledger
        for seq, touch, _, new, lead, news, at in lines[self._ledger :]:
            by_wire = touch and self.evidence.touch(touch)["channel"] in WIRED
            if new == "told" and not by_wire:
                told = self.evidence.world.shelf.items[news]
                yield from hear(self.evidence, Telling(lead=lead, told=told, seq=seq, at=at, by="a person"))
        self._ledger = len(lines)

    def _new_arrivals(self) -> Iterator[str]:
        book = self.evidence.world.network.taken
        for arrival in book[self._judged :]:
            yield from judge(self.evidence, arrival)
        self._judged = len(book)
