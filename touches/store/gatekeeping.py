"""What the marker's transaction reads again, for a whole group in a few statements that are built once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

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
CROWDED = select(TOUCH.c.lead_id).where(
    TOUCH.c.lead_id.in_(bindparam("ids", expanding=True)),
    TOUCH.c.kind == "touch",
    TOUCH.c.state.in_(REACHING) | (TOUCH.c.handed_over_at > bindparam("since")),
    TOUCH.c.id.not_in(bindparam("marking", expanding=True)),
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

    def crowded(self, lead_ids: Sequence[int], *, since: datetime, marking: Sequence[int]) -> frozenset[int]:
        """Of these leads those whom another touch reached since, or is just reaching: caps must be counted anew."""
        values = {"ids": lead_ids, "since": since, "marking": marking}
        return frozenset(self._connection.execute(CROWDED, values).scalars())
