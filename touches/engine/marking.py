"""The marker's transaction: reads again what may forbid a hand-over, and marks what may leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from touches.engine.in_hand import InHand
from touches.engine.office import Office
from touches.planning.gates import Fresh, why_not_now
from touches.store.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """What one transaction marked. `reasons` tells for others why not, `refused` is a reason for all of them;
    `stopped` is set when a stop of everything was seen."""

    allowed: frozenset[int] = frozenset()
    reasons: Mapping[int, str] = field(default_factory=dict)
    refused: str = ""
    stopped: str = ""

    def why_not(self, touch_id: int) -> str:
        """Why this touch must not leave; empty when it may."""
        if touch_id in self.allowed:
            return ""
        return self.reasons.get(touch_id) or self.refused or "its lease was lost"


def mark_allowed(unit: Unit, office: Office, marks: Sequence[InHand]) -> Marked:
    """Read again what may forbid, in this transaction, and mark what may leave."""
    now = office.clock.now()
    fresh = read_fresh(unit, marks, now)
    reasons = {each.touch.id: why_not_now(each.passing, fresh, now) for each in marks}
    by_lease: dict[str, list[int]] = {}
    for each in marks:
        if not reasons[each.touch.id]:
            by_lease.setdefault(each.lease, []).append(each.touch.id)
    until = unit.database_now() + timedelta(seconds=office.desk.lease_seconds)
    allowed: set[int] = set()
    for lease, ids in by_lease.items():
        allowed |= unit.touches.mark_committing(ids, lease=lease, until=until)
    refused = {touch_id: reason for touch_id, reason in reasons.items() if reason}
    return Marked(allowed=frozenset(allowed), reasons=refused, stopped=fresh.stopped)


def read_fresh(unit: Unit, marks: Sequence[InHand], now: datetime) -> Fresh:
    """The facts of the gates, in a few queries for all."""
    leads = [each.passing.lead_id for each in marks if each.passing.lead_id is not None]
    gate = unit.gatekeeping
    return Fresh(
        stopped=gate.stopped(),
        enrollments=gate.enrollments([each.passing.enrollment_id for each in marks if each.passing.enrollment_id]),
        dead=gate.dead(leads),
        closed=gate.closed([each.passing.address_hash for each in marks if each.passing.address_hash]),
        crowded=gate.crowded(
            leads,
            since=min((each.claimed_at for each in marks), default=now),
            marking=[each.touch.id for each in marks],
        ),
    )
