"""Calls and meetings of the people played: put on their owner's list as their day begins, made at their hour."""

from bisect import bisect_right, insort
from typing import TYPE_CHECKING, Final

from touches.simulation.agenda import FIRST, LIST, MAKE, PRIORITY_BITS
from touches.simulation.due import latest_of
from touches.simulation.people import BY_RULE, NO_LIMIT, SimEnrollment, SimLead

if TYPE_CHECKING:
    from touches.simulation.player import Player

LISTED: Final = "listed"  # stands for a channel while a pass over the lists goes on


class Listing:
    """The passes over the lists. In one of them what was listed before counts as gone."""

    def __init__(self, player: "Player") -> None:
        self._player = player
        self._agenda, self._lists = player.agenda, player.lists
        self.offered: list[tuple[SimLead, int]] = []  # in the pass that goes on
        self._at = -1

    def wait(self, one: SimEnrollment, now: int) -> None:
        """Let the call come up as its day begins."""
        at = self._lists.listed_from(one.due)
        self._lists.expect(one, one.due)
        self._agenda.put(max(at, now), FIRST + 1, LIST, one, self._order(one))

    def _order(self, one: SimEnrollment) -> int:
        """By lane, then the policy with the higher priority, then what tolerates the least delay."""
        if one.latest == BY_RULE and one.beat is not None:
            one.latest = latest_of(one.beat, one.channel, one.due, one.table)
        latest = one.due if one.latest == NO_LIMIT else one.latest
        return ((one.lane * 128 - one.priority) << 2 * PRIORITY_BITS) + (latest << PRIORITY_BITS) + one.due

    def put_on_list(self, one: SimEnrollment, now: int) -> None:
        """Where the owner has room; otherwise the call waits for another day."""
        self._lists.forget(one)
        at, because = (max(one.due, now), "") if one.agreed else self._lists.place(one, one.table, now)
        if because:
            one.due, one.latest, one.settled = at, NO_LIMIT, -1
            one.because = because
            self.wait(one, now)
            return
        if not self._player.leaving.may_leave(one, at, now):
            return
        one.due, one.listed = max(at, one.due), True
        self._lists.listed(one.lead.owner, at)
        self._count_as_gone(one.lead, at, now)
        self._agenda.put(max(one.due, now), FIRST, MAKE, one)

    def take_over(self, one: SimEnrollment, bit: int, news: str, now: int) -> None:
        """A call that stands on a list already, its news reserved. A late one is made as soon as its hours are open."""
        one.listed, one.news, one.told = True, news, (one.lead.told & ~bit, bit)
        if one.due < now:
            one.due = now if one.agreed else one.table.next_open(now) or now
        self._lists.listed(one.lead.owner, one.due)
        self._agenda.put(one.due, FIRST, MAKE, one)

    def take_off(self, one: SimEnrollment) -> None:
        """It is planned for no day and stands on no list any more; its news is new again."""
        self._lists.forget(one)
        if one.listed:
            one.listed = False
            one.lead.told &= ~one.told[1]
            self._lists.taken_off(one.lead.owner, one.due)

    def _count_as_gone(self, lead: SimLead, at: int, now: int) -> None:
        self._at = now
        place = bisect_right(lead.times, at)
        lead.times.insert(place, at)
        lead.channels.insert(place, LISTED)
        if lead.company is not None:
            insort(lead.company.times, at)
        self.offered.append((lead, at))

    def ends(self, kind: int, at: int) -> None:
        """Something else happens, or nothing any more: what was listed is not yet made."""
        if kind == LIST and at == self._at:
            return
        for lead, when in self.offered:
            place = lead.channels.index(LISTED)
            del lead.channels[place], lead.times[place]
            if lead.company is not None:
                lead.company.times.remove(when)
        self.offered.clear()
