"""What follows from what became of a call or a meeting: one pure decision."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TypeAlias

from touches.planning.due import Slot
from touches.time.hours import MINUTES_A_DAY
from touches.time.local import local_date, local_instant
from touches.time.tables import next_open
from touches.time.zones import zone

MOST_TRIES = 3
BUSY_FOR = timedelta(minutes=30)
QUARTER = 15
DECENT = (8 * 60, 20 * 60)  # minutes: tries by a policy whose hours are the whole day


class Outcome(StrEnum):
    """What became of a call or a meeting."""

    REACHED = "reached"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no-answer"
    BUSY = "busy"
    WRONG_NUMBER = "wrong-number"
    CALL_BACK = "call-back"
    MEETING = "meeting"
    NOT_INTERESTED = "not-interested"
    BOUGHT = "bought"


UNREACHED = frozenset({Outcome.VOICEMAIL, Outcome.NO_ANSWER, Outcome.BUSY})
SPOKE = frozenset({Outcome.REACHED, Outcome.MEETING, Outcome.NOT_INTERESTED, Outcome.BOUGHT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """They spoke: the touch is sent, its news told, the next one planned. `bought` and `lost` say what else."""

    because: str
    bought: bool = False
    lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TryAgain:
    """Ready again at `at`; the news is new again. `agreed`: the lead named the hour, so it is kept to the minute."""

    at: datetime
    because: str
    agreed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUp:
    """Failed. `breaks_point`: the number must not be called any more."""

    because: str
    breaks_point: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotThen:
    """The hour of a call-back cannot be; nothing is changed."""

    because: str


Consequence: TypeAlias = Told | TryAgain | GiveUp
Following: TypeAlias = Consequence | NotThen


def outcome_of(
    outcome: Outcome,
    *,
    tries: int,
    slot: Slot,
    now: datetime,
    call_back: datetime | None = None,
    wished: bool = False,
) -> Following:
    """Decide what follows. `tries` counts the tries in a row that reached nobody, this one included; `slot` holds the
    open hours of the call; `wished` says that the lead asked for an hour outside of them."""
    if outcome in SPOKE:
        return Told(because=str(outcome), bought=outcome is Outcome.BOUGHT, lost=outcome is Outcome.NOT_INTERESTED)
    if outcome is Outcome.WRONG_NUMBER:
        return GiveUp(because="wrong number", breaks_point=True)
    if outcome is Outcome.CALL_BACK:
        return _call_back(call_back, slot, now, wished=wished)
    if tries >= MOST_TRIES:
        return GiveUp(because=f"nobody reached in {tries} tries")
    if outcome is Outcome.BUSY:
        at = next_open(now + BUSY_FOR, slot.zones, slot.hours, slot.closed)
        return TryAgain(at=at or now + BUSY_FOR, because=f"busy, try {tries} of {MOST_TRIES}")
    return TryAgain(at=another_time(slot, now), because=f"{outcome}, try {tries} of {MOST_TRIES}")


def _call_back(at: datetime | None, slot: Slot, now: datetime, *, wished: bool) -> Following:
    if at is None:
        return NotThen(because="a call back needs a time")
    if at <= now:
        return NotThen(because=f"{_local(at, slot)} has passed")
    if not wished and next_open(at, slot.zones, slot.hours, slot.closed) != at:
        return NotThen(because=f"{_local(at, slot)} lies outside the hours in which this lead may be called")
    return TryAgain(at=at, because=f"call back agreed for {_local(at, slot)}", agreed=True)


def another_time(slot: Slot, now: datetime) -> datetime:
    """The next open day, at the time of day that lies furthest from now: early, in the middle, or late in the hours.
    Whoever does not answer at nine may at four."""
    first, last = _span(slot)
    local = now.astimezone(zone(slot.zones[0]))
    minute = local.hour * 60 + local.minute
    places = [_rounded(first + (last - first) * share) for share in (1 / 8, 1 / 2, 7 / 8)]
    chosen = max(places, key=lambda place: abs(place - minute))
    day = local_date(now, slot.zones[0]) + timedelta(days=1)
    wanted = local_instant(day, time(chosen // 60, chosen % 60), slot.zones[0])
    opened = next_open(wanted, slot.zones, slot.hours, slot.closed)
    if opened is None or opened == wanted:
        return wanted
    # A closed day: the same time of day on the day that opens.
    again = local_instant(local_date(opened, slot.zones[0]), time(chosen // 60, chosen % 60), slot.zones[0])
    return next_open(max(again, opened), slot.zones, slot.hours, slot.closed) or opened


def _span(slot: Slot) -> tuple[int, int]:
    first, last = slot.hours.start, slot.hours.end
    if last <= first:
        return DECENT
    if last - first >= MINUTES_A_DAY - 60:
        return DECENT
    return first, last


def _rounded(minute: float) -> int:
    return int(minute // QUARTER) * QUARTER


def _local(at: datetime, slot: Slot) -> str:
    return at.astimezone(zone(slot.zones[0])).strftime("%Y-%m-%d %H:%M")
