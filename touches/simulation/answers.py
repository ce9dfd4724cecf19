"""What leads do by the assumed rates, and what the engine does then: stops, pauses, gives news back, enrolls buyers."""

from policies.durations import Duration
from touches.model.states import EnrollmentState
from touches.simulation.chances import Rates, answer
from touches.simulation.entering import Door
from touches.simulation.people import SimEnrollment
from touches.simulation.played import Played
from touches.simulation.player import Player
from touches.simulation.profiles import Profiles
from touches.simulation.silences import Silences
from touches.simulation.timetable import to_instant


class Answers:
    """Called after every touch that left. `counts` are replies, purchases and bounces."""

    def __init__(self, rates: Rates, profiles: Profiles) -> None:
        self._rates = rates
        self._profiles = profiles
        self.door: Door | None = None
        self.silences: Silences | None = None
        self.counts = {"reply": 0, "purchase": 0, "bounce": 0}

    def __call__(self, player: Player, one: SimEnrollment, told: Played) -> None:
        lead = told.lead
        what = answer(self._rates, lead.key, one.cadence.name, told.step, told.round)
        if what == "bounce" and told.channel not in ("email", "letter", "sms", "fax"):
            what = ""
        if not what:
            return
        self.counts[what] += 1
        if what == "bounce":
            self._bounced(one, told)
        elif what == "purchase":
            self._bought(player, told)
        else:
            self._replied(player, told)

    def _bounced(self, one: SimEnrollment, told: Played) -> None:
        """The address is broken and the news is new again."""
        lead = told.lead
        lead.told &= ~told.bit
        place = one.way.place if one.way is not None else -1
        if place >= 0:
            lead.profile = self._profiles.broken(lead.profile, place, "bounced")

    def _bought(self, player: Player, told: Played) -> None:
        lead, now = told.lead, told.at
        lead.profile = self._profiles.bought(lead.profile, to_instant(now))
        for other in list(lead.enrollments):
            running = other.state in (EnrollmentState.ACTIVE, EnrollmentState.PAUSED)
            if running and "purchase" in other.cadence.policy.stop_on:
                player.stop(other, now)
        if self.silences is not None:
            self.silences.bought(lead, now)
        if self.door is not None:
            self.door.by_trigger([lead], "purchase", now)

    def _replied(self, player: Player, told: Played) -> None:
        """A conversation: answered and gone quiet, it rejoins the cadence after `stalled_after`."""
        for other in list(told.lead.enrollments):
            if other.state is not EnrollmentState.ACTIVE:
                continue
            if "reply" in other.cadence.policy.stop_on:
                player.stop(other, told.at)
            else:
                player.pause(other, self._until(other, told.at))

    def _until(self, one: SimEnrollment, now: int) -> int:
        wait: Duration = one.cadence.policy.on_reply.stalled_after
        return one.way.table.later(now, wait) if one.way is not None else now
