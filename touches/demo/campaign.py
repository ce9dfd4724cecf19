"""Plays the days: passes of the real engine at virtual hours, and between them what people and sellers do."""

import heapq
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from channels.protocol import Channel
from touches.clock import VirtualClock
from touches.demo.arrivals import Arrival
from touches.demo.crowd import Crowd, Deed
from touches.demo.doing import Doing
from touches.demo.post_office import PostOffice
from touches.demo.sellers import Sellers
from touches.demo.sms_gateway import SmsGateway
from touches.engine.office import Office
from touches.engine.passing import Chores, tick
from touches.model.people import PERSONAL_CHANNELS

SATURDAY = 5
WORKING_DAY = (0, 4, 8, 13, 18)  # hours of UTC: the leads' mornings and afternoons from Asia to America
WEEKEND = (6, 14)
FAIR_ON = 9  # the day on which the second list comes in


@dataclass(slots=True, kw_only=True)
class Campaign:
    """One play. `deeds` is a heap of what people are going to do."""

    office: Office
    clock: VirtualClock
    chores: Chores
    post_office: PostOffice
    gateway: SmsGateway
    crowd: Crowd
    sellers: Sellers
    doing: Doing
    deeds: list[Deed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    async def play(self, channels: Mapping[str, Channel], days: int, advance: Callable[[int], None]) -> None:
        """All days, with passes at some hours of each."""
        for day in range(days):
            if day == FAIR_ON:
                self.doing.import_leads("fair-leads.csv")
            self.expect(self.crowd.coffees(self.clock.now()))
            midnight = self.clock.now()
            for hour in WEEKEND if midnight.weekday() >= SATURDAY else WORKING_DAY:
                self.clock.set(midnight + timedelta(hours=hour))
                await self._pass(channels, sellers_work=day < days - 1)  # the last list is the reader's to look at
            self.clock.set(midnight + timedelta(days=1))
            advance(1)

    def expect(self, deeds: Iterable[Deed]) -> None:
        """Deeds to be done when their time comes."""
        for deed in deeds:
            heapq.heappush(self.deeds, deed)

    async def _pass(self, channels: Mapping[str, Channel], *, sellers_work: bool) -> None:
        self._do_what_is_due(self.clock.now())
        await self._tick(channels)
        for arrival in (*self.post_office.fresh(), *self.gateway.fresh()):
            self._arrived(arrival)
        for lead, touch, at in self.doing.new_letters():
            self.expect(self.crowd.letter_read(lead, touch, at))
        if sellers_work and self.clock.now().weekday() < SATURDAY:
            self.expect(self.sellers.work(self.clock.now()))

    async def _tick(self, channels: Mapping[str, Channel]) -> None:
        """The chores and the lists of calls, and then one channel after another."""
        lists = {name: channel for name, channel in channels.items() if name in PERSONAL_CHANNELS}
        report = await tick(self.office, lists, chores=self.chores.of_a_pass)
        notes = dict.fromkeys(report.notes)
        for name in sorted(channels.keys() - lists.keys()):
            report = await tick(self.office, {name: channels[name]})
            notes |= dict.fromkeys(report.notes)
        self.notes += [note for note in notes if note not in self.notes]

    def _do_what_is_due(self, now: datetime) -> None:
        due = []
        while self.deeds and self.deeds[0].at <= now:
            due.append(heapq.heappop(self.deeds))
        self.doing.do(due)

    def _arrived(self, arrival: Arrival) -> None:
        lead = self.doing.lead_at(arrival)
        if lead:
            self.expect(self.crowd.reactions(lead, arrival))
