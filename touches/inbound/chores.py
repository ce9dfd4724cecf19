"""What the engine does of itself about what comes back: read the mailbox, join reports that came too early."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from touches.engine.office import Office
from touches.engine.passing import Chore
from touches.inbound.reports import join_reports

if TYPE_CHECKING:
    from channels.inbound.imap import ImapSettings


def chores(mailbox: "Callable[[], ImapSettings] | None") -> tuple[Chore, ...]:
    """The chores, in order. `mailbox` gives the settings of the mailbox; None: nobody reads one."""
    return (join_reports,) if mailbox is None else (partial(_read, mailbox), join_reports)


def _read(mailbox: "Callable[[], ImapSettings]", office: Office) -> int:
    from touches.inbound.mailbox import read_mailbox

    return read_mailbox(office, mailbox())
