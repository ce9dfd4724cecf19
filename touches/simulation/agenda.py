"""What happens when: everything to come by its instant, in the order in which the engine does it."""

from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from typing import Final, TypeAlias

from touches.model.states import EnrollmentState
from touches.simulation.people import SimEnrollment, SimEvent

FIRST: Final = -1  # before any lane: what a pass does before it sends, and what people did until then
BEFORE: Final = -2  # what a pass detects before all that
LEAVE, LIST, MAKE, LOOK, RESUME, OTHER = range(6)
PRIORITY_BITS: Final = 56  # more than microseconds since 1970 need

# Lane, order, number of planning, token, who, kind. A token that is not the enrollment's own is void.
Entry: TypeAlias = tuple[int, int, int, int, SimEnrollment | SimEvent, int]


class Agenda:
    """Of what happens at one instant the lowest lane first, then the lowest order, then what was planned first.

    Touches are due as hours open and days begin, so thousands share an instant: they stand in one list, which is sorted
    when the instant comes.
    """

    def __init__(self, numbers_from: int = 0) -> None:
        self._instants: list[int] = []  # a heap
        self._coming: dict[int, list[Entry]] = {}
        self._now = -1
        self._late: list[Entry] = []  # a heap: what was put for the present instant while it is walked through
        self._number = numbers_from

    def until(self, end: int) -> Iterator[tuple[int, int, SimEnrollment | SimEvent]]:
        """What happens before `end` (instant, kind, who), in order; more may be put while it is walked through."""
        while self._instants and self._instants[0] < end:
            self._now = now = heappop(self._instants)
            for _, _, _, token, one, kind in self._of_now():
                if token == one.token and one.state is not EnrollmentState.STOPPED:
                    yield now, kind, one

    def _of_now(self) -> Iterator[Entry]:
        late, planned = self._late, self._coming.pop(self._now)
        planned.sort()
        for entry in planned:
            while late and late[0] < entry:
                yield heappop(late)
            yield entry
        while late:
            yield heappop(late)

    def next_number(self) -> int:
        """Numbers of planning: of two touches at one instant, the one that was planned first leaves first."""
        self._number += 1
        return self._number

    def at(self, at: int, act: Callable[[int], None], *, order: int = 0) -> None:
        """Let something happen at an instant, before a pass sends; of several the lowest order first."""
        self._put(at, (BEFORE, order, self.next_number(), 0, SimEvent(act), OTHER))

    def put(self, at: int, lane: int, kind: int, one: SimEnrollment, order: int | None = None) -> None:
        """The one thing that happens next with an enrollment's touch: what was put for it before is void."""
        one.token += 1
        self._put(at, (lane, order_of(one) if order is None else order, one.seq, one.token, one, kind))

    def take_turn(self, at: int, one: SimEnrollment) -> None:
        """Let somebody leave who waited for a channel."""
        self._put(at, (one.lane, order_of(one), one.seq, one.token, one, LEAVE))

    def _put(self, at: int, entry: Entry) -> None:
        if at == self._now:
            heappush(self._late, entry)
            return
        known = self._coming.get(at)
        if known is None:
            self._coming[at] = [entry]
            heappush(self._instants, at)
        else:
            known.append(entry)


def order_of(one: SimEnrollment) -> int:
    """Of what is due at one instant: the policy with the higher priority first, then by due time."""
    return one.due - (one.priority << PRIORITY_BITS)
