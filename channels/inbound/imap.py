"""Reads a mailbox over IMAP: new messages by UID, huge ones cut, IDLE in slices. Blocking; call it in a thread.

Nothing is changed on the server: no flag, no delete. The cursor says how far we are, and whose it is.
"""

import imaplib
import re
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from channels.inbound.errors import InboundConnectionError, InboundLoginError
from channels.inbound.limits import READ_AT_MOST

if TYPE_CHECKING:
    from imap_tools import BaseMailBox
    from imap_tools.idle import IdleManager

_LITERAL_AT_MOST = READ_AT_MOST + 64 * 1024  # bytes that a server may announce at once; we ask for no more
_SLICE = 1.0  # seconds between looks for a stop
_IDLE_AT_MOST = 25 * 60.0  # servers hang up after 30 minutes (RFC 2177)


# What the library falls over when a server says what is no IMAP: words for numbers, no answer, bytes of no charset.
_NONSENSE = (ValueError, LookupError, TypeError, ArithmeticError)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapSettings:
    """`[inbound.imap]`, with the password already read. `timeout` in seconds holds for each answer of the server."""

    host: str
    port: int = 993
    security: str = "tls"  # none | starttls | tls
    username: str = ""
    password: str = ""
    folder: str = "INBOX"
    timeout: float = 30.0
    ca_file: str = ""  # trust this authority instead of the system's

    @property
    def identity(self) -> str:
        """Names the mailbox: another host, user or folder is another mailbox, whatever its UIDs say."""
        return f"{self.username}@{self.host.lower()}:{self.port}/{self.folder}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """How far a mailbox was read. `uidvalidity` 0 means: never."""

    mailbox: str = ""
    uidvalidity: int = 0
    uid: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One message: at most 1 MB of it, its whole size, and the cursor to keep once it is stored."""

    raw: bytes
    size: int
    cursor: Cursor


class ImapMailbox:
    """One mailbox. Connects on first use and again after an InboundConnectionError; not for several threads at once."""

    def __init__(self, settings: ImapSettings) -> None:
        self.settings = settings
        self._box: BaseMailBox | None = None

    def fetch_new(self, cursor: Cursor) -> Iterator[Fetched]:
        """Messages after the cursor, oldest first, each fetched when asked for.

        A cursor of another mailbox, or of another UIDVALIDITY (the server renumbered), starts from the first message:
        the caller recognises what it has seen by Message-ID and digest. A message that vanished meanwhile is left out.
        """
        with self._connected() as box:
            box.client.noop()  # a selected folder shows what arrived since only after this
            validity = _uidvalidity(box, self.settings.folder)
            same = cursor.mailbox == self.settings.identity and cursor.uidvalidity == validity
            last = cursor.uid if same else 0
            uids = sorted(uid for uid in map(int, box.uids(f"UID {last + 1}:*")) if uid > last)
        for uid in uids:
            with self._connected() as box:
                found = _fetch(box, uid)
            if found is not None:
                here = Cursor(mailbox=self.settings.identity, uidvalidity=validity, uid=uid)
                yield Fetched(raw=found[0], size=found[1], cursor=here)

    def wait_for_mail(self, stop: threading.Event, *, seconds: float) -> bool:
        """Wait until the server reports something new (True), `stop` is set, or `seconds` are over (False).

        At most 25 minutes at once. With a server that has no IDLE the time passes here, until `stop`.
        """
        with self._connected() as box:
            if "IDLE" not in box.client.capabilities:
                stop.wait(seconds)
                return False
            with box.idle as idle:
                return _news(idle, stop, seconds)

    def close(self) -> None:
        """Log out; idempotent, and silent when the line is already dead."""
        box, self._box = self._box, None
        if box is None:
            return
        try:
            box.logout()
        except (OSError, imaplib.IMAP4.error, ValueError):
            _hang_up(box)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _connected(self) -> "Iterator[BaseMailBox]":
        """The open mailbox; whatever breaks inside becomes one of our errors and drops the connection."""
        from imap_tools.errors import ImapToolsError

        try:
            if self._box is None:
                self._box = _open(self.settings)
            yield self._box
        except (OSError, imaplib.IMAP4.error, ImapToolsError, EOFError, *_NONSENSE) as error:
            box, self._box = self._box, None
            if box is not None:
                _hang_up(box)
            where = f"{self.settings.host}:{self.settings.port}"
            raise InboundConnectionError(f"the mailbox at {where} broke off: {_words(error)}") from error


