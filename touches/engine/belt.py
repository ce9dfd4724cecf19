"""Brings a drain's touches to the connections, marked a stretch ahead of them so that one commit serves many."""

import asyncio
from collections import deque
from collections.abc import Iterable

from channels.protocol import Accepted, Channel, Marker, Result, Withdrawn
from channels.successive import Successive
from touches.engine.committing import Committer
from touches.engine.in_hand import InHand
from touches.engine.offered import Offered
from touches.engine.office import Office
from touches.engine.slow_start import SlowStart
from touches.model.filling import filler

STRETCH = 0.25  # seconds of work to be marked at once: well within the time that a marker lasts
MOST_AHEAD = 500
_new_offered = filler(Offered, ("each", "result", "marked", "began_at", "ended_at", "why"))


class Belt:
    """Touches of one drain. `ahead` False: nothing is marked before its own irrevocable byte. `room` is set whenever
    fewer touches wait on the belt."""

    def __init__(
        self, office: Office, channel: Channel, committer: Committer, *, ahead: bool, room: asyncio.Event
    ) -> None:
        self._office = office
        self._channel = channel
        self._committer = committer
        self._ahead = ahead
        self._room = room
        self._unmarked: deque[InHand] = deque()
        self._ready: deque[InHand] = deque()
        self._offering: dict[int, InHand] = {}  # at a connection, before the irrevocable byte
        self._marking: asyncio.Task[None] | None = None
        self._news = asyncio.Event()
        self._closed = False
        self._count, self._since = 0, self._office.steady()
        self._stretch = channel.concurrency
        slowly = office.desk.warm_up is not None and channel.name == "email"
        self._successive = channel if isinstance(channel, Successive) else None
        self._slow = SlowStart(channel.concurrency) if slowly else None

    @property
    def waiting(self) -> int:
        """How many touches are on the belt."""
        return len(self._unmarked) + len(self._ready)

    def put(self, touches: Iterable[InHand]) -> None:
        """Add prepared touches."""
        (self._unmarked if self._ahead else self._ready).extend(touches)
        self._mark_next()
        self._news.set()

    def close(self) -> None:
        """Nothing more will come."""
        self._closed = True
        self._news.set()

    async def next(self) -> InHand | None:
        """The next touch that may be offered; None at the end. Raises what marking raised."""
        while (each := self._take()) is None:
            marking = self._marking
            if marking is not None and marking.done():
                self._marking = None
                marking.result()
            self._mark_next()
            if self._closed and self._marking is None and not self.waiting:
                self._news.set()
                return None
            self._news.clear()
            await self._news.wait()
        return each

    def _take(self) -> InHand | None:
        """The first that may begin; what was marked ahead may. The next are marked in time: while a stretch is, there
        is another to work on."""
        if self._ahead:
            each = self._ready.popleft() if self._ready else None
            if each is not None and len(self._ready) < self._stretch:
                self._mark_next()
            return each
        found = self._may_begin(self._ready, 1)
        return found[0] if found else None

    def _may_begin(self, waiting: deque[InHand], most: int) -> list[InHand]:
        """The first of those who wait. With a slow start a domain may have to wait for what is under way to it: it is
        not marked until then, for a mark grows old."""
        if self._slow is not None:
            return self._slow.take(waiting, most)
        return [waiting.popleft() for _ in range(min(most, len(waiting)))]

    async def take_rest(self) -> list[InHand]:
        """What surely never left, when the drain ends early; after the marks that are being set."""
        if self._marking is not None:
            await asyncio.wait([self._marking])
        rest = [*self._offering.values(), *self._ready, *self._unmarked]
        self._offering.clear()
        self._ready.clear()
        self._unmarked.clear()
        return rest

    def _mark_next(self) -> None:
        if self._unmarked and (self._marking is None or self._marking.done()):
            group = self._may_begin(self._unmarked, self._stretch)
            self._marking = asyncio.create_task(self._mark(group)) if group else self._marking
            self._room.set()

    async def _mark(self, group: list[InHand]) -> None:
        try:
            marked = await self._committer.mark_ahead(group)
            for each in group:
                if each.touch.id in marked.allowed:
                    self._ready.append(each)
                else:
                    self._withdraw(each, marked.why_not(each.touch.id))
            self._pace(len(group))
        finally:
            self._news.set()

    def _withdraw(self, each: InHand, why: str) -> None:
        if self._slow is not None:
            self._slow.withdraw(each.address)
        now = self._office.clock.now()
        self._committer.put(Offered(each=each, result=Withdrawn(), marked=False, began_at=now, ended_at=now, why=why))

    def _pace(self, marked: int) -> None:
        """Mark as much at once as leaves within STRETCH, by the pace so far."""
        self._count += marked
        passed = max(self._office.steady() - self._since, 0.001)
        wanted = int(self._count / passed * STRETCH)
        self._stretch = max(self._channel.concurrency, min(MOST_AHEAD, wanted))

    async def offer(self, each: InHand) -> InHand | None:
        """One hand-over with its marker and its record; the touch that was begun with it, to be offered next by the
        same connection or to be put back."""
        following = self._following()
        began_at = self._office.clock.now()
        marked, why = self._ahead, ""

        async def marker() -> bool:
            nonlocal marked, why
            why = await self._committer.clear(each)
            marked = marked or not why
            if not why:
                self._offering.pop(each.touch.id, None)
            return not why

        self._offering[each.touch.id] = each
        result = await self._handed_over(each, marker, following)
        self._offering.pop(each.touch.id, None)
        self._ended(each, result)
        ended_at = self._office.clock.now()
        offered = _new_offered(each, result, marked, began_at, ended_at, why)
        if self._ahead:
            self._committer.put(offered)
        else:
            await self._committer.settle(offered)
        return following

    def _ended(self, each: InHand, result: Result) -> None:
        if self._slow is None:
            return
        if isinstance(result, Withdrawn):
            self._slow.withdraw(each.address)
        else:
            self._slow.end(each.address, well=isinstance(result, Accepted))
        self._news.set()

    def _following(self) -> InHand | None:
        """One that may be begun with the end of another. Taken while there is enough for all connections: what a slow
        answer holds up is one touch more."""
        if self._successive is None or not self._ahead or len(self._ready) <= self._channel.concurrency:
            return None
        following = self._take()
        if following is not None:
            self._offering[following.touch.id] = following
        return following

    async def _handed_over(self, each: InHand, marker: Marker, following: InHand | None) -> Result:
        if self._successive is None or following is None:
            return await self._channel.hand_over(each.prepared, marker)
        return await self._successive.hand_over_and_begin(each.prepared, marker, following.prepared)

    def put_back(self, each: InHand) -> None:
        """It is not offered after all: it counts among the rest."""
        if self._successive is not None:
            self._successive.forget(each.prepared)
