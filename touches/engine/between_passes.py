"""Whether the wall clock moved as it should since the pass of cron before: a process for each pass cannot watch it."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from touches.engine.journal import boot_id
from touches.engine.office import Office
from touches.errors import FileError
from touches.planning.steadiness import ClockWatch, look

FILE = "clock.json"  # beside the database's mark: each machine has a clock of its own


def clock_jumped(office: Office, folder: Path, *, boot: str | None = None) -> str:
    """Why nothing may leave in this pass; empty where the clock is steady, or where nobody can know: at the first pass,
    and after the machine was started again. A jump forward that needs a person puts everything in hold.

    The next pass sends again, if the clock is steady by then. Raises FileError when the look cannot be kept.
    """
    boot = boot_id() if boot is None else boot
    now, steady = office.clock.now(), office.clock.monotonic()
    before = _last_look(folder / FILE, boot)
    _keep(folder / FILE, {"boot": boot, "wall": now.isoformat(), "monotonic": steady})
    watch = look(before, now, steady) if before is not None else None
    if watch is None or watch.steady:
        return ""
    if watch.needs_release:
        with office.store.write() as unit:
            unit.switches.set("hold", f"the clock jumped forward by {watch.jumped}: is it right?", at=now)
    by = timedelta(seconds=round(abs(watch.jumped).total_seconds()))
    way = "forward" if watch.jumped > timedelta(0) else "back"
    return f"the clock was set {way} by {by} since the pass before: the next pass sends, if it is steady by then"


def _last_look(file: Path, boot: str) -> ClockWatch | None:
    """The look of the pass before, on this run of the machine."""
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        if not boot or said["boot"] != boot:
            return None
        return ClockWatch(wall=datetime.fromisoformat(said["wall"]), monotonic=float(said["monotonic"]))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileError.from_os(error, "read") from None
    except (ValueError, TypeError, KeyError):
        return None  # a torn look proves nothing


def _keep(file: Path, said: dict[str, object]) -> None:
    try:
        file.write_text(json.dumps(said), encoding="utf-8")
    except OSError as error:
        raise FileError.from_os(error, "write to") from None
