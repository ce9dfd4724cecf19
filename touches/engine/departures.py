"""Decides the touches of a batch, and once where no decision can tell them apart."""

from collections.abc import Hashable
from datetime import datetime

from touches.engine.alike import ALONE, alike_of, is_free
from touches.engine.gathering import Gathered
from touches.engine.library import Library
from touches.model.cadence import Touch
from touches.model.filling import filler
from touches.model.people import PERSONAL_CHANNELS
from touches.model.states import EnrollmentState
from touches.planning.departure import Depart, Departure, departure
from touches.planning.house import House
from touches.store.units import Unit

_departing = filler(Depart, ("point", "step", "channel", "item", "open_until", "minds_promises", "because"))


class Departures:
    """The decisions about one claimed batch, all at one instant. Each is what `departure` says: remembered is only
    what it says of touches that leave, and asked again is it where anything of a touch's own may matter."""

    def __init__(self, gathered: Gathered, house: House, library: Library, unit: Unit, now: datetime) -> None:
        self._gathered = gathered
        self._alike = alike_of(gathered, house, library, unit)
        self._house = house
        self._library = library
        self._unit = unit
        self._now = now
        self._known: dict[Hashable, tuple[int, Depart]] = {}  # with the place of the address among the lead's

    def of(self, touch: Touch) -> Departure:
        """Whether it leaves now, by which way, with which news."""
        key = self._key(touch)
        known = self._known.get(key) if key is not None else None
        if known is not None:
            place, same = known
            point = self._gathered.leads[touch.lead_id or 0].points[place]
            return _departing(
                point, same.step, same.channel, same.item, same.open_until, same.minds_promises, same.because
            )
        verdict = self._asked(touch)
        if key is not None and isinstance(verdict, Depart):
            self._known[key] = self._gathered.leads[touch.lead_id or 0].points.index(verdict.point), verdict
        return verdict

    def _asked(self, touch: Touch) -> Departure:
        situation = self._gathered.situation_of(touch, self._library, self._unit)
        return departure(touch, situation, self._house, self._library.pool, self._now)

    def _key(self, touch: Touch) -> Hashable | None:
        """All that the decision looks at, as far as it differs between touches; None where more may matter."""
        gathered, now = self._gathered, self._now
        enrollment = gathered.enrollments.get(touch.enrollment_id or 0)
        if enrollment is None or enrollment.state is not EnrollmentState.ACTIVE or gathered.has_rivals(enrollment):
            return None
        if touch.channel in PERSONAL_CHANNELS or (touch.latest_at is not None and now > touch.latest_at):
            return None
        lead = gathered.leads[enrollment.lead_id]
        if lead.id in gathered.let_down:
            return None
        number = self._alike.number_of(lead, now)
        version = (enrollment.policy, enrollment.version)
        if number == ALONE or version not in self._alike.versions:
            return None
        caps = self._library.policy(self._unit, *version)[0].caps
        times, colleagues = gathered.times_of(lead, now), gathered.colleagues_of(lead)
        if not is_free(caps, touch.channel, self._house, times, colleagues, now=now, at=now):
            return None
        return (version, touch.step, touch.channel, touch.variant, number, gathered.story_of(enrollment))
