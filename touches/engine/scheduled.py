"""Chores of a line of `[schedule]` for passes without a daemon: each is done once for every time that has come."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from touches.engine.office import Office
from touches.settings.schedule import ScheduleLine, next_fire
from touches.store.locks import alone
from touches.store.units import Unit

LAST = "scheduled/"  # when the chore of this name was done last


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """A chore that a pass does if its time came since the last one did it. However many times passed, it is done once.

    The first pass only takes note: what was due before there was any is nobody's loss.
    """

    name: str
    line: ScheduleLine
    chore: Callable[[Office], int]

    def __call__(self, office: Office) -> int:
        with office.store.read() as unit:
            last = self._last(unit)
        if last is not None and next_fire(self.line, last, ZoneInfo(office.house.timezone)) > office.clock.now():
            return 0
        with alone(office.store, self.name) as mine:
            if not mine:
                return 0
            done = 0 if last is None else self.chore(office)
            with office.store.write() as unit:
                now = office.clock.now()
                unit.switches.set(LAST + self.name, now.isoformat(), at=now)
            return done

    def _last(self, unit: Unit) -> datetime | None:
        written = unit.switches.get(LAST + self.name)
        return datetime.fromisoformat(written) if written else None
