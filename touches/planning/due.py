"""When a step is due: by the policy first, then by open hours, then by caps and gaps, until nothing moves it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from policies.schema import Policy, Step, Then
from policies.schema.words import Channel
from touches.model.people import PAPER_CHANNELS, ContactPoint
from touches.planning.caps import Defer, deferral
from touches.planning.house import House, closed_for, hours_of
from touches.planning.lawful import lawful_at
from touches.planning.position import NextStep
from touches.planning.situation import Situation, reached
from touches.time.closed import Closed
from touches.time.hours import Hours
from touches.time.lateness import send_by
from touches.time.local import later, local_date, local_instant
from touches.time.tables import next_open
from touches.time.windows import Spread, spread, window_days

MOST_ROUNDS = 50  # hours, caps and gaps move an instant forward a few times at most; more is a policy that never opens


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When, with the sentence that explains it. `at` None: never, because of `because`."""

    at: datetime | None
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The hours that bind a touch: its zones, its channel's open hours, and the closed days."""

    zones: tuple[str, ...]
    hours: Hours
    closed: Closed | None
    point: ContactPoint | None = None


def slot_for(
    situation: Situation, channel: str, zones: tuple[str, ...], house: House, point: ContactPoint | None = None
) -> Slot:
    """What binds a touch of this enrollment on a channel, to a contact point."""
    closed = closed_for(situation.policy, situation.lead, house)
    return Slot(zones=zones, hours=hours_of(situation.policy, channel), closed=closed, point=point)


def due_of(situation: Situation, coming: NextStep, channel: str, slot: Slot, house: House, now: datetime) -> Due:
    """When the coming step is due on a channel; never before `now`."""
    wanted, because = _wanted(situation, coming, channel, slot, house)
    return settle(situation, max(wanted, now), because, channel, slot, house, now)


def settle(
    situation: Situation, wanted: datetime, because: str, channel: str, slot: Slot, house: House, now: datetime
) -> Due:
    """Move an instant forward until the hours are open and no cap or gap forbids it."""
    at = wanted
    for _ in range(MOST_ROUNDS):
        opened = next_open(at, slot.zones, slot.hours, slot.closed)
        if opened is None:
            return Due(at=None, because=f"{because}; the {channel} hours never open for this lead")
        if opened > at:
            because = _noted(because, "moved to the next open hour")
        defer = deferral(situation, channel, house, opened, slot.zones[0], now) or _unlawful(
            situation, channel, house, opened, slot
        )
        if defer is None:
            return Due(at=opened, because=because)
        if defer.until is None:
            return Due(at=None, because=f"{because}; {defer.because}")
        at, because = max(defer.until, opened + timedelta(microseconds=1)), _noted(because, defer.because)
    return Due(at=None, because=f"{because}; caps and hours never agree")


def _unlawful(situation: Situation, channel: str, house: House, at: datetime, slot: Slot) -> Defer | None:
    allowed = lawful_at(situation, channel, slot.point, slot.zones, house, at)
    if allowed == at:
        return None
    what = "this hour or this many" if allowed is not None else "it at any hour"
    return Defer(until=allowed, because=f"the law of {situation.lead.country} forbids {what}")


def _noted(because: str, more: str) -> str:
    return because if more in because else f"{because}; {more}"


def _wanted(situation: Situation, coming: NextStep, channel: str, slot: Slot, house: House) -> tuple[datetime, str]:
    step = coming.step
    if isinstance(step, Then):
        return _nurture(situation, coming, step, slot, house)
    if step.after is not None:
        start, what = _counted_from(situation, coming, house)
        return _at_time(later(start, step.after, slot.zones[0], slot.closed), step, slot), f"{step.after} after {what}"
    day = planned_day(situation.policy, step, coming.index)
    wanted = _on_day(situation, day, step, slot)
    if channel in PAPER_CHANNELS and channel != "fax" and day > 0 and house.post_days:
        posted = wanted - timedelta(days=house.post_days)
        because = f"day {day} after enrollment, posted {house.post_days} days earlier"
        return max(posted, situation.enrollment.entered_at), because
    return wanted, f"day {day} after enrollment"


def planned_day(policy: Policy, step: Step, index: int) -> int:
    """The day after enrollment of the step at a place of the policy: its own, or the one that `spread` gives it."""
    if step.day is not None:
        return step.day
    if policy.spread is not None and policy.decision_window is not None:
        days = window_days(policy.decision_window, policy.complexity)
        return spread(len(policy.touches), days, Spread(policy.spread.value))[index]
    return 0


def _on_day(situation: Situation, day: int, step: Step | Then, slot: Slot) -> datetime:
    entered = situation.enrollment.entered_at + timedelta(seconds=situation.enrollment.shift)
    if day == 0 and step.at is None:
        return entered
    minute = slot.hours.start if step.at is None else step.at.minutes
    return _local(entered, day, minute, slot)


def _at_time(instant: datetime, step: Step | Then, slot: Slot) -> datetime:
    return instant if step.at is None else max(instant, _local(instant, 0, step.at.minutes, slot))


def _local(instant: datetime, days: int, minute: int, slot: Slot) -> datetime:
    more, minute = divmod(minute, 24 * 60)
    date = local_date(instant, slot.zones[0]) + timedelta(days=days + more)
    return local_instant(date, time(minute // 60, minute % 60), slot.zones[0])


def _counted_from(situation: Situation, coming: NextStep, house: House) -> tuple[datetime, str]:
    previous = coming.previous
    if previous is None:
        return situation.enrollment.entered_at, "enrollment"
    when = previous.handed_over_at or previous.finished_at or previous.due_at or situation.enrollment.entered_at
    if previous.channel == "letter" and reached(previous):
        return when + timedelta(days=house.post_days), f"the letter {previous.step} arrives"
    return when, f"{previous.step} was {'handed over' if previous.handed_over_at else previous.state}"


def _nurture(situation: Situation, coming: NextStep, step: Then, slot: Slot, house: House) -> tuple[datetime, str]:
    start, what = _counted_from(situation, coming, house)
    wanted = later(start, step.every, slot.zones[0], slot.closed)
    because = f"every {step.every}, counted from when {what}" if coming.previous else f"every {step.every}"
    opens = window_end(situation, slot.zones[0])
    if opens is not None and situation.lead.lost_at is None and wanted < opens:
        return _at_time(opens, step, slot), f"{because}, from the end of the decision window"
    return _at_time(wanted, step, slot), because


def window_end(situation: Situation, zone: str) -> datetime | None:
    """When the decision window closes: the start of the day after its last; None without a window."""
    span = situation.policy.decision_window
    if span is None:
        return None
    last = window_days(span, situation.policy.complexity).last
    date = local_date(situation.enrollment.entered_at, zone) + timedelta(days=last + 1)
    return local_instant(date, time(), zone)


def latest_of(step: Step | Then, channel: str, due_at: datetime, slot: Slot) -> datetime | None:
    """The end of a touch's lateness; None where it has no limit."""
    lateness = step.send_within_on(Channel(channel))
    if lateness is None:
        return None
    return send_by(due_at, lateness, slot.zones[0], slot.closed)
