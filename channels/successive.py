"""What a channel may do beyond the protocol: begin the next message with the end of one."""

from typing import Protocol, runtime_checkable

from channels.protocol import Marker, Prepared, Result


@runtime_checkable
class Successive(Protocol):
    """A channel whose connections need not wait between two messages."""

    async def hand_over_and_begin(self, prepared: Prepared, marker: Marker, following: Prepared | None) -> Result:
        """As `hand_over`. `following` will be handed over next: what may be undone of it may be said together with the
        end of this one. Whoever does not hand it over after all calls `forget`."""

    def forget(self, prepared: Prepared) -> None:
        """It will not be handed over now: what was begun of it is undone; idempotent."""
