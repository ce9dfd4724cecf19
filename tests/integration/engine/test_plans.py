"""No statement of a pass reads a whole table that grows: SQLite's own plans say so."""

from pathlib import Path
from typing import Any

from sqlalchemy import event

from tests.campaign import Campaign

GROWING = {"company", "lead", "contact_point", "enrollment", "touch", "attempt", "ledger", "event", "suppression"}


def test_a_drain_finds_everything_through_an_index(sqlite_url: str, tmp_path: Path) -> None:
    campaign = Campaign(sqlite_url, tmp_path)
    campaign.record()
    campaign.publish()
    campaign.enroll(*(campaign.lead(f"l{number}", company="Cafe") for number in range(3)))
    campaign.tick()  # what is prepared once
    campaign.enroll(*(campaign.lead(f"m{number}", company="Cafe") for number in range(3)))
    seen: dict[str, Any] = {}

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if (
            "lease_owner" in statement
            or ".id IN" in statement
            or "lead_id IN" in statement
            or "touch_id IN" in statement
        ):
            seen.setdefault(statement, parameters[0] if many else parameters)

    event.listen(campaign.store.engine, "before_cursor_execute", note)
    assert campaign.tick().sent == 3
    with campaign.store.read() as unit:
        cursor = unit.connection.connection.cursor()
        steps = [
            (row[-1], statement)
            for statement, parameters in seen.items()
            for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
        ]
    campaign.close()

    assert len(seen) > 10
    assert [step for step in steps if step[0].startswith("SCAN ") and step[0].split()[1] in GROWING] == []
