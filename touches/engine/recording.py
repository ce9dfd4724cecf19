"""What came of an offer, written down: state, ledger, attempt, address, and the next touch, in one transaction."""

from collections.abc import Sequence

from channels.protocol import Accepted, Refused, Unknown
from touches.engine.offered import Offered, Recorded
from touches.engine.office import Office
from touches.engine.planner import plan_enrollments, plan_gathered
from touches.engine.promising import make_promises
from touches.engine.refusals import record_refused, record_unknown, record_withdrawn, remember
from touches.model.cadence import LedgerEntry
from touches.model.filling import filler
from touches.model.states import LedgerStatus, TouchState
from touches.store.hand_overs import AttemptRecord, SentRow
from touches.store.posting import Answer
from touches.store.touches import Move
from touches.store.units import Unit

OWED_ONLY = "owed only:"  # key of the switch that lets nothing but notices leave on a channel, until a person ends it
_new_attempt = filler(
    AttemptRecord,
    (
        *("touch_id", "number", "owner", "phase", "began_at", "ended_at"),
        *("outcome", "code", "detail", "reference"),
    ),
)
_new_entry = filler(LedgerEntry, ("lead_id", "news_class", "news", "status", "touch_id", "at"))


def record(unit: Unit, office: Office, offered: Sequence[Offered], *, plans: bool = True) -> Recorded:
    """Write down what came of offers; the order does not matter. `plans` False leaves out what follows from them."""
    recorded = Recorded()
    accepted = [one for one in offered if isinstance(one.result, Accepted)]
    written = _record_accepted(unit, accepted, recorded)
    if plans:
        _promise(unit, office, accepted)
    for one in offered:
        if isinstance(one.result, Refused):
            record_refused(unit, one, one.result, recorded)
        elif isinstance(one.result, Unknown):
            record_unknown(unit, one, one.result, recorded)
        elif not isinstance(one.result, Accepted):
            record_withdrawn(unit, one, recorded)
    unit.hand_overs.record_attempts([_attempt(one) for one in offered])
    if plans:
        recorded.planned += _plan_next(unit, office, [one for one in offered if _is_final(one)])
    for rows, answer in written:
        if answer.count() != len(rows):
            _prove(unit, rows)
    return recorded


def _record_accepted(
    unit: Unit, accepted: Sequence[Offered], recorded: Recorded
) -> Sequence[tuple[Sequence[SentRow], Answer]]:
    """What was written for each lease, with the answer that counts for how many touches it took effect."""
    by_lease: dict[str, list[SentRow]] = {}
    for one in accepted:
        result = one.result
        row = SentRow(one.each.touch.id, getattr(result, "reference", ""), getattr(result, "detail", ""), one.ended_at)
        by_lease.setdefault(one.each.lease, []).append(row)
        remember(one, TouchState.SENT)
    written = [(rows, unit.hand_overs.record_sent(rows, lease=lease)) for lease, rows in by_lease.items()]
    told = [one.each.touch.id for one in accepted if one.each.news]
    if told:
        unit.ledger.tell(told, at=max(one.ended_at for one in accepted))
    recorded.sent += len(accepted)
    return written


def _promise(unit: Unit, office: Office, accepted: Sequence[Offered]) -> None:
    """What the touches said we would do is owed from now on."""
    for one in accepted:
        lead = one.each.gathered.leads.get(one.each.touch.lead_id or 0)
        if lead is not None and one.each.touch.enrollment_id is not None:
            make_promises(unit, office, one.each.touch, lead, at=one.ended_at)


def _prove(unit: Unit, rows: Sequence[SentRow]) -> None:
    """Our lease was taken away while the answer came: what was put in doubt is proven by the answer we hold."""
    for touch in unit.touches.by_ids(row.touch_id for row in rows).values():
        row = next(row for row in rows if row.touch_id == touch.id)
        values = {"handed_over_at": row.at, "finished_at": row.at, "reference": row.reference}
        if touch.state is TouchState.IN_DOUBT:
            unit.touches.move([Move(touch_id=touch.id, old=touch.state, new=TouchState.SENT, values=values)])


def still_open(unit: Unit, offered: Sequence[Offered]) -> list[Offered]:
    """Those whose outcome is not in the database yet: asked when nobody knows whether a commit took place."""
    now = unit.touches.by_ids(one.each.touch.id for one in offered)
    waiting = (TouchState.PREPARED, TouchState.COMMITTING, TouchState.IN_DOUBT)
    found = ((one, now.get(one.each.touch.id)) for one in offered)
    return [one for one, touch in found if touch and touch.state in waiting and touch.fence == one.each.touch.fence]


def _attempt(one: Offered) -> AttemptRecord:
    result = one.result
    return _new_attempt(
        one.each.touch.id,
        one.each.touch.fence,
        one.each.lease,
        getattr(result, "phase", "answered" if one.marked else "offered"),
        one.began_at,
        one.ended_at,
        type(result).__name__.lower(),
        getattr(result, "code", ""),
        str(getattr(result, "text", "") or getattr(result, "detail", ""))[:500],
        getattr(result, "reference", ""),
    )


def _is_final(one: Offered) -> bool:
    touch = one.each.touch
    if touch.enrollment_id is None or touch.lead_id is None:
        return False
    if isinstance(one.result, Accepted):
        return True
    last = [past for past in one.each.gathered.history[touch.lead_id] if past.enrollment_id == touch.enrollment_id]
    return bool(last) and last[-1].state is TouchState.FAILED


def _plan_next(unit: Unit, office: Office, ended: Sequence[Offered]) -> int:
    """Plan what follows; an enrollment that was stopped meanwhile gets nothing."""
    planned = 0
    groups: dict[int, list[Offered]] = {}
    for one in ended:
        groups.setdefault(id(one.each.gathered), []).append(one)
    for group in groups.values():
        gathered = group[0].each.gathered
        ids = [one.each.touch.enrollment_id for one in group if one.each.touch.enrollment_id is not None]
        gathered.enrollments.update(unit.enrollments.by_ids(ids))
        for one in group:
            _tell(one)
        moved = _merged_meanwhile(group)
        known = [one for one in ids if one not in moved]
        planned += plan_gathered(unit, office.library, office.house, gathered, known, now=group[0].ended_at)
        if moved:
            planned += plan_enrollments(unit, office.library, office.house, moved, now=group[0].ended_at)
    return planned


def _merged_meanwhile(group: Sequence[Offered]) -> list[int]:
    """The enrollments that belong to another record by now: what was loaded knows nothing of its history."""
    enrollments = group[0].each.gathered.enrollments
    owners = {one.each.touch.enrollment_id or 0: one.each.touch.lead_id for one in group}
    return [one for one, lead_id in owners.items() if one in enrollments and enrollments[one].lead_id != lead_id]


def _tell(one: Offered) -> None:
    lead_id = one.each.touch.lead_id
    if lead_id is None or not one.each.news or not isinstance(one.result, Accepted):
        return
    news, news_class, told = one.each.news, one.each.news_class, LedgerStatus.TOLD
    entry = _new_entry(lead_id, news_class, news, told, one.each.touch.id, one.ended_at)
    one.each.gathered.told.setdefault(lead_id, {})[news_class] = entry
