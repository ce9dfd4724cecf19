"""Touches of the people played that wait for something to change: for news to become valid, or to be told first."""

from typing import TYPE_CHECKING

from touches.model.people import PERSONAL_CHANNELS
from touches.model.states import EnrollmentState
from touches.simulation.agenda import FIRST, LOOK
from touches.simulation.people import SimEnrollment, SimLead
from touches.simulation.played import HELD

if TYPE_CHECKING:
    from touches.simulation.player import Player


class Holding:
    """Holds touches, and lets them go on."""

    def __init__(self, player: "Player") -> None:
        self._player = player
        self._agenda = player.agenda

    def hold(self, one: SimEnrollment, now: int, reason: str) -> None:
        """Said once for each reason. Without news it is looked at again when an item begins or ends to be valid."""
        if not one.held:
            one.lead.holding += 1
        if reason != one.reason:
            self._player.say(one, now, HELD, reason)
        one.held = one.reason = reason
        one.token += 1
        if reason == "no news" and one.way is not None:
            table = one.way.table
            change = self._player.choices.news.next_change(table.day_of(now))
            if change is not None:
                self._agenda.put(table.on_day(change), FIRST, LOOK, one)

    def take_over(self, one: SimEnrollment, now: int) -> None:
        """A touch that is held already: the first pass looks at it."""
        self._agenda.put(now, FIRST, LOOK, one)

    def look_again(self, one: SimEnrollment, now: int) -> None:
        """What has changed may let it go."""
        if one.held and one.state is EnrollmentState.ACTIVE:
            self.release(one)
            if one.channel in PERSONAL_CHANNELS:
                self._player.wait(one, now)
            else:
                self._player.turns.leave(one, now)

    def release(self, one: SimEnrollment) -> None:
        """It is held no more."""
        if one.held:
            one.held = ""
            one.lead.holding -= 1

    def look_at_all(self, lead: SimLead, now: int) -> None:
        """The lead was told something: another touch may have needed it."""
        for other in lead.enrollments:
            if other.held == "no news" and other.state is EnrollmentState.ACTIVE:
                self._agenda.put(now, FIRST, LOOK, other)
