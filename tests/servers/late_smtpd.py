"""A real SMTP server on loopback whose replies come late, so that messages to one domain overlap where they may.

It notes at each recipient how many messages to the same domain were under way, and how many had been accepted.
"""

import asyncio
import contextlib
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from channels.receiver import ReceivedMail, Receiver, Stage
from channels.receiver.session import ReceiverSession

LATE = 0.02  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A message began: how many to its domain were under way with it, after how many that the sender may know of."""

    domain: str
    together: int
    accepted: int


class LateSmtpd(Receiver):
    """`begun` and `mails` in order. Recipients at a domain in `refusing` are told to come back later."""

    def __init__(self, refusing: frozenset[str] = frozenset()) -> None:
        super().__init__(self._keep)
        self.refusing = refusing
        self.mails: list[ReceivedMail] = []
        self.begun: list[Begun] = []
        self.accepted: Counter[str] = Counter()
        self.under_way: Counter[str] = Counter()

    def session(self) -> ReceiverSession:
        return _Session(self)

    def begin(self, domain: str) -> None:
        """One more is under way."""
        self.under_way[domain] += 1
        self.begun.append(Begun(domain=domain, together=self.under_way[domain], accepted=self.accepted[domain]))

    def _keep(self, mail: ReceivedMail) -> str:
        self.mails.append(mail)
        return f"Q{len(self.mails):06}"


class _Session(ReceiverSession):
    """Counts down when the reply leaves, not when it is thought of: the sender knows no earlier."""

    def __init__(self, server: LateSmtpd) -> None:
        super().__init__(server)
        self._server = server
        self._ending: list[tuple[str, bool]] = []

    def recipient(self, address: str) -> None:
        domain = address.rpartition("@")[2]
        self._server.begin(domain)
        if domain in self._server.refusing:
            self._ending.append((domain, False))
            self.answer(Stage.RCPT, "451 4.7.1 Come back later")
        else:
            super().recipient(address)

    def finish(self, mail: ReceivedMail) -> None:
        self._ending.append((mail.recipients[0].rpartition("@")[2], True))
        super().finish(mail)

    def flush(self) -> None:
        replies, self._replies = self._replies, []
        ending, self._ending = self._ending, []
        if replies:
            asyncio.get_running_loop().call_later(LATE, self._leave, replies, ending)

    def _leave(self, replies: list[bytes], ending: list[tuple[str, bool]]) -> None:
        for domain, well in ending:
            self._server.under_way[domain] -= 1
            self._server.accepted[domain] += well
        if self.transport is not None and self.open:
            self.transport.write(b"".join(replies))


@contextlib.contextmanager
def running_late_smtpd(*refusing: str) -> Iterator[LateSmtpd]:
    """A server on a thread of its own; its lists may be read from here."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="late smtpd", daemon=True)
    thread.start()
    server = LateSmtpd(frozenset(refusing))
    asyncio.run_coroutine_threadsafe(server.start(), loop).result(10)
    try:
        yield server
    finally:
        asyncio.run_coroutine_threadsafe(server.close(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
