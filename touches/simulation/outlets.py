"""Limits by the minute and the day, and the warm-up: what is due and may not leave yet waits for its channel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from touches.engine.office import Desk
from touches.planning.limits import smallest
from touches.settings.values import WarmUp
from touches.simulation.agenda import order_of
from touches.simulation.people import SimEnrollment
from touches.simulation.timetable import DAY_MICROS, MINUTE

if TYPE_CHECKING:
    from touches.simulation.player import Player


@dataclass(slots=True, kw_only=True, eq=False)
class Outlet:
    """One channel with a limit. `sent` are the instants at which anything left, oldest first; `first` is when the
    channel was first used. `waiting` is a heap of what is due; `opens` says whether its next opening is planned."""

    per_minute: int = 0
    per_day: int = 0
    ramp: WarmUp | None = None
    sent: list[int] = field(default_factory=list)
    first: int | None = None
    waiting: list[tuple[int, int, int, int, SimEnrollment]] = field(default_factory=list)
    opens: bool = False

    def free_at(self, now: int) -> int:
        """When one more may leave, `now` or later; with a ramp at the latest when its day begins, to be asked again."""
        by_minute = self._kept(self.per_minute, MINUTE, now)
        by_day = self._kept(smallest(self.per_day, self._ceiling(now)), DAY_MICROS, now)
        if self.ramp is not None and by_day > now:
            started = now if self.first is None else self.first
            by_day = min(by_day, started + ((now - started) // DAY_MICROS + 1) * DAY_MICROS)
        return max(by_minute, by_day)

    def _kept(self, limit: int, span: int, now: int) -> int:
        return max(now, self.sent[-limit] + span + 1) if limit and len(self.sent) >= limit else now

    def _ceiling(self, now: int) -> int:
        if self.ramp is None:
            return 0
        return self.ramp.ceiling((now - (now if self.first is None else self.first)) // DAY_MICROS)

    def left(self, now: int) -> None:
        """One more has left."""
        self.sent.append(now)
        if self.first is None:
            self.first = now

    def park(self, one: SimEnrollment) -> None:
        """It waits for its turn, in the order in which the engine claims."""
        heappush(self.waiting, (one.lane, order_of(one), one.seq, one.token, one))

    def next(self) -> SimEnrollment | None:
        """Whose turn it is, of those who still wait."""
        while self.waiting:
            _, _, _, token, one = heappop(self.waiting)
            if token == one.token:
                return one
        return None


class Turns:
    """Who leaves now and who waits for the channel. `outlets` are those with a limit."""

    def __init__(self, player: "Player", outlets: Mapping[str, Outlet]) -> None:
        self._player, self._agenda = player, player.agenda
        self.outlets = outlets

    def leave(self, one: SimEnrollment, now: int) -> None:
        """Leave if the channel has room."""
        outlet = self.outlets.get(one.channel)
        if outlet is None:
            self._player.depart(one, now)
            return
        if outlet.free_at(now) > now:
            outlet.park(one)
        else:
            self._player.depart(one, now)
        self._next(outlet, now)

    def _next(self, outlet: Outlet, now: int) -> None:
        if outlet.opens or not outlet.waiting:
            return
        free = outlet.free_at(now)
        if free > now:
            outlet.opens = True
            self._agenda.at(free, partial(self._open, outlet))
        elif (one := outlet.next()) is not None:
            self._agenda.take_turn(now, one)

    def _open(self, outlet: Outlet, now: int) -> None:
        outlet.opens = False
        self._next(outlet, now)

    def left(self, channel: str, now: int) -> None:
        """One more has left by a channel."""
        outlet = self.outlets.get(channel)
        if outlet is not None:
            outlet.left(now)


def outlets_of(desk: Desk) -> dict[str, Outlet]:
    """The channels that have a limit."""
    limited = {*desk.per_minute, *desk.per_day, *(["email"] if desk.warm_up is not None else [])}
    made = {
        name: Outlet(
            per_minute=desk.per_minute.get(name, 0),
            per_day=desk.per_day.get(name, 0),
            ramp=desk.warm_up if name == "email" else None,
        )
        for name in sorted(limited)
    }
    return {name: each for name, each in made.items() if each.per_minute or each.per_day or each.ramp is not None}
