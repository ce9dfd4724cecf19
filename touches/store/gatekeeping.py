"""What the marker's transaction reads again, for a whole group in a few statements that are built once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, case, select

from touches.model.cadence import Key
from touches.model.states import EnrollmentState, TouchState
from touches.store.rows import EnrollmentRow, LeadRow, SettingRow, SuppressionRow, TouchRow

TOUCH = TouchRow.__table__  # type: ignore[attr-defined]
LEAD = LeadRow.__table__  # type: ignore[attr-defined]
ENROLLMENT = EnrollmentRow.__table__  # type: ignore[attr-defined]
SETTING = SettingRow.__table__  # type: ignore[attr-defined]
SUPPRESSION = SuppressionRow.__table__  # type: ignore[attr-defined]

REACHING = (TouchState.COMMITTING.value, TouchState.IN_DOUBT.value)
STATES = select(ENROLLMENT.c.id, ENROLLMENT.c.state).where(ENROLLMENT.c.id.in_(bindparam("ids", expanding=True)))
DEAD = select(LEAD.c.id, LEAD.c.dead).where(LEAD.c.id.in_(bindparam("ids", expanding=True)), LEAD.c.dead != "")
CLOSED = select(SUPPRESSION.c.address_hash, SUPPRESSION.c.channel).where(
    SUPPRESSION.c.address_hash.in_(bindparam("hashes", expanding=True))
)
NEWLY = (TOUCH.c.kind == "touch") & (TOUCH.c.state.in_(REACHING) | (TOUCH.c.handed_over_at >= bindparam("since")))
NEWS_OF_NO_STEP = case((TOUCH.c.enrollment_id.is_(None), TOUCH.c.news_class), else_="")
KEY = (TOUCH.c.enrollment_id, TOUCH.c.step, TOUCH.c.round, NEWS_OF_NO_STEP)  # as `key_of` makes it
LEADS_REACHED = select(TOUCH.c.lead_id, *KEY).where(TOUCH.c.lead_id.in_(bindparam("ids", expanding=True)), NEWLY)
COMPANIES_REACHED = (
    select(LEAD.c.company_id, TOUCH.c.id)
    .join(TOUCH, TOUCH.c.lead_id == LEAD.c.id)
    .where(LEAD.c.company_id.in_(bindparam("ids", expanding=True)), NEWLY)
)
STOPPED = select(SETTING.c.key, SETTING.c.value).where(SETTING.c.key.in_(("paused", "hold")))


class Gatekeeping:
    """Reads that are made for every group of markers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def stopped(self) -> str:
        """Why nothing may leave: the kill switch, or the hold after a restore; empty when all may."""
        reasons = {row[0]: row[1] for row in self._connection.execute(STOPPED)}
        if reasons.get("paused"):
            return f"everything is paused: {reasons['paused']}"
        return f"in hold: {reasons['hold']}" if reasons.get("hold") else ""

    def enrollments(self, ids: Sequence[int]) -> dict[int, EnrollmentState]:
        """The states of enrollments."""
        return {row[0]: EnrollmentState(row[1]) for row in self._connection.execute(STATES, {"ids": ids})}

    def dead(self, lead_ids: Sequence[int]) -> dict[int, str]:
        """Of these leads those to whom nothing goes any more, with the reason."""
        return {row[0]: row[1] for row in self._connection.execute(DEAD, {"ids": lead_ids})}

    def closed(self, hashes: Sequence[str]) -> dict[str, frozenset[str]]:
        """For each suppressed address the channels (or `all`) that are closed."""
        closed: dict[str, set[str]] = {}
        for value, channel in self._connection.execute(CLOSED, {"hashes": hashes}):
            closed.setdefault(value, set()).add(channel)
        return {value: frozenset(channels) for value, channels in closed.items()}

    def leads_reached(self, lead_ids: Sequence[int], *, since: datetime) -> dict[int, set[Key]]:
        """For leads the touches that have reached them since, or are just reaching them."""
        found: dict[int, set[Key]] = {}
        for lead_id, *key in self._connection.execute(LEADS_REACHED, {"ids": lead_ids, "since": since}):
            found.setdefault(lead_id, set()).add((key[0], key[1], key[2], key[3]))
        return found

    def companies_reached(self, company_ids: Sequence[int], *, since: datetime) -> dict[int, set[int]]:
        """For companies the ids of touches that have reached people there since, or are just reaching them."""
        found: dict[int, set[int]] = {}
        if company_ids:
            rows = self._connection.execute(COMPANIES_REACHED, {"ids": company_ids, "since": since})
            for company_id, touch_id in rows:
                found.setdefault(company_id, set()).add(touch_id)
        return found
