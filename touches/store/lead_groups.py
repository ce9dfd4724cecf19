"""Which leads are alike for whoever plans news for them: one walk through all, without their addresses."""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from touches.model.states import RUNNING
from touches.store.rows import EnrollmentRow, LeadRow

LEAD = LeadRow.__table__  # type: ignore[attr-defined]
ENROLLMENT = EnrollmentRow.__table__  # type: ignore[attr-defined]


class LeadGroups:
    """Reads of all leads by segment and language."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> Iterator[tuple[int, tuple[str, str, str]]]:
        """Every lead with its segment, language and, one of them, the policy it runs in; in order of id, streamed."""
        running = ENROLLMENT.c.state.in_(sorted(RUNNING))
        inside = select(ENROLLMENT.c.lead_id, func.min(ENROLLMENT.c.policy).label("policy")).where(running)
        policy = inside.group_by(ENROLLMENT.c.lead_id).subquery()
        joined = LEAD.outerjoin(policy, policy.c.lead_id == LEAD.c.id)
        columns = LEAD.c.id, LEAD.c.segment, LEAD.c.language, func.coalesce(policy.c.policy, "")
        statement = select(*columns).select_from(joined).order_by(LEAD.c.id).execution_options(yield_per=10_000)
        for lead_id, *group in self._connection.execute(statement):
            yield lead_id, (group[0], group[1], group[2])
