"""When the next touch of an enrollment is due, in microseconds: the fast twin of touches.planning.due."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from policies.durations import Duration
from touches.model.cadence import Enrollment, PastTouch
from touches.model.people import ContactPoint, Lead
from touches.model.states import RUNNING, EnrollmentState, Phase, TouchState
from touches.planning.due import MOST_ROUNDS
from touches.planning.house import House
from touches.planning.lawful import lawful_at
from touches.planning.situation import Situation
from touches.simulation.cadences import Beat, Cadence
from touches.simulation.caps import Limit, free_at, limits_among, owner_free_at, surely_free
from touches.simulation.people import NO_LIMIT, SimEnrollment, SimLead
from touches.simulation.timetable import DAY_MICROS, MICRO, Timetable, to_instant, to_micros

OPEN_HOUR = "moved to the next open hour"


class Dues:
    """Holds what the house says of post and gaps."""

    def __init__(self, house: House, owner_calls: Callable[[str], Sequence[int]] | None = None) -> None:
        self._house = house
        self._owner_calls = owner_calls
        self._among: dict[tuple[object, ...], tuple[Limit, ...]] = {}
        self._said: dict[tuple[object, ...], str] = {}
        self._post = house.post_days * DAY_MICROS
        self._post_days = house.post_days
        gap = house.min_gap
        self._gap = int(gap.total_seconds() * MICRO) if gap is not None else 0
        self._gap_text = f"less than {gap.total_seconds() / 3600:g} hours after the touch before" if gap else ""

    def due(self, one: SimEnrollment, beat: Beat, channel: str, table: Timetable, now: int) -> tuple[int | None, str]:
        """As `due_of`: the instant, or None for never, and the sentence that explains it."""
        if beat.wait is None:
            wanted, because = self._on_its_day(one, beat, channel, table)
        else:
            wanted, because = self._after(one, beat, beat.wait, table)
        return self.settle(one.cadence, one.lead, channel, table, max(now, wanted), because)

    def settle(
        self, cadence: Cadence, lead: SimLead, channel: str, table: Timetable, at: int, because: str
    ) -> tuple[int | None, str]:
        """As `touches.planning.due.settle`."""
        alone = len(lead.enrollments) < 2 or cadence.outside
        limits = cadence.limits[channel] if alone else self._limits(cadence, lead, channel)
        for _ in range(MOST_ROUNDS):
            opened = table.next_open(at)
            if opened is None:
                return None, f"{because}; the {channel} hours never open for this lead"
            if opened > at:
                because = _noted(because, OPEN_HOUR)
            until: int | None = opened
            reason = ""
            if limits or self._gap:
                until, reason = self._deferral(limits, lead, channel, table, opened)
            if not reason and lead.profile.by_law:
                until, reason = self._law(cadence, lead, channel, table, opened)
            if not reason:
                return opened, because
            if until is None:
                return None, f"{because}; {reason}"
            at, because = max(until, opened + 1), _noted(because, reason)
        return None, f"{because}; caps and hours never agree"

    def _limits(self, cadence: Cadence, lead: SimLead, channel: str) -> tuple[Limit, ...]:
        others = tuple(
            one.cadence for one in lead.enrollments if one.state in RUNNING and one.cadence.name != cadence.name
        )
        if not others:
            return cadence.limits[channel]
        key = (cadence, others, channel)
        found = self._among.get(key)
        if found is None:
            caps = [(each.name, each.policy.caps) for each in others]
            found = self._among[key] = limits_among(cadence.policy.caps, caps, channel)
        return found

    def settle_after(
        self, one: SimEnrollment, first: Sequence[SimEnrollment], channel: str, table: Timetable, now: int
    ) -> tuple[int | None, str]:
        """As `settle` at `now`, with the touches that go first counted as gone."""
        lead = one.lead
        times, channels = lead.times, lead.channels
        company = lead.company.times if lead.company is not None else None
        gone = sorted((max(other.due, now), other.channel) for other in first)
        lead.times = [*times, *(at for at, _ in gone)]
        lead.channels = [*channels, *(by for _, by in gone)]
        if lead.company is not None and company is not None:
            lead.company.times = sorted([*company, *(at for at, _ in gone)])
        try:
            return self.settle(one.cadence, lead, channel, table, now, "")
        finally:
            lead.times, lead.channels = times, channels
            if lead.company is not None and company is not None:
                lead.company.times = company

    def _deferral(
        self, limits: tuple[Limit, ...], lead: SimLead, channel: str, table: Timetable, at: int
    ) -> tuple[int | None, str]:
        company = lead.company.times if lead.company is not None else ()
        for limit in limits:
            # What a cap counts, and perhaps touches by another channel.
            times = company if limit.whose == "company" else lead.times
            if limit.whose != "owner" and surely_free(times, limit.rate, at):
                continue
            if limit.rate.count == 0:
                return None, limit.reached
            free = self._free_at(limit, lead, times, channel, table, at)
            if free is not None and free > at:
                return free, limit.reached
        if self._gap and lead.times and lead.times[-1] + self._gap > at:
            return lead.times[-1] + self._gap, self._gap_text
        return at, ""

    def _free_at(
        self, limit: Limit, lead: SimLead, times: Sequence[int], channel: str, table: Timetable, at: int
    ) -> int | None:
        if limit.whose == "owner":
            made = self._owner_calls(lead.owner) if self._owner_calls is not None else ()
            return owner_free_at(made, limit.rate, at, self._house.timezone)
        if limit.whose not in ("lead", "company"):
            times = [when for when, by in zip(times, lead.channels, strict=True) if by == channel]
        return free_at(times, limit.rate, at, table)

    def _law(self, cadence: Cadence, lead: SimLead, channel: str, table: Timetable, at: int) -> tuple[int | None, str]:
        """The engine's own question to the law, with the touches that were played."""
        person = lead.profile.lead
        allowed = lawful_at(
            situation_of(cadence, lead), channel, self._point(person, channel), table.zones, self._house, to_instant(at)
        )
        if allowed == to_instant(at):
            return at, ""
        what = "this hour or this many" if allowed is not None else "it at any hour"
        reason = f"the law of {person.country} forbids {what}"
        return (to_micros(allowed) if allowed is not None else None), reason

    def _point(self, person: Lead, channel: str) -> ContactPoint | None:
        return next(iter(person.points_for(channel)), None)

    def _after(self, one: SimEnrollment, beat: Beat, wait: Duration, table: Timetable) -> tuple[int, str]:
        start, before = one.done_at, one.done_how
        if start is None:
            start, before = one.entered, ""
        elif one.done_reached and one.done_channel == "letter":
            start, before = start + self._post, "arrives"
        wanted = table.later(start, wait)
        opens = _window_end(one, table) if beat.repeats else 0
        early = wanted < opens
        if early:
            wanted = opens
        if beat.minute is not None:
            wanted = max(wanted, table.on_day(table.day_of(wanted), beat.minute))
        key = (beat, one.done_step, before, early)
        because = self._said.get(key)  # put together once for all who stand at the same step
        if because is None:
            because = self._said[key] = _said(beat, one.done_step, before, early)
        return wanted, because

    def _on_its_day(self, one: SimEnrollment, beat: Beat, channel: str, table: Timetable) -> tuple[int, str]:
        wanted = one.entered + one.shift * MICRO
        if beat.day or beat.minute is not None:
            minute = table.hours.start if beat.minute is None else beat.minute
            wanted = table.on_day(table.day_of(wanted) + (beat.day or 0), minute)
        if channel == "letter" and beat.day and self._post:
            return max(wanted - self._post, one.entered), f"{beat.said}, posted {self._post_days} days earlier"
        return wanted, beat.said


