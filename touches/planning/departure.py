"""The last decision before a claimed touch is composed: does it leave now, by which way, with which news?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TypeAlias

from policies.schema import Step, Then
from policies.schema.words import Late
from touches.model.cadence import Touch
from touches.model.care import BROKEN_PROMISE
from touches.model.people import ContactPoint
from touches.model.states import EnrollmentState
from touches.planning.channel_choice import choose_channel
from touches.planning.due import Slot, latest_of, settle, slot_for
from touches.planning.house import House, zones_of
from touches.planning.news_choice import Item, Pool, choose_news
from touches.planning.next_touch import hearer_of, spec_of
from touches.planning.priority import settle_by_priority
from touches.planning.situation import Situation
from touches.time.local import local_instant
from touches.time.resolve import ZoneChoice
from touches.time.tables import open_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Depart:
    """Compose and hand over. The marker looks again at when the hours close (`open_until`) and, where the policy minds
    them, at broken promises."""

    step: Step | Then
    channel: str
    point: ContactPoint
    item: Item
    open_until: datetime | None
    minds_promises: bool = False
    because: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Postpone:
    """Not now: back to planned with a later time. `shift` (seconds) moves the following touches as well; `channel`
    is set when another way has to be taken."""

    due_at: datetime
    latest_at: datetime | None
    reason: str
    shift: int = 0
    channel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Not until something changes."""

    reason: str
    because: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expire:
    """Too late, and the step says `late: drop`."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    """Never: what it belonged to has ended."""

    reason: str


Departure: TypeAlias = Depart | Postpone | Hold | Expire | Cancel


def departure(touch: Touch, situation: Situation, house: House, pool: Pool, now: datetime) -> Departure:
    """Decide for a claimed touch. Everything is read again: stops, lateness, channel, hours, caps, news."""
    step = situation.step_of(touch.step)
    ended = _ended(touch, situation, step)
    if ended is not None:
        return ended
    if step is None:
        return Cancel(reason=f"step {touch.step} is not in version {situation.enrollment.version} any more")
    choice = choose_channel(step, situation.policy, situation.lead, house, now=now, last=situation.last_channels)
    if choice.point is None:
        return Hold(reason="no channel", because={"channel": choice.because})
    zones = zones_of(situation.lead, choice.point, house)
    slot = slot_for(situation, choice.channel, zones.zones, house, choice.point)
    late = _late(touch, step, situation, choice.channel, slot, house, now)
    if late is not None:
        return late
    moved = settle_by_priority(situation, choice.channel, slot, house, now)
    if moved.at is None:
        return Hold(reason=moved.because.strip("; "))
    if moved.at > now or choice.channel != touch.channel:
        return _postponed(touch, step, moved.at, moved.because.strip("; "), choice.channel, slot)
    return _with_news(touch, step, situation, choice.point, zones, slot, pool, now)


def _ended(touch: Touch, situation: Situation, step: Step | Then | None) -> Departure | None:
    enrollment = situation.enrollment
    if situation.lead.dead:
        return Cancel(reason=situation.lead.dead)
    if enrollment.state is EnrollmentState.PAUSED:
        return Hold(reason=f"paused: {enrollment.reason}")
    if enrollment.state is not EnrollmentState.ACTIVE:
        return Cancel(reason=f"the enrollment is {enrollment.state}: {enrollment.reason}")
    if situation.let_down and situation.minds_promises:
        return Hold(reason=f"paused: {BROKEN_PROMISE}")  # its clock may not have paused the enrollment yet
    paused_until = situation.lead.paused_until
    if paused_until is not None and step is not None and touch.due_at is not None and touch.due_at < paused_until:
        return Postpone(due_at=paused_until, latest_at=None, reason="the lead asked for a pause")
    return None


def _late(
    touch: Touch, step: Step | Then, situation: Situation, channel: str, slot: Slot, house: House, now: datetime
) -> Departure | None:
    if touch.latest_at is None or now <= touch.latest_at or touch.due_at is None:
        return None
    if step.late is Late.DROP:
        return Expire(reason=f"more than {step.send_within or 'its time'} late")
    moved = settle(situation, now, "late", channel, slot, house, now)
    if moved.at is None:
        return Hold(reason=moved.because)
    shift = int((moved.at - touch.due_at) / timedelta(seconds=1))
    latest = latest_of(step, channel, moved.at, slot)
    return Postpone(due_at=moved.at, latest_at=latest, reason="late: this and the following touches move", shift=shift)


def _postponed(touch: Touch, step: Step | Then, at: datetime, because: str, channel: str, slot: Slot) -> Postpone:
    other = channel if channel != touch.channel else ""
    reason = because or f"goes by {channel} instead of {touch.channel}"
    return Postpone(due_at=at, latest_at=latest_of(step, channel, at, slot), reason=reason, channel=other)


def _with_news(
    touch: Touch,
    step: Step | Then,
    situation: Situation,
    point: ContactPoint,
    zones: ZoneChoice,
    slot: Slot,
    pool: Pool,
    now: datetime,
) -> Depart | Hold:
    choice = choose_news(spec_of(step, touch.variant), pool, hearer_of(situation, now, zones.main))
    because = {"news": choice.because, "news_considered": [list(pair) for pair in choice.considered[:20]]}
    if choice.item is None:
        return Hold(reason="no news", because=because)
    closes = open_until(now, slot.zones, slot.hours, slot.closed, within_days=2)
    ends = _news_ends(choice.item, zones.main)
    if ends is not None:
        closes = ends if closes is None else min(closes, ends)
    return Depart(
        step=step,
        channel=touch.channel,
        point=point,
        item=choice.item,
        open_until=closes,
        minds_promises=situation.minds_promises,
        because=because,
    )


def _news_ends(item: Item, zone: str) -> datetime | None:
    """When the news is stale: the marker looks at it again."""
    if item.valid is None or item.valid.last is None:
        return None
    return local_instant(item.valid.last + timedelta(days=1), time(), zone)
