"""Waits at the mailbox beside the schedule, so that an answer stops what is due within seconds (RFC 2177)."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from channels.inbound.errors import InboundError
from touches.errors import SettingsError

if TYPE_CHECKING:
    from channels.inbound.imap import ImapMailbox, ImapSettings

ROUND = 20 * 60.0  # seconds: servers hang up on an idle client after 30 minutes
PATIENCE = 60.0  # seconds before a mailbox that refuses or breaks off is tried again


class Listener:
    """Calls `bring_in` whenever the mailbox reports something new. What goes wrong is told by the job that reads the
    mailbox, not here. `mailbox` is asked anew for each connection, so that changed settings hold."""

    def __init__(self, mailbox: "Callable[[], ImapSettings]", bring_in: Callable[[], Awaitable[None]]) -> None:
        self._mailbox = mailbox
        self._bring_in = bring_in
        self._stop = threading.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to wait, on the running loop."""
        self._task = asyncio.create_task(self._listen())

    async def stop(self) -> None:
        """End within a second or two; idempotent."""
        self._stop.set()
        task, self._task = self._task, None
        if task is not None:
            await asyncio.gather(task, return_exceptions=True)

    async def _listen(self) -> None:
        box: ImapMailbox | None = None
        while not self._stop.is_set():
            try:
                box = box or _open(self._mailbox())
                news = await asyncio.to_thread(box.wait_for_mail, self._stop, seconds=ROUND)
            except (InboundError, SettingsError):
                box = None
                await asyncio.to_thread(self._stop.wait, PATIENCE)
                continue
            if news and not self._stop.is_set():
                await self._bring_in()
        if box is not None:
            await asyncio.to_thread(box.close)


def _open(settings: "ImapSettings") -> "ImapMailbox":
    from channels.inbound.imap import ImapMailbox

    return ImapMailbox(settings)
