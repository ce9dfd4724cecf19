"""Puts calls and meetings on the day's lists: claimed, decided, their news reserved, then offered to a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import count

from channels.protocol import Channel
from touches.engine.deciding import Claim, decide
from touches.engine.dispatching import Pass
from touches.engine.gathering import Gathered, gather
from touches.engine.in_hand import InHand
from touches.engine.office import Office
from touches.engine.preparing import write_decided
from touches.model.cadence import Touch
from touches.model.people import PERSONAL_CHANNELS
from touches.model.states import TouchState
from touches.planning.capacity import Hands, Load, first_day, load_of, why_moved
from touches.planning.due import Slot, slot_for
from touches.planning.house import zones_of
from touches.store.hand_overs import Lease
from touches.store.touches import Move
from touches.store.units import Unit
from touches.time.local import local_date, local_instant
from touches.time.tables import next_open

_BATCHES = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a call falls: at an instant today, or on another day because of `because`."""

    at: datetime
    because: str = ""


def list_calls(office: Office, channels: Mapping[str, Channel], *, up_to_id: int) -> Pass:
    """Put the calls and meetings that are due until the end of the workspace's day on their owners' lists, all in one
    order; the surplus moves to the next open day that has room."""
    personal = {name: channel for name, channel in channels.items() if name in PERSONAL_CHANNELS}
    done = Pass()
    while True:
        with office.store.write() as unit:
            done.stopped = unit.switches.stopped()
            if done.stopped or not _list_batch(unit, office, personal, up_to_id, done):
                return done


def _list_batch(unit: Unit, office: Office, channels: Mapping[str, Channel], up_to_id: int, done: Pass) -> bool:
    office.library.refresh(unit)
    now = office.clock.now()
    today = local_date(now, office.house.timezone)
    day_ends = local_instant(today + timedelta(days=1), time(), office.house.timezone)
    token = f"{office.owner_name}#list{next(_BATCHES)}"
    lease = Lease(token=token, until=unit.database_now() + timedelta(seconds=office.desk.lease_seconds))
    touches = unit.call_days.claim(
        sorted(channels), before=day_ends, up_to_id=up_to_id, limit=office.desk.batch, lease=lease
    )
    if not touches:
        return False
    ids = [one.enrollment_id for one in touches if one.enrollment_id is not None]
    urgent = [one.lead_id for one in touches if one.enrollment_id is None and one.lead_id is not None]
    gathered = gather(unit, office.library, ids, now=now, lead_ids=urgent)
    load = load_from(unit, office, now)
    for touch in touches:
        _list_one(unit, office, channels[touch.channel], touch, gathered, load, token, now, done)
    done.claimed += len(touches)
    return True


def load_from(unit: Unit, office: Office, now: datetime) -> Load:
    """What fills the days from today on: what stands on lists (what is left of days before stands on today's), what
    was made today, and what is planned for days to come."""
    zone = office.house.timezone
    today = local_date(now, zone)
    begins = local_instant(today, time(), zone)
    ends = local_instant(today + timedelta(days=1), time(), zone)
    had = [*unit.call_days.standing(), *unit.call_days.made(since=begins)]
    return load_of(
        ((owner, max(today, local_date(at, zone)), number) for owner, at, number in had),
        expected=((owner, local_date(at, zone), number) for owner, at, number in unit.call_days.waiting(since=ends)),
    )


def _list_one(
    unit: Unit,
    office: Office,
    channel: Channel,
    touch: Touch,
    gathered: Gathered,
    load: Load,
    token: str,
    now: datetime,
    done: Pass,
) -> None:
    place = _place(unit, office, touch, gathered, load, now)
    if place.because:
        values = {"due_at": place.at, "latest_at": None, "reason": place.because}
        unit.touches.move(
            [Move(touch_id=touch.id, old=TouchState.CLAIMED, new=TouchState.PLANNED, lease=token, values=values)]
        )
        load.expect(touch.owner, local_date(place.at, office.house.timezone))
        done.planned += 1
        return
    claimed = Claim(touches=[touch], gathered=gathered, notices={}, lease=token, at=place.at)
    decided = decide(claimed, channel, office, unit)
    taken = write_decided(unit, office, claimed, decided)
    _offer(unit, taken, place.at, touch)
    done.held += sum(move.new in (TouchState.HELD, TouchState.QUARANTINED) for move in decided.moves)
    done.cancelled += sum(move.new in (TouchState.CANCELLED, TouchState.EXPIRED) for move in decided.moves)
    done.planned += sum(move.new is TouchState.PLANNED for move in decided.moves)
    for _ in taken:
        load.add(touch.owner, local_date(place.at, office.house.timezone))


def _place(unit: Unit, office: Office, touch: Touch, gathered: Gathered, load: Load, now: datetime) -> _Place:
    at = max(now, touch.due_at or now)
    if touch.enrollment_id is None or touch.enrollment_id not in gathered.enrollments:
        return _Place(at=at)
    if touch.attempts and touch.latest_at is None:
        return _Place(at=at)  # a call back, agreed for this hour
    slot = _slot(unit, office, touch, gathered)
    opened = next_open(at, slot.zones, slot.hours, slot.closed) or at
    wanted = local_date(opened, office.house.timezone)
    hands = hands_of(touch.owner, office)
    day = first_day(touch.owner, wanted, load, hands, partial(_works_on, slot))
    if day is None or day == wanted:
        return _Place(at=opened)
    moved = next_open(
        local_instant(day, time(), office.house.timezone),
        slot.zones,
        slot.hours,
        slot.closed,
    )
    return _Place(at=moved or opened, because=why_moved(touch.owner, wanted, hands))


def _works_on(slot: Slot, day: date) -> bool:
    """Whether the hours open on that date of the lead."""
    return day.weekday() in slot.hours.days and not (slot.closed is not None and slot.closed.is_closed(day))


def _slot(unit: Unit, office: Office, touch: Touch, gathered: Gathered) -> Slot:
    situation = gathered.situation(touch.enrollment_id or 0, office.library, unit)
    point = next((point for point in situation.lead.points if point.id == touch.point_id), None)
    zones = zones_of(situation.lead, point, office.house)
    return slot_for(situation, touch.channel, zones.zones, office.house)


def hands_of(owner: str, office: Office) -> Hands:
    """What an owner can do; whoever is not in the settings gets the general number."""
    colleague = office.colleagues.get(owner)
    if colleague is None:
        return Hands(per_day=office.desk.calls_per_day)
    return Hands(per_day=colleague.per_day, absent=colleague.absent)


def _offer(unit: Unit, taken: Sequence[InHand], at: datetime, touch: Touch) -> None:
    for each in taken:
        values = {
            "due_at": max(at, touch.due_at or at),
            "detail": each.prepared.payload.decode("utf-8", "replace"),
            "lease_owner": "",
            "lease_until": None,
        }
        unit.touches.move(
            [
                Move(
                    touch_id=each.touch.id,
                    old=TouchState.PREPARED,
                    new=TouchState.OFFERING,
                    lease=each.lease,
                    values=values,
                )
            ]
        )
