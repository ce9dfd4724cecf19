"""What the log of our own Postfix proves: a message that became active in its queue was accepted, whether or not its
answer ever reached us. Reads files; knows nothing of connections."""

import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Final

from channels.proof import CannotTell, Finding
from channels.protocol import Accepted

ROTATED: Final = (".2.gz", ".1.gz", ".1", "")  # older parts of the log, oldest first
SLACK: Final = timedelta(minutes=1)  # the log must go on for so long after the marker before silence says anything
_QUEUED: Final = re.compile(rb"postfix[^ ]*/cleanup\[\d+\]: ([0-9A-Za-z]+): (?:resent-)?message-id=<([^>]*)>")
_LATER: Final = re.compile(rb"postfix[^ ]*/\w+\[\d+\]: ([0-9A-Za-z]+): (.*)")
_STATUS: Final = re.compile(rb"\bstatus=(\w+)")
_STAMP: Final = re.compile(
    r"(?P<iso>\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)|(?P<old>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d)"
)


@dataclass(slots=True, kw_only=True)
class Reading:
    """What was read. `queue_id` is set once the message was active in the queue."""

    first: datetime | None = None
    last: datetime | None = None
    named: set[bytes] = field(default_factory=set)  # queue ids under which the message began to arrive
    queue_id: str = ""
    status: str = ""


def find_in_log(log: Path, *, key: str, since: datetime) -> Finding:
    """Whether the message whose Message-ID begins with `key` and `@` is in the log. Absence is only proven by a log
    that was already written before `since` (aware) and goes on after it."""
    try:
        found = read_log(_lines(log), key=key, near=since)
    except OSError as error:
        return CannotTell(because=f"the log {log} cannot be read: {(error.strerror or str(error)).lower()}")
    if found.queue_id:
        return Accepted(reference=found.queue_id, detail=found.status or "in the queue")
    if found.first is None or found.first > since:
        return CannotTell(because="the log of the mail server does not go back to that time")
    if found.last is None or found.last < since + SLACK:
        return CannotTell(because="the log of the mail server has not come to that time yet")
    return None


def read_log(lines: Iterable[bytes], *, key: str, near: datetime) -> Reading:
    """Follow one message through the log. `near` tells the year of stamps that have none."""
    found, wanted = Reading(), f"{key}@".encode()
    last = b""
    for line in lines:
        if found.first is None:
            found.first = stamp_of(line, near)
        last = line
        if wanted in line and (begun := _QUEUED.search(line)) and begun[2].startswith(wanted):
            found.named.add(begun[1])
        elif found.named:
            _follow(line, found)
    found.last = stamp_of(last, near)
    return found


def _follow(line: bytes, found: Reading) -> None:
    later = _LATER.search(line)
    if later is None or later[1] not in found.named:
        return
    status = _STATUS.search(later[2])
    if b"(queue active)" in later[2] or status is not None:
        found.queue_id = later[1].decode("ascii")
    if status is not None:
        found.status = status[1].decode("ascii")


def stamp_of(line: bytes, near: datetime) -> datetime | None:
    """A line's instant: RFC 3339, or the old form in local time without a year, of which the nearest is taken."""
    stamp = _STAMP.match(line[:40].decode("ascii", "replace"))
    if stamp is None:
        return None
    if stamp["iso"]:
        return datetime.fromisoformat(stamp["iso"]).astimezone(UTC)
    years = (near.year - 1, near.year, near.year + 1)
    return min(
        (at for year in years if (at := _old_stamp(stamp["old"], year))), key=lambda at: abs(at - near), default=None
    )


def _old_stamp(text: str, year: int) -> datetime | None:
    try:
        return datetime.strptime(f"{year} {text}", "%Y %b %d %H:%M:%S").astimezone(UTC)
    except ValueError:
        return None  # 29 February in another year


def _lines(log: Path) -> Iterator[bytes]:
    """The lines of all parts. The log itself must be there."""
    for ending in ROTATED:
        part = log.with_name(log.name + ending)
        if ending and not part.exists():
            continue
        with _open(part) as opened:
            yield from opened


def _open(part: Path) -> IO[bytes]:
    return gzip.open(part) if part.suffix == ".gz" else part.open("rb")  # type: ignore[return-value]
