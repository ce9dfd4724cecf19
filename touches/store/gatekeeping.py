"""What the marker's transaction reads again, for a whole group in a few statements that are built once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from touches.model.cadence import Key
from touches.model.states import EnrollmentState
from touches.store.readings import Reading
from touches.store.rows import SettingRow
from touches.store.types import to_micros

SETTING = SettingRow.__table__  # type: ignore[attr-defined]
STATES = Reading("SELECT id, state FROM enrollment WHERE id IN :ids")
DEAD = Reading("SELECT id, dead FROM lead WHERE id IN :ids AND dead <> ''")
CLOSED = Reading("SELECT address_hash, channel FROM suppression WHERE address_hash IN :hashes")
_NEWLY = "kind = 'touch' AND (touch.state IN ('committing', 'in_doubt') OR handed_over_at >= :since)"
# As `key_of` makes it: the news tells apart what belongs to no enrollment.
_KEY = "enrollment_id, step, round, CASE WHEN enrollment_id IS NULL THEN news_class ELSE '' END"
LEADS_REACHED = Reading(f"SELECT lead_id, {_KEY} FROM touch WHERE lead_id IN :ids AND {_NEWLY}")  # noqa: S608
COMPANIES_REACHED = Reading(
    f"""SELECT company_id, touch.id FROM lead JOIN touch ON touch.lead_id = lead.id
    WHERE company_id IN :ids AND {_NEWLY}"""  # noqa: S608
)
ENROLLMENT_STATES = {state.value: state for state in EnrollmentState}
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
        return {row[0]: ENROLLMENT_STATES[row[1]] for row in STATES.rows(self._connection, ids=ids)}

    def dead(self, lead_ids: Sequence[int]) -> dict[int, str]:
        """Of these leads those to whom nothing goes any more, with the reason."""
        return {row[0]: row[1] for row in DEAD.rows(self._connection, ids=lead_ids)}

    def closed(self, hashes: Sequence[str]) -> dict[str, frozenset[str]]:
        """For each suppressed address the channels (or `all`) that are closed."""
        closed: dict[str, set[str]] = {}
        for value, channel in CLOSED.rows(self._connection, hashes=hashes):
            closed.setdefault(value, set()).add(channel)
        return {value: frozenset(channels) for value, channels in closed.items()}

    def leads_reached(self, lead_ids: Sequence[int], *, since: datetime) -> dict[int, set[Key]]:
        """For leads the touches that have reached them since, or are just reaching them."""
        found: dict[int, set[Key]] = {}
        for lead_id, *key in LEADS_REACHED.rows(self._connection, ids=lead_ids, since=to_micros(since)):
            found.setdefault(lead_id, set()).add((key[0], key[1], key[2], key[3]))
        return found

    def companies_reached(self, company_ids: Sequence[int], *, since: datetime) -> dict[int, set[int]]:
        """For companies the ids of touches that have reached people there since, or are just reaching them."""
        found: dict[int, set[int]] = {}
        if company_ids:
            rows = COMPANIES_REACHED.rows(self._connection, ids=company_ids, since=to_micros(since))
            for company_id, touch_id in rows:
                found.setdefault(company_id, set()).add(touch_id)
        return found