def _window_end(one: SimEnrollment, table: Timetable) -> int:
    """Before it nothing repeats; 0 without a window, and for the lost."""
    last = one.cadence.window_last
    if last is None or one.lead.profile.lead.lost_at is not None:
        return 0
    return table.on_day(table.day_of(one.entered) + last + 1)


def _said(beat: Beat, step: str, before: str, early: bool) -> str:
    """Why a step is wanted when it is. `before` says what became of the touch before; empty where there was none."""
    what = f"{step} was {before}" if before else "enrollment"
    if before == "arrives":
        what = f"the letter {step} arrives"
    if not beat.repeats:
        return f"{beat.wait} after {what}"
    because = f"every {beat.wait}, counted from when {what}" if before else f"every {beat.wait}"
    return f"{because}, from the end of the decision window" if early else because


@lru_cache(maxsize=4096)
def _noted(because: str, more: str) -> str:
    return because if more in because else f"{because}; {more}"


def latest_of(beat: Beat, channel: str, due: int, table: Timetable) -> int:
    """As `touches.planning.due.latest_of`; NO_LIMIT where it has none."""
    lateness = beat.lateness[channel]
    if lateness is None:
        return NO_LIMIT
    if isinstance(lateness, str):
        return table.end_of_working_day(due)
    return table.later(due, lateness)  # type: ignore[arg-type]


def situation_of(cadence: Cadence, lead: SimLead) -> Situation:
    """A lead's played history as the law asks for it."""
    enrollment = Enrollment(
        id=0,
        lead_id=lead.id,
        policy=cadence.name,
        version=cadence.version,
        occurrence=1,
        state=EnrollmentState.ACTIVE,
        phase=Phase.STEPS,
        entered_at=to_instant(0),
    )
    history = [_past(at, channel) for at, channel in zip(lead.times, lead.channels, strict=True)]
    return Situation(enrollment=enrollment, policy=cadence.policy, lead=lead.profile.lead, history=history)


def _past(at: int, channel: str) -> PastTouch:
    when = to_instant(at)
    return PastTouch(
        step="",
        round=1,
        number=0,
        channel=channel,
        state=TouchState.SENT,
        news_class="",
        due_at=when,
        handed_over_at=when,
        finished_at=when,
    )
