"""The other side: mail servers, gateways, a spool. It keeps what it took in a book of its own, which judges later."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

from channels.protocol import (
    Accepted,
    Channel,
    Failure,
    Marker,
    Outgoing,
    Prepared,
    Refused,
    Result,
    Unknown,
    Withdrawn,
)
from channels.steady import MARKER_LASTS
from tests.simulation.loop import Killed, SimulatedLoop
from tests.simulation.nature import Fault, Nature
from touches.clock import VirtualClock


@dataclass(slots=True, kw_only=True)
class Arrival:
    """One message that the other side took. `seq` is how far the database's log had come at that moment."""

    seq: int
    at: datetime
    channel: str
    address: str
    key: str
    message_id: str
    text: str
    returned: int = -1  # how far the log had come when it came back: what it said is new again
    told: bool = True  # whether the sender heard of it


@dataclass(slots=True, kw_only=True)
class Network:
    """All that is outside. `mark` tells how far the database's log has come."""

    clock: VirtualClock
    nature: Nature
    mark: Callable[[], int] = lambda: 0
    taken: list[Arrival] = field(default_factory=list)
    meddle: Callable[[], None] = lambda: None  # people do things while bytes are on their way
    overtake: Callable[[], None] = lambda: None  # others go on while the sender is frozen

    def take(self, prepared: Prepared, *, told: bool) -> Arrival:
        """Responsibility is ours now."""
        text, message_id = read(prepared)
        arrival = Arrival(
            seq=self.mark(),
            at=self.clock.now(),
            channel=prepared.channel,
            address=prepared.address,
            key=prepared.key,
            message_id=message_id,
            text=text,
            told=told,
        )
        self.taken.append(arrival)
        return arrival


def read(prepared: Prepared) -> tuple[str, str]:
    """The words and the Message-ID of a message, by nothing but its bytes."""
    if prepared.channel != "email":
        said: dict[str, Any] = json.loads(prepared.payload)
        return f"{said['subject']}\n{said['body']}", ""
    mail = message_from_bytes(prepared.payload, policy=default)
    body = mail.get_body(("plain", "html"))
    return (str(body.get_content()) if body is not None else ""), str(mail["Message-ID"]).strip("<>")


BEFORE = {  # refused before the end of the message: certainly not taken
    Fault.CONNECT: Refused(failure=Failure.CONNECT, permanent=False, text="no route"),
    Fault.GREYLIST: Refused(failure=Failure.GREYLIST, permanent=False, code="450", text="come back later"),
    Fault.TEMPORARY: Refused(failure=Failure.TEMPORARY, permanent=False, code="451", text="try again"),
    Fault.BUSY_HOST: Refused(failure=Failure.BUSY, permanent=False, code="421", text="too busy"),
    Fault.BAD_ADDRESS: Refused(failure=Failure.BAD_ADDRESS, permanent=True, code="550", text="no such user"),
    Fault.REJECTED: Refused(failure=Failure.REJECTED, permanent=True, code="554", text="not this one"),
    Fault.SENDER_REFUSED: Refused(failure=Failure.CONFIGURATION, permanent=True, code="535", text="who are you"),
}
SMS_ONLY = {
    Fault.THROTTLED: Refused(failure=Failure.THROTTLED, permanent=False, code="429", retry_after=90.0),
    Fault.OPTED_OUT_THERE: Refused(failure=Failure.OPTED_OUT, permanent=True, code="21610", text="opted out"),
}


class SimulatedChannel:
    """A way out by the channels' protocol: composed by the real composer, carried over a line that may fail at each
    of its phases. `alive` says whether the process that offers still lives."""

    def __init__(self, name: str, composer: Channel, network: Network, alive: Callable[[], bool]) -> None:
        self.name = name
        self.concurrency = 3 if name == "email" else 2
        self._composer = composer
        self._network = network
        self._alive = alive
        self._dice = network.nature.dice

    def prepare(self, outgoing: Outgoing) -> Prepared:
        """As the real one."""
        return self._composer.prepare(outgoing)

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        """Offer, await the marker, end the message."""
        net = self._network
        await self._pass()
        refused = self._refused()
        if refused is not None:
            return refused
        await self._pass()
        if not await marker():
            return Withdrawn()
        marked_at = net.clock.monotonic()
        if not self._alive():
            return Unknown(phase="dead")
        await self._point()
        await self._pass(line_only=True)
        if net.clock.monotonic() - marked_at > MARKER_LASTS:
            return Refused(failure=Failure.BUSY, permanent=False, text="too slow after the marker: not ended")
        return await self._end(prepared)

    async def close(self) -> None:
        """Nothing is held open."""

    def _refused(self) -> Refused | None:
        kinds = BEFORE | SMS_ONLY if self.name == "sms" else BEFORE
        if self.name == "letter":
            return None
        nature = self._network.nature
        return next((answer for fault, answer in kinds.items() if nature.happens(fault)), None)

    async def _end(self, prepared: Prepared) -> Result:
        """The irrevocable byte leaves."""
        net, nature = self._network, self._network.nature
        if self.name != "letter":
            if nature.happens(Fault.END_LOST):
                return Unknown(phase="dot", text="the line was cut")
            if nature.happens(Fault.REFUSED_AT_END):
                return Refused(failure=Failure.TEMPORARY, permanent=False, code="452", text="no room")
            if nature.happens(Fault.ANSWER_LOST):
                net.take(prepared, told=False)
                await self._pass()
                return Unknown(phase="dot", text="no answer")
        arrival = net.take(prepared, told=False)
        await self._point()
        await self._pass()
        if not self._alive():
            return Unknown(phase="dead")
        arrival.told = True
        return Accepted(reference=f"q{len(net.taken)}")

    async def _pass(self, *, line_only: bool = False) -> None:
        """Bytes take their time; people act meanwhile, and the process may die."""
        nature = self._network.nature
        slow = nature.happens(Fault.SLOW_NET)
        await asyncio.sleep(self._dice.random() * (14.0 if slow else 0.05))
        if not self._alive():
            return
        if nature.happens(Fault.FROZEN):
            self._network.clock.advance(timedelta(minutes=self._dice.choice((1, 5, 30))))
            self._network.overtake()
        if not line_only:
            self._network.meddle()
        await self._point()

    async def _point(self) -> None:
        try:
            self._network.nature.point()
        except Killed:
            loop = asyncio.get_running_loop()
            assert isinstance(loop, SimulatedLoop)
            loop.die()
            await loop.create_future()  # nobody ever comes back
