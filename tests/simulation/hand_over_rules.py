"""What must have been true of a message when it left."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.simulation.cadences import Told
from tests.simulation.evidence import LINE, Evidence, Telling
from tests.simulation.network import Arrival
from tests.simulation.reading import Row

HOUR = timedelta(hours=1)


def judge(evidence: Evidence, arrival: Arrival) -> Iterator[str]:
    """Every rule, over one message that the other side took."""
    touch = evidence.touch_of(arrival)
    if touch is None:
        yield f"{arrival.key} arrived and belongs to no touch"
        return
    what = f"touch {touch['id']} by {arrival.channel}"
    same = [one for one in evidence.world.network.taken if one.key == arrival.key]
    times = sum(not evidence.does_not_count(one) for one in same)
    if times > 1:
        yield f"{what} arrived {times} times"
    if arrival.message_id and arrival.message_id != touch["message_id"]:
        yield f"{what} arrived under the name {arrival.message_id}"
    if touch["kind"] != "touch":
        return
    seq = evidence.history.marked(int(str(touch["id"])), arrival.seq)
    if seq < 0:
        yield f"{what} arrived without a marker"
        return
    yield from _forbidden(evidence, arrival, touch, seq, what)
    yield from _hours(evidence, arrival, touch, what)
    yield from _news(evidence, arrival, touch, seq, what)
    yield from _gaps(evidence, arrival, touch, seq, what)


def _forbidden(evidence: Evidence, arrival: Arrival, touch: Row, seq: int, what: str) -> Iterator[str]:
    history = evidence.history
    for hashed in evidence.hashes(arrival):
        for channel in ("all", arrival.channel):
            if evidence.stood(history.closed[hashed, channel], "closed", arrival, seq):
                yield f"{what} left after an opt-out of {channel} was stored"
    for key in ("paused", "hold"):
        if evidence.stood(history.switches[key], "*", arrival, seq):
            yield f"{what} left while everything was stopped ({key})"
    if touch["enrollment_id"] is not None:
        course = history.enrollments[int(str(touch["enrollment_id"]))]
        for state in ("paused", "finished", "stopped"):
            if evidence.stood(course, state, arrival, seq):
                yield f"{what} left while its enrollment was {state}"
    lead = evidence.lead_of(arrival, touch, seq)
    if evidence.stood(history.dead[lead], "*", arrival, seq):
        yield f"{what} left for somebody who is gone"
    marked_at = history.states[int(str(touch["id"]))].since(seq)
    if marked_at is not None and (broken := evidence.broken_promises(lead, seq, marked_at)):
        yield f"{what} left while promises {broken} to lead {lead} were broken"


def _hours(evidence: Evidence, arrival: Arrival, touch: Row, what: str) -> Iterator[str]:
    plan = evidence.world.plans.get((str(touch["policy"]), int(str(touch["version"]))))
    window = plan.hours.get(arrival.channel) if plan is not None else None
    if window is None:
        return
    for zone in evidence.zones(arrival, touch):
        for moment in (arrival.at, arrival.at - LINE):
            local = moment.astimezone(ZoneInfo(zone))
            minute = local.hour * 60 + local.minute
            if window.days[0] <= local.weekday() <= window.days[1] and window.start <= minute < window.end:
                return
    yield f"{what} left at {arrival.at.isoformat()}, outside of its hours in {sorted(evidence.zones(arrival, touch))}"


def _news(evidence: Evidence, arrival: Arrival, touch: Row, seq: int, what: str) -> Iterator[str]:
    items = evidence.world.shelf.items.values()
    words = [one for one in items if re.search(rf"\b{one.word}\b", arrival.text) is not None]
    if len(words) != 1:
        yield f"{what} told {[one.id for one in words]}, not one piece of news"
        return
    told, days = words[0], evidence.days(arrival, touch)
    if told.last is not None and min(days) > told.last:
        yield f"{what} told {told.id} on {min(days)}, which was good until {told.last}"
    if told.first is not None and max(days) < told.first:
        yield f"{what} told {told.id} on {max(days)}, which is good from {told.first}"
    if evidence.history.withdrawn[told.id].at(seq):
        yield f"{what} told {told.id}, which had been withdrawn"
    lead = evidence.lead_of(arrival, touch, seq)
    yield from hear(evidence, Telling(lead=lead, told=told, seq=seq, at=arrival.at, by=what, arrival=arrival))


def hear(evidence: Evidence, new: Telling) -> Iterator[str]:
    """Nobody hears a thing, its equivalent or a like text twice, unless it had come back before."""
    for old in counted(evidence):
        first, second = sorted((old, new), key=lambda one: one.seq)
        here, there = (evidence.lead_then(one.lead, second.seq) for one in (first, second))
        if here == there and alike(old.told, new.told) and not first.was_taken_back(second.seq):
            yield f"lead {here} heard {first.told.id} by {first.by} at {first.at}, and {second.told.id} by {second.by}"
    evidence.tellings.append(new)


def counted(evidence: Evidence) -> list[Telling]:
    """Everything heard so far, but for what was let go again blindly."""
    return [one for one in evidence.tellings if one.arrival is None or not evidence.does_not_count(one.arrival)]


def alike(one: Told, other: Told) -> bool:
    """Declared to be the same, or mostly the same words."""
    if one.same == other.same:
        return True
    first, second = (set(re.findall(r"[a-z]{4,}", told.body.lower())) for told in (one, other))
    return len(first & second) >= 0.6 * min(len(first), len(second))


def _gaps(evidence: Evidence, arrival: Arrival, touch: Row, seq: int, what: str) -> Iterator[str]:
    """The gap between two touches, and the caps of the policy by which this one left."""
    if evidence.world.jumped or touch["enrollment_id"] is None:
        return
    lead = evidence.lead_of(arrival, touch, seq)
    before = [
        one
        for one in counted(evidence)
        if one.arrival is not arrival
        and one.seq < seq  # marked before it
        and one.at <= arrival.at
        and one.arrival is not None
        and evidence.lead_then(one.lead, seq) == lead
    ]
    gap = evidence.world.gap
    close = [one for one in before if gap is not None and arrival.at - one.at < gap - LINE]
    if close:
        yield f"{what} left at {arrival.at}, less than {gap} after {close[-1].by} at {close[-1].at}"
    plan = evidence.world.plans.get((str(touch["policy"]), int(str(touch["version"]))))
    week = [one for one in before if arrival.at - one.at < timedelta(days=7) - HOUR]
    if plan is not None and plan.per_week and len(week) + 1 > plan.per_week:
        yield f"{what} is number {len(week) + 1} to lead {lead} in a week of at most {plan.per_week}"
    if plan is not None and plan.per_company:
        yield from _company(evidence, arrival, touch, seq, plan.per_company)


def _company(evidence: Evidence, arrival: Arrival, touch: Row, seq: int, most: int) -> Iterator[str]:
    person = evidence.person_at(arrival.address)
    if person is None or not person.company or any(course.values for course in evidence.history.dead.values()):
        return  # who was merged works where the other one does
    reached = 1
    for one in counted(evidence):
        other = evidence.person_at(one.arrival.address) if one.arrival is not None else None
        there = other is not None and other.company == person.company and one.arrival is not arrival
        if there and one.arrival is not None and one.arrival.returned < 0 and _came_first(evidence, one, touch, seq):
            reached += all(_same_day(one.at, arrival.at, zone) for zone in evidence.zones(arrival, touch))
    if reached > most:
        what = f"touch {touch['id']} by {arrival.channel}"
        yield f"{what} is number {reached} to {person.company} in a day of at most {most}"


def _came_first(evidence: Evidence, one: Telling, touch: Row, seq: int) -> bool:
    """By its marker; of those that one transaction marked, the one of the lower rank was decided before the others."""
    other = evidence.touch_of(one.arrival) if one.arrival is not None else None
    if other is None or other["rank"] == touch["rank"] or not _together(evidence, (other, one.seq), (touch, seq)):
        return one.seq < seq
    return int(str(other["rank"])) < int(str(touch["rank"]))


def _together(evidence: Evidence, *marked: tuple[Row, int]) -> bool:
    return len({evidence.history.states[int(str(touch["id"]))].since(seq) for touch, seq in marked}) == 1


def _same_day(one: datetime, other: datetime, zone: str) -> bool:
    """Also seconds before: the marker's day counts."""
    days = [{(at - ago).astimezone(ZoneInfo(zone)).date() for ago in (timedelta(0), LINE)} for at in (one, other)]
    return days[0] == days[1]
