"""The chore that reads the mailbox: new mails in order, each acted on before the cursor passes it."""

from datetime import datetime, timedelta

from channels.inbound.errors import InboundConnectionError, InboundError, InboundLoginError
from channels.inbound.imap import Cursor, Fetched, ImapMailbox, ImapSettings
from channels.inbound.values import InboundKind, InboundMail
from channels.inbound.worker import MailWorker
from touches.engine.alarms import alarm
from touches.engine.office import Office
from touches.inbound.marks import read_marks
from touches.inbound.reading import read, take_or_set_aside
from touches.store.switches import Switches

BATCH = 50  # mails between two notes of the cursor: what is read again after a crash is known by its content
OLD = timedelta(days=7)  # before the first look: what was in the mailbox already is not for us, unless it names a touch
FAILING = "mailbox:"  # and the mailbox: since when it cannot be read, and why
UNREACHABLE = timedelta(minutes=15)  # before anybody is told of a mailbox that does not answer


def read_mailbox(office: Office, settings: ImapSettings) -> int:
    """Act on all mails that came since the last look; how many were new. A mailbox that cannot be read is told to an
    operator once, and tried again at the next pass. Raises DatabaseError."""
    try:
        with ImapMailbox(settings) as box, MailWorker() as worker:
            done = _read_all(office, box, worker)
    except InboundError as error:
        _failed(office, settings.identity, error)
        return 0
    _recovered(office, settings.identity)
    return done


def _read_all(office: Office, box: ImapMailbox, worker: MailWorker) -> int:
    identity = box.settings.identity
    cursor, since = _cursor(office, identity)
    saved, done = cursor, 0
    for number, fetched in enumerate(box.fetch_new(cursor), start=1):
        if not _act(office, worker, fetched, since):
            break  # it comes before the note of the hand-over that it reports on: the next look takes it
        done += 1
        cursor = fetched.cursor
        if number % BATCH == 0:
            saved = _save(office, cursor)
    if cursor != saved:
        _save(office, cursor)
    return done


def _act(office: Office, worker: MailWorker, fetched: Fetched, since: datetime) -> bool:
    mail = read(office, worker, fetched.raw, size=fetched.size)
    if _is_old(mail, since) and not read_marks(mail, office.signer).all:
        return True
    return not take_or_set_aside(office, mail).later


def _is_old(mail: InboundMail, since: datetime) -> bool:
    return mail.kind is not InboundKind.POISON and mail.sent_at is not None and mail.sent_at < since - OLD


def _cursor(office: Office, identity: str) -> tuple[Cursor, datetime]:
    """How far this mailbox was read, and since when it is read at all."""
    with office.store.read() as unit:
        known = unit.switches.get(f"imap:{identity}")
    if known:
        validity, uid, since = known.split(" ")
        return Cursor(mailbox=identity, uidvalidity=int(validity), uid=int(uid)), datetime.fromisoformat(since)
    now = office.clock.now()
    with office.store.write() as unit:
        unit.switches.set(f"imap:{identity}", f"0 0 {now.isoformat()}", at=now)
    return Cursor(), now


def _save(office: Office, cursor: Cursor) -> Cursor:
    """After the transactions of the mails: a crash between the two reads them again and finds them known."""
    with office.store.write() as unit:
        key = f"imap:{cursor.mailbox}"
        since = unit.switches.get(key).rpartition(" ")[2]
        unit.switches.set(key, f"{cursor.uidvalidity} {cursor.uid} {since}", at=office.clock.now())
    return cursor


def _failed(office: Office, identity: str, error: InboundError) -> None:
    """A wrong setting is told at once, a line that broke only when it stays broken."""
    now = office.clock.now()
    with office.store.write() as unit:
        key = f"{FAILING}{identity}"
        known = unit.switches.get(key)
        since = datetime.fromisoformat(known.partition(" ")[0]) if known else now
        if not known:
            unit.switches.set(key, f"{now.isoformat()} {error}", at=now)
        patient = isinstance(error, InboundConnectionError) and now - since < UNREACHABLE
        if not patient and unit.switches.first_time("mailbox", f"{identity}/{since.isoformat()}", at=now):
            advice = "Answers, bounces and opt-outs by mail are not seen until it can be read again."
            wrong = "the mailbox refuses us" if isinstance(error, InboundLoginError) else "the mailbox cannot be read"
            alarm(unit, office, subject=wrong, body=f"{error}\n\n{advice}")


def _recovered(office: Office, identity: str) -> None:
    with office.store.read() as unit:
        failing = unit.switches.get(f"{FAILING}{identity}")
    if failing:
        with office.store.write() as unit:
            unit.switches.set(f"{FAILING}{identity}", "", at=office.clock.now())


def why_unread(switches: Switches, identity: str) -> str:
    """Since when and why a mailbox cannot be read; empty where the last look worked."""
    since, _, reason = switches.get(f"{FAILING}{identity}").partition(" ")
    return f"{reason} (since {since})" if reason else ""
