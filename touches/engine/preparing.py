"""Claims a batch of due touches, and writes what was decided of it: news reserved, touches prepared or moved."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from touches.engine.allowing import may_claim
from touches.engine.deciding import Claim, Decided
from touches.engine.gathering import gather
from touches.engine.in_hand import InHand
from touches.engine.office import Office
from touches.engine.planner import plan_gathered
from touches.engine.recording import OWED_ONLY
from touches.model.cadence import Lane, LedgerEntry
from touches.model.filling import filler
from touches.model.states import LedgerStatus, TouchState
from touches.planning.limits import Allowance
from touches.store.hand_overs import Lease, PreparedRow
from touches.store.touches import Move
from touches.store.units import Unit

_new_entry = filler(LedgerEntry, ("lead_id", "news_class", "news", "status", "touch_id", "at"))


def claim(office: Office, channel: str, *, up_to_id: int, number: int) -> tuple[Allowance, Claim | None]:
    """Take as many due touches as may be taken now, under a lease of their own; None where there are none."""
    with office.store.write() as unit:
        allowed = may_claim(unit, office, channel)
        if allowed.stopped:
            return allowed, None
        office.library.refresh(unit)
        now = office.clock.now()
        token = f"{office.owner_name}#{number}"
        lease = Lease(token=token, until=unit.database_now() + timedelta(seconds=office.desk.lease_seconds))
        lanes = (Lane.OWED,) if unit.switches.get(OWED_ONLY + channel) else tuple(Lane)
        touches = unit.hand_overs.claim_due(
            channel, now=now, up_to_id=up_to_id, limit=allowed.count, lease=lease, lanes=lanes
        )
        if not touches:
            return allowed, None
        ids = [touch.enrollment_id for touch in touches if touch.enrollment_id is not None]
        outside = [one.lead_id for one in touches if one.enrollment_id is None and one.lead_id is not None]
        gathered = gather(unit, office.library, ids, now=now, lead_ids=outside)
        notices = unit.notices.of_touches(touch.id for touch in touches if touch.kind == "notice")
        return allowed, Claim(touches=touches, gathered=gathered, notices=notices, lease=token, at=now)


def write_decided(unit: Unit, office: Office, claimed: Claim, decided: Decided) -> list[InHand]:
    """Reserve news, mark as prepared, record what does not depart, plan what ended; those that may be offered.

    What was cancelled or taken over since the claim gets no news: nobody would give it back. News that was withdrawn
    since stays where it is: whoever withdrew it did not see this touch carry it. An address that is gone since, with a
    merge or a correction, gets nothing: a later pass decides about the one that took its place.
    """
    leaving = decided.departing
    claims = unit.hand_overs.still_claimed([each.touch.id for each in leaving], lease=claimed.lease)
    addresses = unit.leads.standing_points(each.point_id for each in leaving if each.point_id is not None)
    news = unit.catalog.standing_news(each.news for each in leaving if each.news)
    ours, points, standing = claims.values(), addresses.values(), news.values()
    departing = [each for each in leaving if each.touch.id in ours]
    reached = [each for each in departing if each.point_id is None or each.point_id in points]
    reserved = _reserve(unit, [each for each in reached if each.news in standing], claimed.at)
    taken = [each for each in reached if not each.news or each.touch.id in reserved]
    unit.hand_overs.record_prepared([_prepared_row(each) for each in taken], lease=claimed.lease)
    left = {each.touch.id for each in departing} - {each.touch.id for each in taken}
    unit.touches.move([*decided.moves, *_again(claimed, sorted(left))])
    unit.events.add(decided.events)
    unit.enrollments.add_shifts(decided.shifts)
    plan_gathered(unit, office.library, office.house, claimed.gathered, decided.ended, now=claimed.at)
    return taken


def _again(claimed: Claim, touch_ids: Iterable[int]) -> list[Move]:
    """What something else came before is decided about once more, soon."""
    reason = "its news was just told by another touch, or withdrawn, or its address is gone"
    values = {"reason": reason, "due_at": claimed.at + timedelta(minutes=1)}
    old, new = TouchState.CLAIMED, TouchState.READY
    return [Move(touch_id=each, old=old, new=new, lease=claimed.lease, values=values) for each in touch_ids]


def _reserve(unit: Unit, departing: Sequence[InHand], at: datetime) -> set[int]:
    """Take each touch's news for its lead; the ids of the touches that got it."""
    reserved = LedgerStatus.RESERVED
    wanted = [
        _new_entry(each.touch.lead_id, each.news_class, each.news, reserved, each.touch.id, at)
        for each in departing
        if each.news and each.touch.lead_id is not None
    ]
    return unit.ledger.reserve_all(wanted)


def _prepared_row(each: InHand) -> PreparedRow:
    digest = each.prepared.digest
    return PreparedRow(each.touch.id, each.message_id, digest, each.address, each.point_id, each.news, each.news_class)
