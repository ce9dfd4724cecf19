"""A person says stop, or start again. Takes effect in the caller's transaction: nothing leaves after it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from touches.engine.stopping import cancel_touches, stop
from touches.model.care import Activity
from touches.model.people import ContactPoint, Lead
from touches.model.states import IN_HAND, PENDING
from touches.people.address_hashes import address_hash
from touches.people.wishes import ALL, OPT_IN, OPT_OUT, SAID, Wishes, kinds_of, wishes_of
from touches.store.events import Event
from touches.store.units import Unit
from touches.tokens import Signer

_TOGETHER = 500  # leads in one question


def opt_out(
    unit: Unit, signer: Signer, lead_id: int, channel: str, source: str, *, at: datetime, actor: str = "engine"
) -> int:
    """Close a channel (or `all`) for all addresses of a lead that it could use; they stay closed through import, merge
    and erasure. Waiting touches on it are cancelled; `all` also ends every enrollment. How many touches were cancelled.

    Leads that share a mailbox or number are closed for there: the wish belongs to whoever reads it. A street is shared
    by many who read their own post: there it closes for the name. Saying it again is written down only where it closes
    something.
    """
    lead = unit.leads.get(lead_id)
    if lead is None:
        return 0
    hashes = _hashes(signer, lead, channel)
    closed_now = unit.suppressions.add(hashes, channel=channel, reason="opt_out", source=source, since=at)
    because = f"opted out of {_what(channel)}: {source}"
    if closed_now or not has_said_so(unit, lead_id, channel):
        unit.events.add([Event(at=at, action="opted_out", because=because, actor=actor, lead_id=lead_id)])
        note = Activity(lead_id=lead_id, kind=OPT_OUT, at=at, source=f"{channel}: {source}")
        unit.activities.add([note], seen=channel != ALL)  # seen: one closed channel ends no enrollment
    if channel == ALL:
        running = unit.enrollments.of_leads([lead_id], running=True)[lead_id]
        cancelled = stop(unit, running, because=because, actor=actor, at=at)
    else:
        cancelled = 0
    return cancelled + _cancel(unit, lead_id, channel, because=because, at=at)


def opt_in(unit: Unit, signer: Signer, lead_id: int, channel: str, source: str, *, at: datetime) -> int:
    """Take an opt-out back, because the person asked for it themselves (START). How many addresses are open again.

    It counts for all who share an address, as the opt-out did. Of somebody who had closed everything this one channel
    opens. What they said to the provider is taken back as well; what was erased stays closed.
    """
    lead = unit.leads.get(lead_id)
    if lead is None:
        return 0
    hashes = _hashes(signer, lead, channel)
    channels = [channel] if channel == ALL else [channel, ALL]
    removed = sum(unit.suppressions.take_back(hashes, channel=each) for each in channels)
    sharing = sorted({lead_id, *unit.suppressions.leads_at(_points(lead, channel), hashes)})
    said = [Activity(lead_id=one, kind=OPT_IN, at=at, source=f"{channel}: {source}") for one in sharing]
    unit.activities.add(said, seen=True)
    carry_over(unit, sharing, at=at)
    if removed:
        because = f"opted in to {channel} again: {source}"
        unit.events.add([Event(at=at, action="opted_in", because=because, lead_id=lead_id)])
    return removed


def take_from_list(unit: Unit, wishes: Mapping[int, Sequence[str]], source: str, *, at: datetime, actor: str) -> int:
    """What a list says of leads: for each the channels (or `all`) to close. It is their wish as if they had said it,
    for all their addresses; what is running ends with the next pass, and nothing leaves in between. How many are
    new."""
    new, lead_ids = _note(unit, wishes, source, at, actor), list(wishes)
    for start in range(0, len(lead_ids), _TOGETHER):
        own = unit.suppressions.addresses_of(lead_ids[start : start + _TOGETHER])
        for channel in sorted({channel for lead_id, _, _ in own for channel in wishes[lead_id]}):
            kinds = kinds_of(channel)
            hashes = [hashed for lead_id, kind, hashed in own if channel in wishes[lead_id] and kind in kinds]
            unit.suppressions.add(hashes, channel=channel, reason="opt_out", source=source, since=at)
    return new


def _note(unit: Unit, wishes: Mapping[int, Iterable[str]], source: str, at: datetime, actor: str) -> int:
    known = dict(_wishes(unit, list(wishes)))
    new = [(lead_id, one) for lead_id, said in wishes.items() for one in said if one not in known.get(lead_id, ())]
    for seen in (True, False):  # one closed channel ends no enrollment
        concerned = [(lead_id, channel) for lead_id, channel in new if (channel != ALL) is seen]
        notes = [Activity(lead_id=one, kind=OPT_OUT, at=at, source=f"{what}: {source}") for one, what in concerned]
        unit.activities.add(notes, seen=seen)
    unit.events.add(
        Event(at=at, action="opted_out", because=f"opted out of {_what(one)}: {source}", actor=actor, lead_id=lead_id)
        for lead_id, one in new
    )
    return len(new)


def _wishes(unit: Unit, lead_ids: Sequence[int]) -> Iterator[tuple[int, Wishes]]:
    """What stands of what leads said; those who want nothing closed are left out."""
    for start in range(0, len(lead_ids), _TOGETHER):
        said = unit.activities.of_leads(lead_ids[start : start + _TOGETHER], kinds=SAID)
        for lead_id, found in said.items():
            wishes = wishes_of(found)
            if wishes:
                yield lead_id, wishes


def _what(channel: str) -> str:
    return "everything" if channel == ALL else channel


def carry_over(unit: Unit, lead_ids: Sequence[int], *, at: datetime) -> int:
    """Close addresses of leads for what they said stop to, also before they had them: the wish is the person's, not the
    address's. To be called wherever known leads get addresses. How many were closed.

    What they took back since (START) is open; what a colleague at a shared address said is not theirs.
    """
    wishes = list(_wishes(unit, lead_ids))
    parts = range(0, len(wishes), _TOGETHER)
    return sum(_carry(unit, dict(wishes[start : start + _TOGETHER]), at) for start in parts)


def _carry(unit: Unit, standing: Mapping[int, Wishes], at: datetime) -> int:
    points = unit.suppressions.addresses_of(list(standing))
    known = unit.suppressions.of(one[2] for one in points)
    closed = 0
    for lead_id, wishes in standing.items():
        mine = [(kind, hashed) for owner, kind, hashed in points if owner == lead_id]
        for channel, kinds in wishes.items():
            new = [hashed for kind, hashed in mine if kind in kinds and channel not in known.get(hashed, ())]
            source = "the same person said so for another address"
            closed += unit.suppressions.add(new, channel=channel, reason="opt_out", source=source, since=at)
    return closed


def has_said_so(unit: Unit, lead_id: int, channel: str) -> bool:
    """Whether the lead wants it closed, by name or with everything."""
    return any(channel in wishes or ALL in wishes for _, wishes in _wishes(unit, [lead_id]))


def _hashes(signer: Signer, lead: Lead, channel: str) -> list[str]:
    points = _points(lead, channel)
    return [address_hash(signer, point.kind, point.address, lead.full_name) for point in points]


def _points(lead: Lead, channel: str) -> Sequence[ContactPoint]:
    kinds = kinds_of(channel)
    return [point for point in lead.points if point.kind in kinds]


def _cancel(unit: Unit, lead_id: int, channel: str, *, because: str, at: datetime) -> int:
    touches = unit.touches.of_leads([lead_id], states=PENDING | IN_HAND, lock=True)[lead_id]
    concerned = [touch for touch in touches if touch.kind == "touch" and channel in (ALL, touch.channel)]
    return cancel_touches(unit, concerned, because=because, at=at)
