"""The marker's transaction: reads again what may forbid a hand-over, and marks what may leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from touches.engine.in_hand import InHand
from touches.engine.office import Office
from touches.model.cadence import Key, key_of
from touches.planning.gates import Fresh, why_not_now
from touches.planning.situation import reached
from touches.store.gatekeeping import Seen
from touches.store.posting import Answer
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """Marks that are set with the commit of their transaction."""

    reasons: Mapping[int, str]
    stopped: str
    answers: Sequence[Answer]

    def done(self) -> Marked:
        """What was marked."""
        allowed = frozenset([row[0] for answer in self.answers for row in answer.rows()])
        return Marked(allowed=allowed, reasons=self.reasons, stopped=self.stopped)


def mark_allowed(unit: Unit, office: Office, marks: Sequence[InHand]) -> Marking:
    """Read again what may forbid, in this transaction, and mark what may leave."""
    now = office.clock.now()
    fresh, database_now = read_fresh(unit, marks, now)
    reasons = {each.touch.id: why_not_now(each.passing, fresh, now) for each in marks}
    by_lease: dict[str, list[int]] = {}
    for each in marks:
        if not reasons[each.touch.id]:
            by_lease.setdefault(each.lease, []).append(each.touch.id)
    until = database_now + timedelta(seconds=office.desk.lease_seconds)
    answers = [
        unit.hand_overs.mark_committing(ids, lease=lease, until=until, now=now) for lease, ids in by_lease.items()
    ]
    refused = {touch_id: reason for touch_id, reason in reasons.items() if reason}
    return Marking(reasons=refused, stopped=fresh.stopped, answers=answers)


def read_fresh(unit: Unit, marks: Sequence[InHand], now: datetime) -> tuple[Fresh, datetime]:
    """The facts of the gates, asked at once for all; and the database's time."""
    seen = unit.gatekeeping.look(
        enrollment_ids=[each.passing.enrollment_id for each in marks if each.passing.enrollment_id],
        lead_ids=[each.passing.lead_id for each in marks if each.passing.lead_id is not None],
        hashes=[each.passing.address_hash for each in marks if each.passing.address_hash],
        company_ids=sorted({each.passing.company_id for each in marks if each.passing.company_id is not None}),
        since=min((each.claimed_at for each in marks), default=now),
        now=now,
    )
    crowded = _crowded(seen, marks)
    fresh = Fresh(
        stopped=seen.stopped,
        enrollments=seen.enrollments,
        dead=seen.dead,
        closed=seen.closed,
        crowded=crowded,
        let_down=seen.let_down,
    )
    return fresh, seen.at


def _crowded(seen: Seen, marks: Sequence[InHand]) -> frozenset[int]:
    """The touches before which one came of which their decision did not know."""
    to_leads, to_companies = seen.to_leads, seen.to_companies
    crowded: set[int] = set()
    for each in (each for each in marks if each.passing.sells):
        lead, company = each.passing.lead_id, each.passing.company_id
        by_lead = to_leads.setdefault(lead, set()) if lead is not None else set()
        by_company = to_companies.setdefault(company, set()) if company is not None else set()
        if (by_lead and by_lead - _known(each)) or (by_company and by_company - _counted(each)):
            crowded.add(each.touch.id)
        else:
            by_lead.add(_key(each))
            by_company.add(each.touch.id)
    return frozenset(crowded)


def _known(each: InHand) -> set[Key]:
    """The touches to the lead that the decision counted, and the touch itself."""
    counted = (past for past in each.gathered.history.get(each.passing.lead_id or 0, ()) if reached(past))
    return {_key(each), *(key_of(past) for past in counted)}


def _counted(each: InHand) -> set[int]:
    return {each.touch.id, *each.gathered.colleagues.get(each.passing.company_id or 0, {})}


def _key(each: InHand) -> Key:
    """By what it tells now."""
    touch = each.touch
    return touch.enrollment_id, touch.step, touch.round, each.news_class if touch.enrollment_id is None else ""