def _news(idle: "IdleManager", stop: threading.Event, seconds: float) -> bool:
    """Stay in IDLE, looking up every second for `stop`: leaving it would lose what the server says meanwhile."""
    left = min(seconds, _IDLE_AT_MOST)
    while left > 0 and not stop.is_set():
        if any(b"EXISTS" in line or b"RECENT" in line for line in idle.poll(timeout=min(_SLICE, left))):
            return True
        left -= _SLICE
    return False


def _open(settings: ImapSettings) -> "BaseMailBox":
    """Connect, secure, log in, select. Refused credentials or folder raise InboundLoginError; the rest passes."""
    box = _connect(settings)
    box.client.read = _bounded(box.client.read)  # type: ignore[method-assign,assignment]
    try:
        _enter(box, settings)
    except BaseException:
        _hang_up(box)
        raise
    return box


def _enter(box: "BaseMailBox", settings: ImapSettings) -> None:
    from imap_tools.errors import MailboxFolderSelectError, MailboxLoginError

    try:
        box.login(settings.username, settings.password, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except (MailboxLoginError, imaplib.IMAP4.error) as error:
        raise InboundLoginError(
            "inbound.imap.username", f"{settings.host} refuses {settings.username!r}: {_words(error)}"
        ) from error
    try:
        box.folder.set(settings.folder, readonly=True)
    except MailboxFolderSelectError as error:
        raise InboundLoginError("inbound.imap.folder", f"there is no folder {settings.folder!r}") from error


def _hang_up(box: "BaseMailBox") -> None:
    """Close the socket without a word; a line that is already dead may say so."""
    with suppress(OSError):
        box.client.shutdown()


def _connect(settings: ImapSettings) -> "BaseMailBox":
    from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted

    if settings.security == "none":
        return MailBoxUnencrypted(settings.host, port=settings.port, timeout=settings.timeout)
    trust = ssl.create_default_context(cafile=settings.ca_file or None)
    if settings.security == "starttls":
        return MailBoxStartTls(settings.host, port=settings.port, timeout=settings.timeout, ssl_context=trust)
    return MailBox(settings.host, port=settings.port, timeout=settings.timeout, ssl_context=trust)


def _bounded(read: Callable[[int], bytes]) -> Callable[[int], bytes]:
    """As `read`, but nobody gets the memory for more than we asked for."""

    def read_some(size: int) -> bytes:
        if size > _LITERAL_AT_MOST:
            raise imaplib.IMAP4.abort(f"{size} bytes are announced, where at most {READ_AT_MOST} were asked for")
        return read(size)

    return read_some


def _uidvalidity(box: "BaseMailBox", folder: str) -> int:
    found = box.folder.status(folder, ["UIDVALIDITY"])
    return int(found["UIDVALIDITY"])


def _fetch(box: "BaseMailBox", uid: int) -> tuple[bytes, int] | None:
    """The first MB of a message and its size; None when it is gone. PEEK leaves it unseen."""
    size = _size(box, uid)
    if size is None:
        return None
    answer = _asked(box, uid, f"(BODY.PEEK[]<0.{READ_AT_MOST}>)")
    raw = next((part[1] for part in answer if isinstance(part, tuple)), None)
    return None if raw is None else (raw, max(size, len(raw)))


def _asked(box: "BaseMailBox", uid: int, what: str) -> Sequence[Any]:
    """Of a message that is gone the answer is OK and empty; a refusal is none, or an answer would be passed over."""
    said, answer = box.client.uid("FETCH", str(uid), what)
    if said != "OK":
        raise imaplib.IMAP4.error(f"message {uid}: {said} {answer!r}")
    return answer


def _size(box: "BaseMailBox", uid: int) -> int | None:
    answer = _asked(box, uid, "(RFC822.SIZE)")
    lines = (part[0] if isinstance(part, tuple) else part for part in answer)
    found = (re.search(rb"RFC822\.SIZE (\d{1,15})", line) for line in lines if line)
    return next((int(match[1]) for match in found if match), None)


def _words(error: BaseException) -> str:
    """The library's words on one line, without the bytes of mails."""
    return " ".join(str(error).split())[:200] or type(error).__name__
