"""What the marker's transaction reads again, for a whole group in a few statements that make one trip."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from touches.model.cadence import Key
from touches.model.states import EnrollmentState
from touches.store.promises import LET_DOWN
from touches.store.readings import Reading
from touches.store.server_time import ask_time, time_of
from touches.store.types import to_micros

STOPPED = Reading("SELECT key, value FROM setting WHERE key IN ('paused', 'hold')")
STATES = Reading("SELECT id, state FROM enrollment WHERE id IN :ids", columns=2)
DEAD = Reading("SELECT id, dead FROM lead WHERE id IN :ids AND dead <> ''")
CLOSED = Reading("SELECT address_hash, channel FROM suppression WHERE address_hash IN :hashes")
_NEWLY = "kind = 'touch' AND (touch.state IN ('committing', 'in_doubt') OR handed_over_at >= :since)"
# As `key_of` makes it: the news tells apart what belongs to no enrollment.
_KEY = "enrollment_id, step, round, CASE WHEN enrollment_id IS NULL THEN news_class ELSE '' END"
LEADS_REACHED = Reading(f"SELECT lead_id, {_KEY} FROM touch WHERE lead_id IN :ids AND {_NEWLY}", columns=5)  # noqa: S608
COMPANIES_REACHED = Reading(
    f"""SELECT company_id, touch.id FROM lead JOIN touch ON touch.lead_id = lead.id
    WHERE company_id IN :ids AND {_NEWLY}""",  # noqa: S608
    columns=2,
)
ENROLLMENT_STATES = {state.value: state for state in EnrollmentState}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What may forbid a hand-over. `stopped` is why nothing may leave, or empty; `enrollments` are the states of those
    asked for; `dead` are the leads to whom nothing goes any more, with the reason; `closed` the channels (or `all`)
    that are closed for each suppressed address. `to_leads` and `to_companies` are the touches that have reached them
    since, or are just reaching them. `let_down` are the leads to whom a promise is broken. `at` is the database's own
    time."""

    stopped: str
    enrollments: Mapping[int, EnrollmentState]
    dead: Mapping[int, str]
    closed: Mapping[str, frozenset[str]]
    to_leads: dict[int, set[Key]]
    to_companies: dict[int, set[int]]
    let_down: frozenset[int]
    at: datetime


class Gatekeeping:
    """Reads that are made for every group of markers."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def stopped(self) -> str:
        """Why nothing may leave: the kill switch, or the hold after a restore; empty when all may."""
        return _stopped(STOPPED.rows(self._connection))

    def look(
        self,
        *,
        enrollment_ids: Sequence[int],
        lead_ids: Sequence[int],
        hashes: Sequence[str],
        company_ids: Sequence[int],
        since: datetime,
        now: datetime,
    ) -> Seen:
        """All that may forbid touches to these leads at `now`."""
        connection, micros = self._connection, to_micros(since)
        stopped = STOPPED.ask(connection)
        states = STATES.ask(connection, ids=enrollment_ids)
        dead = DEAD.ask(connection, ids=lead_ids)
        closed = CLOSED.ask(connection, hashes=hashes)
        to_leads = LEADS_REACHED.ask(connection, ids=lead_ids, since=micros)
        to_companies = COMPANIES_REACHED.ask(connection, ids=company_ids, since=micros) if company_ids else None
        let_down = LET_DOWN.ask(connection, ids=lead_ids, now=to_micros(now))
        at = ask_time(connection)
        return Seen(
            stopped=_stopped(stopped.rows()),
            enrollments={row[0]: ENROLLMENT_STATES[row[1]] for row in states.rows()},
            dead={row[0]: row[1] for row in dead.rows()},
            closed={address: frozenset(channels) for address, channels in _grouped(closed.rows()).items()},
            to_leads=_grouped((lead_id, tuple(key)) for lead_id, *key in to_leads.rows()),
            to_companies=_grouped(to_companies.rows() if to_companies is not None else ()),
            let_down=frozenset(row[0] for row in let_down.rows()),
            at=time_of(at),
        )


def _stopped(rows: Iterable[Sequence[Any]]) -> str:
    reasons = {row[0]: row[1] for row in rows}
    if reasons.get("paused"):
        return f"everything is paused: {reasons['paused']}"
    return f"in hold: {reasons['hold']}" if reasons.get("hold") else ""


def _grouped(pairs: Iterable[tuple[Any, ...]]) -> dict[Any, set[Any]]:
    found: dict[Any, set[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, set()).add(value)
    return found
