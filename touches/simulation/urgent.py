"""Urgent news while the days are played: one touch outside the cadences for those it concerns."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from touches.model.cadence import Lane, Touch
from touches.model.states import RUNNING
from touches.planning.news_choice import Item, Pool
from touches.planning.urgency import STEP, concerns, urgent_policy
from touches.simulation.cadences import Cadence, cadence_of
from touches.simulation.people import NO_LIMIT, SimEnrollment, SimLead
from touches.simulation.player import Player
from touches.simulation.timetable import MICRO, to_instant, to_micros
from touches.store.units import Unit
from touches.time.spans import DAY
from touches.time.tables import local_clock

DAY_0 = date(1970, 1, 1)


class Announcements:
    """As `touches.engine.announcing`, once at the start: whoever comes later is asked by a later pass."""

    def __init__(self, player: Player, pool: Pool) -> None:
        self._player = player
        self._items = [item for item in pool.items if item.urgent]
        self._cadences: dict[str, Cadence] = {}

    def announce(self, unit: Unit, people: Sequence[SimLead], now: int) -> None:
        """Plan a touch for everybody who was not asked before."""
        for item in self._items:
            asked = int(unit.switches.get(f"urgent/{item.news_class}") or 0)
            for lead in people:
                if lead.id > asked and self._concerns(item, lead, now):
                    self.plan(item.id, lead, now, now)

    def take_over(self, touches: Iterable[Touch], people: dict[int, SimLead], now: int) -> None:
        """Those that were planned before and have not left."""
        for touch in touches:
            lead = people.get(touch.lead_id or 0)
            if lead is not None and touch.step == STEP and touch.due_at is not None:
                self.plan(touch.news, lead, to_micros(touch.due_at), now, seq=touch.id)

    def _concerns(self, item: Item, lead: SimLead, now: int) -> bool:
        told = self._player.choices.news.bits[item.news_class] & lead.told
        zone = lead.profile.zones[-1][0]
        day = DAY_0 + timedelta(days=local_clock(zone).local(now // MICRO) // DAY)
        if told or not (item.valid is None or item.valid.holds(day)):
            return False
        in_touch = any(one.state in RUNNING for one in lead.enrollments)
        return concerns(item, lead.profile.lead, in_touch=in_touch, now=to_instant(now))

    def plan(self, news: str, lead: SimLead, due: int, now: int, *, seq: int = 0) -> None:
        """One touch that belongs to no policy."""
        if news not in self._cadences:
            self._cadences[news] = cadence_of(urgent_policy(news), 0, {})
        cadence = self._cadences[news]
        one = SimEnrollment(lead=lead, cadence=cadence, entered=now, lane=Lane.URGENT, outside=True)
        one.beat, one.number, one.due, one.latest = cadence.beats[0], 0, due, NO_LIMIT
        one.seq = seq or self._player.next_number()
        one.way = self._player.choices.way(cadence, one.beat, lead.profile, one.last, now)
        one.channel = one.way.channel
        one.because = f"{news} is urgent and concerns this lead"
        self._player.wait(one, now)
