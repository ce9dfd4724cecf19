"""Of two policies that want the same lead on one day, the higher goes first: the other keeps its room free."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from touches.model.cadence import PastTouch
from touches.model.states import TouchState
from touches.planning.due import Due, Slot, settle
from touches.planning.house import House
from touches.planning.situation import WAITS, Situation
from touches.time.local import local_date, local_instant


def settle_by_priority(situation: Situation, channel: str, slot: Slot, house: House, now: datetime) -> Due:
    """As `settle` at `now`, with everything counted as gone that policies of higher priority will send to the lead
    until the end of the lead's day: under caps and gaps the lower policy waits."""
    first = going_first(situation, slot.zones[0], now) if situation.rivals else []
    if not first:
        return settle(situation, now, "", channel, slot, house, now)
    due = settle(_as_if_gone(situation, first, now), now, "", channel, slot, house, now)
    if due.at == now:
        return due
    alone = settle(situation, now, "", channel, slot, house, now)
    return replace(due, because=_who(first) + due.because.strip("; ")) if alone.at == now else alone


def going_first(situation: Situation, zone: str, now: datetime) -> list[PastTouch]:
    """What waits for the lead in policies of higher priority, and is due until the end of the local day."""
    higher = {rival.enrollment_id for rival in situation.rivals if rival.priority > situation.enrollment.priority}
    if not higher:
        return []
    ends = local_instant(local_date(now, zone) + timedelta(days=1), time(), zone)
    return [
        past
        for past in situation.history
        if past.enrollment_id in higher and past.state in WAITS and past.due_at is not None and past.due_at < ends
    ]


def _as_if_gone(situation: Situation, first: Sequence[PastTouch], now: datetime) -> Situation:
    gone = [replace(past, state=TouchState.SENT, handed_over_at=max(past.due_at or now, now)) for past in first]
    others = [past for past in situation.history if past not in first]
    times = sorted([*situation.colleagues, *(past.handed_over_at or now for past in gone)])
    return replace(situation, history=[*others, *gone], colleagues=times if situation.lead.company else ())


def _who(first: Sequence[PastTouch]) -> str:
    policies = " and ".join(sorted({past.policy for past in first}))
    return f"{policies} goes first, by its priority: "
