"""Engines that are wrong on purpose: each breaks one rule, and a checker that sees nothing in them proves nothing."""

from dataclasses import replace
from datetime import timedelta

from channels.protocol import Accepted, Marker, Outgoing, Prepared, Result, Withdrawn
from tests.simulation.deeds import Deeds
from tests.simulation.lives import CronLife
from tests.simulation.network import SimulatedChannel
from touches.engine.outbox import resolve_by_hand
from touches.model.states import TouchState


class SendsThenMarks(SimulatedChannel):
    """At least once: the message leaves, the marker is written behind it."""

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        """The wrong way round."""
        result = await self._end(prepared)
        await self._pass()
        return result if await marker() else Withdrawn()


class Deaf(SimulatedChannel):
    """Is frozen, asks for the marker, and sends whatever the answer is: what another has taken over meanwhile, too."""

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        """No fence holds it."""
        self._network.clock.advance(timedelta(minutes=1))
        self._network.overtake()
        await marker()
        return await self._end(prepared)


class Swallows(SimulatedChannel):
    """Says that it was taken, and nothing arrives."""

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        """Lost silently."""
        return Accepted(reference="nowhere") if await marker() else Withdrawn()


class Dawdles(SimulatedChannel):
    """Marks, waits for half an hour, and sends all the same."""

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        """What was forbidden meanwhile leaves."""
        if not await marker():
            return Withdrawn()
        for _ in range(30):
            self._network.clock.advance(timedelta(minutes=1))
            self._network.meddle()
        return await self._end(prepared)


class Empties(SimulatedChannel):
    """Leaves the news out."""

    def prepare(self, outgoing: Outgoing) -> Prepared:
        """A touch without a reason."""
        return super().prepare(replace(outgoing, piece=replace(outgoing.piece, body="Hello again!")))


class Resends(Deeds):
    """The operator lets everything that is in doubt go again, without asking anybody."""

    def _resolve(self) -> bool:
        now = self._world.clock.now()
        with self._office.store.write() as unit:
            doubts = [touch.id for touch in unit.touches.in_states([TouchState.IN_DOUBT])]
            resolve_by_hand(unit, doubts, arrived=False, because="in a hurry", actor="people", at=now)
        return bool(doubts)


class Repeats(SimulatedChannel):
    """A line that delivers some messages twice."""

    async def _end(self, prepared: Prepared) -> Result:
        result = await super()._end(prepared)
        if isinstance(result, Accepted) and self._dice.random() < 0.3:
            self._network.take(prepared, told=False)
        return result


def living(transport: type[SimulatedChannel]) -> type[CronLife]:
    """A process whose messages leave this way."""
    return type(f"{transport.__name__}Life", (CronLife,), {"transport": transport})
