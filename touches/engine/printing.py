"""The letter run's second half: what waits in the spool goes to the printer, what is stuck becomes somebody's task."""

import asyncio
from typing import Protocol, runtime_checkable

from channels.letter.printing import PrintReport
from channels.protocol import Channel
from touches.engine.alarms import raise_alarms
from touches.engine.office import Office


@runtime_checkable
class Prints(Protocol):
    """A channel with a spool that a printer empties."""

    async def print_waiting(self) -> PrintReport:
        """One pass over the spool."""


async def print_run(office: Office, channel: Channel) -> None:
    """Print what waits; letters that the printer lost sight of are told to the operators, and never printed twice."""
    if not isinstance(channel, Prints):
        return
    report = await channel.print_waiting()
    if report.stuck:
        told = (
            f"{len(report.stuck)} letter(s) may or may not be printed, look at the printer: {', '.join(report.stuck)}"
        )
        await asyncio.to_thread(raise_alarms, office, [told])
