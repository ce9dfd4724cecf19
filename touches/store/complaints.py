"""Complaints, and the companies that one of them freezes."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from touches.model.care import CareState, Complaint
from touches.model.people import Lead
from touches.store.readings import Reading
from touches.store.rows import CompanyRow, ComplaintRow

COMPLAINT = ComplaintRow.__table__  # type: ignore[attr-defined]
COMPANY = CompanyRow.__table__  # type: ignore[attr-defined]
FIELDS = tuple(name for name in Complaint.__dataclass_fields__ if name not in ("state", "steps"))
WHOSE = Reading("SELECT lead_id, company_id FROM complaint WHERE state = :state")
UNSETTLED = COMPLAINT.c.state.in_([CareState.OPEN.value, CareState.SOLVED.value])


class Complaints:
    """Open until solved; solved until the customer was left in peace for long enough; then closed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, *, lead_id: int, text: str, opened_at: datetime, **columns: Any) -> int:
        """Open a case; its id."""
        values = {"lead_id": lead_id, "text": text, "opened_at": opened_at, "state": CareState.OPEN.value, **columns}
        statement = insert(COMPLAINT).values(**values).returning(COMPLAINT.c.id)
        return int(self._connection.execute(statement).scalar_one())

    def get(self, complaint_id: int) -> Complaint | None:
        """One case."""
        return next(iter(self._read(COMPLAINT.c.id == complaint_id)), None)

    def unsettled(self) -> list[Complaint]:
        """Cases that still keep selling away: open ones, and solved ones in their time of peace. Highest priority
        first."""
        return self._read(UNSETTLED)

    def frozen(self, leads: Iterable[Lead]) -> set[int]:
        """Of these leads those to whom nothing is sold, because they or their company have an open case."""
        cases = WHOSE.rows(self._connection, state=CareState.OPEN.value)
        people, companies = {case[0] for case in cases}, {case[1] for case in cases}
        hit = (one for one in leads if one.id in people or (one.company and one.company.id in companies))
        return {lead.id for lead in hit}

    def all(self) -> list[Complaint]:
        """Every case, open ones first, then by priority and age."""
        return self._read(COMPLAINT.c.id > 0)

    def of_leads(self, lead_ids: Sequence[int]) -> list[Complaint]:
        """The cases of these leads themselves."""
        return self._read(COMPLAINT.c.lead_id.in_(lead_ids))

    def update(self, complaint_id: int, **changes: Any) -> None:
        """Set columns; enums by their value."""
        self._connection.execute(update(COMPLAINT).where(COMPLAINT.c.id == complaint_id).values(**changes))

    def freeze_company(self, company_id: int, because: str) -> None:
        """Nothing is sold to anybody there while `because` is not empty."""
        self._connection.execute(update(COMPANY).where(COMPANY.c.id == company_id).values(frozen=because))

    def _read(self, condition: Any) -> list[Complaint]:
        settled = COMPLAINT.c.state != CareState.OPEN.value
        statement = select(COMPLAINT).where(condition)
        ordered = statement.order_by(settled, COMPLAINT.c.priority.desc(), COMPLAINT.c.opened_at, COMPLAINT.c.id)
        return [_complaint(row) for row in self._connection.execute(ordered).mappings()]


def _complaint(row: RowMapping) -> Complaint:
    steps = tuple(row["steps"] or ())
    return Complaint(state=CareState(row["state"]), steps=steps, **{name: row[name] for name in FIELDS})
