"""Urgent news while the days are played: one touch outside the cadences for those it concerns."""

from collections.abc import Iterable, Sequence
from functools import partial

from touches.model.cadence import Lane
from touches.model.states import RUNNING
from touches.planning.news_choice import Item, Pool
from touches.planning.urgency import STEP, asked_from, concerns, told_from, urgent_policy
from touches.simulation.cadences import Cadence, cadence_of
from touches.simulation.people import NO_LIMIT, SimEnrollment, SimLead
from touches.simulation.player import Player
from touches.simulation.timetable import to_instant, to_micros
from touches.store.units import Unit


class Announcements:
    """As `touches.engine.announcing`, at the start or as the news begins: whoever comes later is asked by a later
    pass."""

    def __init__(self, player: Player, pool: Pool) -> None:
        self._player = player
        self._items = [item for item in pool.items if item.urgent]
        self._cadences: dict[str, Cadence] = {}

    def announce(self, unit: Unit, people: Sequence[SimLead], now: int) -> None:
        """Plan a touch for everybody who was not asked before."""
        waiting = _waiting(unit, people, now)
        free = [lead for lead in people if lead.id not in waiting]
        for item in self._items:
            asked = int(unit.switches.get(f"urgent/{item.news_class}") or 0)
            ask = partial(self._ask, item, [lead for lead in free if lead.id > asked])
            begins = asked_from(item)
            if begins is None or to_micros(begins) <= now:
                ask(now)
            else:
                self._player.agenda.at(to_micros(begins), ask)

    def _ask(self, item: Item, people: Sequence[SimLead], now: int) -> None:
        for lead in people:
            due = self._told_from(item, lead, now)
            if due is not None:
                self.plan(item.id, lead, due, now)

    def take_over(self, unit: Unit, people: dict[int, SimLead], now: int) -> None:
        """Those that were planned before and have not left."""
        waiting = _waiting(unit, people.values(), now)
        for touch in unit.touches.outside_cadences():
            lead = people.get(touch.lead_id or 0)
            if lead is not None and lead.id not in waiting and touch.step == STEP and touch.due_at is not None:
                self.plan(touch.news, lead, to_micros(touch.due_at), now, seq=touch.id)

    def _told_from(self, item: Item, lead: SimLead, now: int) -> int | None:
        if self._player.choices.news.bits[item.news_class] & lead.told:
            return None
        in_touch = any(one.state in RUNNING for one in lead.enrollments)
        if not concerns(item, lead.profile.lead, in_touch=in_touch, now=to_instant(now)):
            return None
        due = told_from(item, lead.profile.zones[-1][0], to_instant(now))
        return to_micros(due) if due is not None else None

    def plan(self, news: str, lead: SimLead, due: int, now: int, *, seq: int = 0) -> None:
        """One touch that belongs to no policy."""
        if news not in self._cadences:
            self._cadences[news] = cadence_of(urgent_policy(news), 0, {})
        cadence = self._cadences[news]
        one = SimEnrollment(lead=lead, cadence=cadence, entered=now, lane=Lane.URGENT, outside=True)
        one.beat, one.number, one.due, one.latest = cadence.beats[0], 0, due, NO_LIMIT
        one.seq = seq or self._player.agenda.next_number()
        one.way = self._player.choices.way(cadence, one.beat, lead.profile, one.last, now)
        one.channel = one.way.channel
        one.because = f"{news} is urgent and concerns this lead"
        self._player.wait(one, now)


def _waiting(unit: Unit, people: Iterable[SimLead], now: int) -> frozenset[int]:
    """Who hears nothing urgent for now, for an open complaint or a broken promise. They stay so: people settle them."""
    leads = [lead.profile.lead for lead in people]
    frozen = unit.complaints.frozen(leads)
    return unit.promises.let_down([lead.id for lead in leads], now=to_instant(now)) | frozen
