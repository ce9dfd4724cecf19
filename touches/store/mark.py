"""Knows a database that went back in time: a high-water mark outside of it, compared at every start.

A restored backup, a copied machine or another file under the same name would send again what went out meanwhile.
"""

import json
import os
import socket
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

from touches.errors import FileError
from touches.store.places import is_copy, place_of
from touches.store.units import Store, Unit

MARK_FILE: Final = "mark.json"
INSTANCE: Final = "instance"
HOST: Final = "instance host"
PLACE: Final = "instance place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How far a database has come. `host` is empty where a machine cannot be told from another; `touch` and `attempt`
    are the highest ids."""

    instance: str
    host: str
    touch: int
    attempt: int


def why_hold(mark: Mark | None, now: Mark, *, home: str = "", copied: bool = False) -> str:
    """Why nothing may leave until a person says so; empty when all is well. Pure.

    `mark` is the one beside the workspace (None: there is none yet), `now` what the database says here, `home` the
    machine that the database was last used on (empty: unknown, or any may use it), `copied` whether it lay elsewhere.
    """
    if mark is not None and mark.instance != now.instance:
        return "another database than before is in place"
    if mark is not None and (now.touch < mark.touch or now.attempt < mark.attempt):
        gone = f"touch {mark.touch}, attempt {mark.attempt}"
        return (
            f"the database is older than what was sent from it: it had come to {gone}, now {now.touch}, {now.attempt}"
        )
    if home and now.host and home != now.host:
        return "the database was moved or copied to another machine: is it the only one that sends?"
    if copied:
        return "the database was moved or copied to another place: is it the only one that sends?"
    return ""


def keep_mark(store: Store, folder: Path, *, now: datetime) -> str:
    """Compare the database with the mark in `folder`, put it in hold if it went back, and move the mark up to it.

    The reason of a hold that was set now, else empty. To be called before anything is sent, and now and then.
    Raises FileError when the mark cannot be written: then nothing should be sent either.
    """
    file = folder / MARK_FILE
    with store.write() as unit:
        here = current_mark(unit, now=now)
        home = unit.switches.get(HOST) if store.is_sqlite else ""
        lay, lies = unit.switches.get(PLACE), place_of(unit.connection)
        reason = why_hold(read_mark(file), here, home=home, copied=is_copy(lay, lies))
        if reason and not unit.switches.get("hold"):
            unit.switches.set("hold", reason, at=now)
        if here.host and home != here.host:
            unit.switches.set(HOST, here.host, at=now)
        if lay != lies:
            unit.switches.set(PLACE, lies, at=now)
    write_mark(file, here)
    return reason


def current_mark(unit: Unit, *, now: datetime) -> Mark:
    """How far the database has come; it gets its random id here, the first time."""
    instance = unit.switches.get(INSTANCE)
    if not instance:
        instance = uuid4().hex
        unit.switches.set(INSTANCE, instance, at=now)
    top = unit.connection.exec_driver_sql(
        "SELECT (SELECT coalesce(max(id), 0) FROM touch), (SELECT coalesce(max(id), 0) FROM attempt)"
    ).one()
    return Mark(instance=instance, host=host_identity(), touch=int(top[0]), attempt=int(top[1]))


def host_identity() -> str:
    """What tells this machine from a clone of it, as far as the system says; empty in a container without an id."""
    try:
        found = Path("/etc/machine-id").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return f"{found}:{socket.gethostname()}" if found and not Path("/.dockerenv").exists() else ""


def read_mark(file: Path) -> Mark | None:
    """The mark, or None where there is none that can be read: a torn one proves nothing."""
    try:
        return Mark(**json.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileError.from_os(error, "read") from None
    except (ValueError, TypeError):
        return None


def write_mark(file: Path, mark: Mark) -> None:
    """Replace the mark, whole or not at all."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        file.parent.mkdir(mode=0o700, exist_ok=True)
        with part.open("w", encoding="utf-8") as opened:
            json.dump(asdict(mark), opened)
            opened.flush()
            os.fsync(opened.fileno())
        part.replace(file)
    except OSError as error:
        raise FileError.from_os(error, "write to") from None
