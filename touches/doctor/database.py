"""The database: whether it answers, keeps what it acknowledges, has this program's tables, and who serves it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from touches.doctor.answer import Answer, fail, ok, skipped, warn
from touches.doctor.calendar import calendars_of_leads
from touches.errors import DatabaseError, MissingExtra, SchemaMismatch, SettingsError
from touches.settings.model import Settings

if TYPE_CHECKING:
    from touches.store.switches import Heartbeat, Switches

SILENT_AFTER = timedelta(minutes=2)
MAKE_IT = "`touches db upgrade` makes or updates the tables."


def database(settings: Settings, now: datetime) -> Iterable[Answer]:
    """Opening it checks the settings on which safety stands (SQLite's pragmas, PostgreSQL's fsync)."""
    file = settings.database_file
    if file is not None and not file.exists():
        yield fail("database", f'no file "{file}"', MAKE_IT)
        return
    try:
        yield from _opened(settings, now)
    except SchemaMismatch as error:
        yield fail("schema", error.message, error.hint or MAKE_IT)
    except (DatabaseError, MissingExtra) as error:
        yield fail("database", error.message, error.hint or "Nothing works without it; `touches db check` says more.")


def _opened(settings: Settings, now: datetime) -> Iterable[Answer]:
    from touches.store.lead_facts import countries
    from touches.store.schema import current, require_current
    from touches.store.session import explained, open_engine
    from touches.store.switches import Switches

    url = settings.database_url
    engine = open_engine(url)
    try:
        with explained(url):
            found = current(engine)
            yield ok("database", f"{engine.dialect.name} answers, with safe settings")
            require_current(engine)
            yield ok("schema", f"{found}, as this program wants it")
            with engine.connect().execution_options(sqlite_begin="DEFERRED") as connection:
                switches = Switches(connection)
                yield from daemons(switches.heartbeats(), now)
                yield from mailbox(settings, switches)
                yield from calendars_of_leads(settings, countries(connection), now)
    finally:
        engine.dispose()


def daemons(heartbeats: "Iterable[Heartbeat]", now: datetime) -> Iterable[Answer]:
    """Whether each daemon and each `touches serve` that was not stopped gave a sign in the last two minutes."""
    running = [each for each in heartbeats if each.stopped_at is None]
    if not any(each.is_daemon for each in running):
        yield skipped("daemon", "none runs; `touches daemon` starts one, or run `touches tick` by cron")
    for each in running:
        silent = now - each.beat_at
        check = "daemon" if each.is_daemon else "web pages"
        who = f"{each.name} on {each.host}, process {each.pid}"
        if silent > SILENT_AFTER:
            yield warn(check, f"{who}: silent since {each.beat_at.isoformat()}", "Start it again.")
        else:
            yield ok(check, f"{who}: alive {int(silent.total_seconds())} seconds ago")


def mailbox(settings: Settings, switches: "Switches") -> Iterable[Answer]:
    """What the last look into the inbound mailbox met; nothing is said where it worked."""
    if settings.inbound.imap is None:
        return
    from touches.inbound.mailbox import why_unread
    from touches.settings.ways_out import imap_settings

    try:
        identity = imap_settings(settings).identity
    except SettingsError:
        return  # its password cannot be read: said of the secrets already
    if why := why_unread(switches, identity):
        yield fail("inbound mailbox", why, "Mend [inbound.imap]; until then no answer and no opt-out by mail is seen.")
