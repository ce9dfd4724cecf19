"""The task to post the letters that lie in the spool."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from pathlib import Path

from channels.letter.spool import Spool
from touches.care.local import LocalClock
from touches.care.tasks import LETTERS, Task, TaskKind
from touches.engine.office import Office
from touches.time.local import local_date, local_instant
from touches.time.workdays import add_working_days
from touches.wording import counted


def letters_to_post(office: Office, now: datetime) -> Iterator[Task]:
    """Letters that nobody has posted for more than a working day: one task for all of them."""
    if not office.desk.letter_spool:
        return
    spool = Spool(Path(office.desk.letter_spool))
    waiting = [letter for key in spool.keys("out") if (letter := spool.find(key)) is not None]
    if not waiting:
        return
    oldest = min(letter.at for letter in waiting)
    zone = office.house.timezone
    due = local_instant(add_working_days(local_date(oldest, zone), 1), time(18), zone)
    if due > now:
        return
    yield Task(
        task=LETTERS,
        kind=TaskKind.POST_LETTERS,
        lead_id=None,
        lead="",
        name=counted(len(waiting), "letter"),
        phone="",
        owner="",
        due_at=due.astimezone(UTC),
        local_time=LocalClock(zone=zone).shown(due),
        zone=zone,
        script=f"Print and post what lies in {spool.folder / 'out'}, the oldest since {oldest:%Y-%m-%d}.",
        ask="`touches done letters` when they are posted",
    )
