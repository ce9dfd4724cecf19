"""Email by SMTP: kept sessions to one mail server, each message a transaction of ours."""

import asyncio
from datetime import datetime
from pathlib import Path

from channels.mail import MailComposer
from channels.proof import CannotTell, Finding
from channels.protocol import Marker, Outgoing, Prepared, Refused, Result
from channels.smtp.connection import Session, open_session, tls_context
from channels.smtp.postfix_log import find_in_log
from channels.smtp.settings import SmtpSettings
from channels.smtp.transaction import Transaction


class SmtpChannel:
    """The channel `email`. At most `concurrency` messages at once, each on a connection of its own.

    A session that the server closed while it rested is replaced without a word, as long as it answered nothing of
    the message: that is no failure. Raises ChannelSettingsError for an unreadable `ca_file`.
    """

    name = "email"

    def __init__(self, settings: SmtpSettings) -> None:
        self.concurrency = settings.connections
        self._settings = settings
        self._tls = tls_context(settings)
        self._composer = MailComposer()
        self._resting: list[Session] = []
        self._begun: dict[str, Session] = {}  # by the key of the message that has been begun on it
        self._free = asyncio.Semaphore(settings.connections)
        self._closed = False

    def prepare(self, outgoing: Outgoing) -> Prepared:
        """See MailComposer.compose."""
        return self._composer.compose(outgoing)

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        """Offer, await the marker, end the message. Only what the marker itself raises comes out of here."""
        return await self.hand_over_and_begin(prepared, marker, None)

    async def hand_over_and_begin(self, prepared: Prepared, marker: Marker, following: Prepared | None) -> Result:
        """The same; where the server offers PIPELINING the envelope of the following one leaves with the end."""
        async with self._free:
            kept = self._begun_for(prepared) or self._rested()
            if kept is not None:
                transaction = self._transaction(kept, prepared, marker, following)
                result = await self._run(transaction)
                if not transaction.stale:
                    return result
            fresh = await open_session(self._settings, self._tls)
            if isinstance(fresh, Refused):
                return fresh
            return await self._run(self._transaction(fresh, prepared, marker, following))

    def forget(self, prepared: Prepared) -> None:
        """What was begun of it is undone with its session; idempotent."""
        session = self._begun_for(prepared)
        if session is not None:
            session.wire.drop()

    async def find(self, *, key: str, address: str, since: datetime) -> Finding:  # noqa: ARG002
        """By the log of our own mail server, where the settings name it: no other can be asked."""
        if not self._settings.log:
            return CannotTell(because="no log of the mail server is named: [channels.email] log")
        return await asyncio.to_thread(find_in_log, Path(self._settings.log), key=key, since=since)

    async def close(self) -> None:
        """Leave politely; idempotent. What is under way finishes and then closes its session."""
        self._closed = True
        resting, self._resting = self._resting, []
        begun, self._begun = self._begun, {}
        for session in begun.values():
            session.wire.drop()
        await asyncio.gather(*(session.leave(self._settings.timeouts.quit) for session in resting))

    def _transaction(
        self, session: Session, prepared: Prepared, marker: Marker, following: Prepared | None
    ) -> Transaction:
        return Transaction(
            session=session,
            prepared=prepared,
            marker=marker,
            following=None if self._closed else following,
            timeouts=self._settings.timeouts,
        )

    async def _run(self, transaction: Transaction) -> Result:
        result = await transaction.run()
        await self._put_back(transaction.session)
        return result

    def _begun_for(self, prepared: Prepared) -> Session | None:
        """The session on which this very message has been begun."""
        session = self._begun.pop(prepared.key, None)
        if session is not None and session.begun is not prepared:
            session.wire.drop()
            return None
        return session

    def _rested(self) -> Session | None:
        """The session used last that is still good; the loop has told by now of those that were closed."""
        oldest = asyncio.get_running_loop().time() - self._settings.idle
        while self._resting:
            session = self._resting.pop()
            if session.wire.silent and session.rested_at >= oldest:
                return session
            session.wire.close()
        return None

    async def _put_back(self, session: Session) -> None:
        if not session.wire.open:
            return
        if session.begun is not None:
            if self._closed:
                session.wire.drop()
            else:
                self._begun[session.begun.key] = session
            return
        if self._closed:
            await session.leave(self._settings.timeouts.quit)
            return
        session.rested_at = asyncio.get_running_loop().time()
        self._resting.append(session)
