"""One thing after another: what the machine does at the same time would come in another order on every run.

The order in which touches end is the order in which the next ones are planned and later claimed, and who is first takes
the room that a company's or a seller's day has left. So in a demo nothing runs beside anything else.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from channels.protocol import Channel, Marker, Outgoing, Prepared, Result

Given = ParamSpec("Given")
Found = TypeVar("Found")


class AtOnce(ThreadPoolExecutor):
    """Threads for an event loop, of which there are none: what they are given is done before it is taken."""

    def submit(self, fn: Callable[Given, Found], /, *args: Given.args, **kwargs: Given.kwargs) -> Future[Found]:
        """A future that is done already."""
        future: Future[Found] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - as a thread does it: whoever waits gets it
            future.set_exception(error)
        return future


class OneByOne:
    """A channel over which one message leaves after another, whatever it could do at once."""

    concurrency = 1

    def __init__(self, channel: Channel) -> None:
        self.name = channel.name
        self._channel = channel

    def prepare(self, outgoing: Outgoing) -> Prepared:
        """As the channel does it."""
        return self._channel.prepare(outgoing)

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        """As the channel does it."""
        return await self._channel.hand_over(prepared, marker)

    async def close(self) -> None:
        """As the channel does it."""
        await self._channel.close()
