"""The last decision before a hand-over, as `touches.planning.departure` makes it: does it leave now, and with what?"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from policies.schema.words import Late
from touches.model.people import PERSONAL_CHANNELS
from touches.model.states import RUNNING, EnrollmentState
from touches.simulation.cadences import Beat
from touches.simulation.choices import Way
from touches.simulation.due import latest_of
from touches.simulation.people import BY_RULE, NO_LIMIT, SimEnrollment
from touches.simulation.played import EXPIRED
from touches.simulation.timetable import MICRO, Timetable

if TYPE_CHECKING:
    from touches.simulation.player import Player


class Leaving:
    """Asked for every touch that is due. What does not leave is moved, held or ended here."""

    def __init__(self, player: "Player") -> None:
        self._player = player
        self._choices, self._dues = player.choices, player.dues

    def may_leave(self, one: SimEnrollment, at: int, now: int) -> bool:
        """All but the hand-over, for the instant `at`; `now` is the present."""
        lead, beat = one.lead, one.beat
        if beat is None:
            return False
        profile = lead.profile
        if profile.lead.dead:
            self._player.ended(one, now, "cancelled", reached=False)
            self._player.plan(one, now)
            return False
        if lead.paused_until and one.due < lead.paused_until:
            self._postpone(one, lead.paused_until, now, NO_LIMIT, "the lead asked for a pause")
            return False
        way = self._choices.way(one.cadence, beat, profile, one.last, at)
        if way.place < 0:
            self._player.held.hold(one, now, "no channel")
            return False
        return self._in_time(one, beat, way, at, now) and self._has_news(one, beat, way, at, now)

    def _in_time(self, one: SimEnrollment, beat: Beat, way: Way, at: int, now: int) -> bool:
        if at > one.due and self._is_late(one, beat, way, at):
            self._late(one, beat, way, at, now)
            return False
        first = self._going_first(one, way.table, at) if len(one.lead.enrollments) > 1 else []
        if not first and self._as_planned(one, way, at):
            return True
        moved, because = self._settled(one, first, way, at)
        if moved is None:
            self._player.held.hold(one, now, because.strip("; "))
            return False
        if moved > at or way.channel != one.channel:
            reason = because.strip("; ") or f"goes by {way.channel} instead of {one.channel}"
            one.channel = way.channel
            self._postpone(one, moved, now, BY_RULE, reason, way)
            return False
        one.way = way
        return True

    def _is_late(self, one: SimEnrollment, beat: Beat, way: Way, at: int) -> bool:
        if one.latest == BY_RULE:
            table = one.way.table if one.way is not None else way.table
            one.latest = latest_of(beat, one.channel, one.due, table)
        return one.latest != NO_LIMIT and at > one.latest

    def _late(self, one: SimEnrollment, beat: Beat, way: Way, at: int, now: int) -> None:
        if beat.step.late is Late.DROP:
            self._player.say(one, now, EXPIRED, f"more than {beat.step.send_within or 'its time'} late")
            self._player.ended(one, now, "expired", reached=False)
            self._player.plan(one, now)
            return
        moved, because = self._dues.settle(one.cadence, one.lead, way.channel, way.table, at, "late")
        if moved is None:
            self._player.held.hold(one, now, because)
            return
        one.shift += (moved - one.due) // MICRO
        self._postpone(one, moved, now, BY_RULE, "late: this and the following touches move", way)

    def _as_planned(self, one: SimEnrollment, way: Way, at: int) -> bool:
        """Whether it was found open and within caps when it was planned, and nothing has changed since; the cap of an
        owner changes with others' calls."""
        known = at == one.due and way is one.way and one.settled == one.lead.reached and not one.lead.profile.by_law
        return known and (not one.cadence.by_owner or way.channel not in PERSONAL_CHANNELS)

    def _going_first(self, one: SimEnrollment, table: Timetable, at: int) -> list[SimEnrollment]:
        """As `touches.planning.priority.going_first`. Urgent news has no rivals: it waits for no policy."""
        if one.outside:
            return []
        others = (other for other in one.lead.enrollments if other.priority > one.priority and other.state in RUNNING)
        ends = table.on_day(table.day_of(at) + 1)
        return [other for other in others if other.beat is not None and not other.held and other.due < ends]

    def _settled(self, one: SimEnrollment, first: Sequence[SimEnrollment], way: Way, at: int) -> tuple[int | None, str]:
        """As `touches.planning.priority.settle_by_priority`."""
        alone, because = self._dues.settle(one.cadence, one.lead, way.channel, way.table, at, "")
        if not first or alone != at:
            return alone, because
        moved, because = self._dues.settle_after(one, first, way.channel, way.table, at)
        policies = " and ".join(sorted({other.cadence.name for other in first}))
        return moved, f"{policies} goes first, by its priority: {because.strip('; ')}" if moved != at else because

    def _has_news(self, one: SimEnrollment, beat: Beat, way: Way, at: int, now: int) -> bool:
        lead = one.lead
        spec = beat.specs.get(one.arm) or beat.specs[""]
        told = self._choices.told(spec, lead.profile, lead.told, lead.told_kind, at, way.table.day_of(at))
        if not told.news:
            if one.outside:  # told meanwhile by another touch, or valid no more
                one.state = EnrollmentState.STOPPED
            else:
                self._player.held.hold(one, now, "no news")
            return False
        one.news = told.news
        one.told = (lead.told, told.bit)
        lead.was_told(told.bit, told.kind, at)
        return True

    def _postpone(
        self, one: SimEnrollment, due: int, now: int, latest: int, reason: str, way: Way | None = None
    ) -> None:
        one.due, one.latest, one.settled = due, latest, -1
        one.because = reason
        if way is not None:
            one.way, one.channel = way, way.channel
        self._player.wait(one, now)
