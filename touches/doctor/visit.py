"""Asks every question in turn, going on as far as the answers allow."""

from collections.abc import Callable, Iterator
from datetime import datetime

from touches.doctor import calendar, database, folder, installation, registers, sending, zone_data
from touches.doctor.answer import Answer, fail, ok
from touches.errors import TouchesError
from touches.settings.model import Settings
from touches.workspace import Workspace


def visit(find: Callable[[], Workspace], now: datetime) -> Iterator[Answer]:
    """All answers: first about the installation, then about the workspace that `find` returns, if there is one."""
    yield installation.python()
    yield from installation.packages()
    yield zone_data.zone_data(now)
    try:
        workspace = find()
        yield ok("workspace", str(workspace.root))
        settings = workspace.settings
    except TouchesError as error:
        yield fail("workspace", error.message, error.hint)
        return
    yield ok("settings", "touches.toml is right")
    yield from _of_workspace(workspace, settings, now)


def _of_workspace(workspace: Workspace, settings: Settings, now: datetime) -> Iterator[Answer]:
    yield from installation.extras(settings.database_url)
    yield from folder.parts(workspace)
    yield folder.key(workspace)
    yield from folder.secrets(settings)
    yield folder.laws(settings)
    yield from registers.registers(settings, now)
    yield folder.room(settings, workspace.root)
    yield calendar.calendar(settings, now)
    yield from database.database(settings, now)
    yield from sending.ways_out(settings)
    yield sending.mail_server(settings)
    yield from sending.sms_gateway(settings)
    yield from sending.printer(settings)
    yield sending.mail_security(settings)
    yield sending.imap_server(settings)
    yield sending.escalations(settings)
    yield from sending.domain(settings)
