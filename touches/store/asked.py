"""What leads worried about or asked lately, as it was written down. One walk along the index of the record's time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from touches.model.asked import Asked
from touches.store.rows import EnrollmentRow, InteractionRow, LeadRow
from touches.store.suppressions import CHUNK

INTERACTION = InteractionRow.__table__  # type: ignore[attr-defined]
LEAD = LeadRow.__table__  # type: ignore[attr-defined]
HEIR = LEAD.alias("heir")
ENROLLMENT = EnrollmentRow.__table__  # type: ignore[attr-defined]
MOST = 5000  # the latest are enough to count from


class Askings:
    """Reads of the record by time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def since(self, at: datetime, segments: Sequence[str]) -> list[Asked]:
        """Worries and questions of leads of these segments since then, the latest first and at most `MOST`. What was
        undone is left out; what a merged record said is its heir's."""
        lead_id = func.coalesce(LEAD.c.merged_into, LEAD.c.id)
        joined = INTERACTION.join(LEAD, LEAD.c.id == INTERACTION.c.lead_id).join(HEIR, HEIR.c.id == lead_id)
        asks = or_(INTERACTION.c.concern != "", INTERACTION.c.said.like("%?%"), INTERACTION.c.said.like("%？%"))
        statement = (
            select(HEIR.c.id, HEIR.c.segment, INTERACTION.c.at, INTERACTION.c.concern, INTERACTION.c.said)
            .select_from(joined)
            .where(INTERACTION.c.at >= at, INTERACTION.c.undone_at.is_(None), asks, HEIR.c.segment.in_(segments))
            .order_by(INTERACTION.c.at.desc())
            .limit(MOST)
        )
        rows = self._connection.execute(statement).all()
        policies = self._policies(sorted({row[0] for row in rows}))
        return [
            Asked(lead_id=row[0], segment=row[1], at=row[2], concern=row[3], said=row[4], policies=policies[row[0]])
            for row in rows
        ]

    def _policies(self, lead_ids: Sequence[int]) -> dict[int, frozenset[str]]:
        """In which policies each of the leads is or was."""
        found: dict[int, set[str]] = {lead_id: set() for lead_id in lead_ids}
        for start in range(0, len(lead_ids), CHUNK):
            some = ENROLLMENT.c.lead_id.in_(lead_ids[start : start + CHUNK])
            for lead_id, policy in self._connection.execute(
                select(ENROLLMENT.c.lead_id, ENROLLMENT.c.policy).where(some)
            ):
                found[lead_id].add(policy)
        return {lead_id: frozenset(names) for lead_id, names in found.items()}
