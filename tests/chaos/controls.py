"""Two designs that are known to be wrong, in the same rig: what sees no fault in them proves nothing about ours."""

import asyncio
from collections.abc import Awaitable, Callable

from channels.protocol import Prepared
from channels.smtp import SmtpChannel
from touches.engine.office import Office
from touches.model.cadence import Touch
from touches.model.states import TouchState
from touches.store.touches import Move

Step = Callable[[], Awaitable[None]]


async def send_then_mark(office: Office, channel: SmtpChannel) -> None:
    """At least once: sent first, written down afterwards."""
    await _all(office, channel, marks_first=False)


async def mark_then_send(office: Office, channel: SmtpChannel) -> None:
    """At most once: written down as sent, then sent."""
    await _all(office, channel, marks_first=True)


async def _all(office: Office, channel: SmtpChannel, *, marks_first: bool) -> None:
    with office.store.read() as unit:
        due = iter(unit.touches.in_states([TouchState.PLANNED, TouchState.READY], limit=2000))

    async def worker() -> None:
        for touch in due:
            if marks_first:
                await asyncio.to_thread(_mark, office, touch)
            await channel.hand_over(_message(touch), _always)
            if not marks_first:
                await asyncio.to_thread(_mark, office, touch)

    async with asyncio.TaskGroup() as group:
        for _ in range(channel.concurrency):
            group.create_task(worker())


async def _always() -> bool:
    return True


def _message(touch: Touch) -> Prepared:
    payload = f"Message-ID: <control-{touch.id}@rig.test>\r\nSubject: control\r\n\r\n{'x' * 70}\r\n".encode()
    return Prepared(
        key=str(touch.id),
        channel="email",
        address=touch.address,
        return_path="rig@rig.test",
        payload=payload,
        digest="",
    )


def _mark(office: Office, touch: Touch) -> None:
    now = office.clock.now()
    steps = (
        (touch.state, TouchState.CLAIMED, {"lease_owner": "control", "message_id": f"control-{touch.id}@rig.test"}),
        (TouchState.CLAIMED, TouchState.PREPARED, {}),
        (TouchState.PREPARED, TouchState.COMMITTING, {}),
        (TouchState.COMMITTING, TouchState.SENT, {"handed_over_at": now, "finished_at": now}),
    )
    with office.store.write() as unit:
        for old, new, values in steps:
            unit.touches.move([Move(touch_id=touch.id, old=old, new=new, values=values)])
