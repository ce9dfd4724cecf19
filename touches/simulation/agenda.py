"""What happens when: one heap of everything to come, in the order in which the engine does it."""

from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from typing import Final, TypeAlias

from touches.model.states import EnrollmentState
from touches.simulation.people import SimEnrollment, SimEvent

FIRST: Final = -1  # before any lane: what a pass does before it sends, and what people did until then
BEFORE: Final = -2  # what a pass detects before all that
LEAVE, LIST, MAKE, LOOK, RESUME, OTHER = range(6)
PRIORITY_BITS: Final = 56  # more than microseconds since 1970 need

# When, lane, order, number of planning, kind, token, who. A token that is not the enrollment's own is void.
Entry: TypeAlias = tuple[int, int, int, int, int, int, SimEnrollment | SimEvent]
Turn: TypeAlias = tuple[int, int, int, int, SimEnrollment]


class Agenda:
    """Of what happens at one instant the lowest lane first, then the lowest order, then what was planned first."""

    def __init__(self, numbers_from: int = 0) -> None:
        self._heap: list[Entry] = []
        self._number = numbers_from

    def until(self, end: int) -> Iterator[Entry]:
        """What happens before `end`, in order; more may be put while it is walked through."""
        heap = self._heap
        while heap and heap[0][0] < end:
            entry = heappop(heap)
            one = entry[6]
            if entry[5] == one.token and one.state is not EnrollmentState.STOPPED:
                yield entry

    def next_number(self) -> int:
        """Numbers of planning: of two touches at one instant, the one that was planned first leaves first."""
        self._number += 1
        return self._number

    def at(self, at: int, act: Callable[[int], None], *, order: int = 0) -> None:
        """Let something happen at an instant, before a pass sends; of several the lowest order first."""
        heappush(self._heap, (at, BEFORE, order, self.next_number(), OTHER, 0, SimEvent(act)))

    def put(self, at: int, lane: int, kind: int, one: SimEnrollment, order: int | None = None) -> None:
        """The one thing that happens next with an enrollment's touch: what was put for it before is void."""
        one.token += 1
        if order is None:
            order = order_of(one)
        heappush(self._heap, (at, lane, order, one.seq, kind, one.token, one))

    def take_turn(self, at: int, turn: Turn) -> None:
        """Let somebody leave who waited for a channel."""
        lane, order, number, token, one = turn
        heappush(self._heap, (at, lane, order, number, LEAVE, token, one))


def order_of(one: SimEnrollment) -> int:
    """Of what is due at one instant: the policy with the higher priority first, then by due time."""
    return one.due - (one.priority << PRIORITY_BITS)
