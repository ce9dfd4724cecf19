"""Forgets a person: empties every column that speaks of them, in every table; numbers, dates and states stay."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from sqlite3 import OperationalError
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Engine, Table, case, delete, literal, select, update
from sqlalchemy import Text as SqlText

from touches.model.care import CareState
from touches.model.states import FINAL
from touches.store.interactions import Interactions
from touches.store.merging import EMPTY
from touches.store.records import Records
from touches.store.rows import metadata

ATTEMPT: Final[Table] = metadata.tables["attempt"]
EVENT: Final[Table] = metadata.tables["event"]
LEAD: Final[Table] = metadata.tables["lead"]
POINT: Final[Table] = metadata.tables["contact_point"]
TOUCH: Final[Table] = metadata.tables["touch"]
COMPANY: Final[Table] = metadata.tables["company"]
COMPLAINT: Final[Table] = metadata.tables["complaint"]
INBOUND: Final[Table] = metadata.tables["inbound"]
NOTICE: Final[Table] = metadata.tables["notice"]
SUPPRESSION: Final[Table] = metadata.tables["suppression"]
ERASED: Final = "erased"
SAID_WHY: Final = case((TOUCH.c.reason == "", ""), else_=ERASED)  # what stands still does so for a reason
TOLD: Final = "erased/told"  # the switch with the instant until which colleagues' notices are still to be emptied
LEAVING: Final = "erased/leaving/"  # and a touch: the switches of those that were in somebody's hand at the erasure
OWED: Final = (CareState.OPEN.value, CareState.BROKEN.value)

# What is emptied, by table: columns to their empty values. A test compares this with every text column there is.
BY_LEAD: Final[Mapping[str, Mapping[str, Any]]] = {
    "touch": {"address": "", "reason": SAID_WHY, "detail": "", "reference": "", "point_id": None},
    "enrollment": {"reason": ERASED},
    "activity": {"source": ""},
    "event": {"because": "", "data": {}},
    "conversation": {"because": ""},
    "promise": {"text": "", "renewal_reason": "", "evidence": ""},
    "complaint": {
        "text": "", "source": "", "cause": "", "harm": "", "reaction": "", "compensation": "", "solution": "",
        "steps": [],
    },
}  # fmt: skip
BY_INCOMING: Final[Mapping[str, Any]] = {"sender": "", "subject": "", "body": "", "because": "", "handled": ERASED}
BY_TOUCH: Final[Mapping[str, Mapping[str, Any]]] = {
    "attempt": {"detail": "", "reference": ""},
    "decision": {"because": {}},
    "notice": {"recipient": "", "subject": "", "body": "", "in_reply_to": ""},
}


class Erasing:
    """One person at a time, in the caller's transaction. `lead_ids` are a lead and those merged into it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete = ON")  # overwrite what is freed

    def identities(self, lead_ids: Sequence[int]) -> list[tuple[str, str]]:
        """(kind, value) of all addresses and external ids."""
        points = self._connection.execute(select(POINT.c.kind, POINT.c.address).where(POINT.c.lead_id.in_(lead_ids)))
        found = [(row.kind, row.address) for row in points]
        ids = self._connection.execute(select(LEAD.c.external_id).where(LEAD.c.id.in_(lead_ids))).scalars()
        return found + [("external_id", value) for value in ids if value]

    def touches_of(self, lead_ids: Sequence[int]) -> list[int]:
        """Their touches: files in the spool are named after these."""
        return list(self._connection.execute(select(TOUCH.c.id).where(TOUCH.c.lead_id.in_(lead_ids))).scalars())

    def close_cases(self, lead_ids: Sequence[int], *, at: datetime) -> None:
        """Nobody is left to whom an open conversation, promise or complaint could be answered. A complaint that holds
        a whole company has had its time of peace: the next pass ends it, and lets the colleagues go on."""
        mine = COMPLAINT.c.lead_id.in_(lead_ids) & (COMPLAINT.c.state != CareState.CLOSED.value)
        peace = {"state": CareState.SOLVED.value, "cool_until": at, "step_by": None}
        whole = update(COMPLAINT).where(mine, COMPLAINT.c.company_id.is_not(None))
        self._connection.execute(whole.values(**peace))
        for name in ("conversation", "promise", "complaint"):
            table = metadata.tables[name]
            closed: dict[str, Any] = {"state": CareState.CLOSED.value}
            closed |= {"closed_at": at} if "closed_at" in table.c else {}
            mine = table.c.lead_id.in_(lead_ids) & table.c.state.in_(OWED)
            self._connection.execute(update(table).where(mine).values(**closed))

    def empty(self, lead_ids: Sequence[int], hashes: Sequence[str]) -> None:
        """Empty everything; the rows of `suppression` with these hashes lose their source."""
        strays = Records(self._connection).strays(lead_ids)
        for name, values in BY_LEAD.items():
            table = metadata.tables[name]
            self._connection.execute(update(table).where(table.c.lead_id.in_(lead_ids)).values(**values))
        self._forget_incoming(INBOUND.c.lead_id.in_(lead_ids) | INBOUND.c.id.in_(strays))
        touches = select(TOUCH.c.id).where(TOUCH.c.lead_id.in_(lead_ids))
        for name, values in BY_TOUCH.items():
            table = metadata.tables[name]
            self._connection.execute(update(table).where(table.c.touch_id.in_(touches)).values(**values))
        for lead_id in lead_ids:
            Interactions(self._connection).erase(lead_id)
        mine = SUPPRESSION.c.address_hash.in_(hashes)
        self._connection.execute(update(SUPPRESSION).where(mine).values(source=ERASED))
        for_all = update(SUPPRESSION).where(mine, SUPPRESSION.c.channel == "all")
        self._connection.execute(for_all.values(reason=ERASED))
        self._connection.execute(delete(POINT).where(POINT.c.lead_id.in_(lead_ids)))
        self._empty_leads(lead_ids)

    def forget_told(self, before: datetime) -> bool:
        """Empty what colleagues were told until `before`: it names leads and their words, and belongs to none. What has
        not left yet is kept until it has; whether there was nothing of that."""
        ours = select(TOUCH.c.id).where(TOUCH.c.kind == "notice", TOUCH.c.lead_id.is_(None))
        final = TOUCH.c.state.in_([state.value for state in FINAL])
        told = (NOTICE.c.created_at <= before) & (NOTICE.c.body != "")
        left = update(NOTICE).where(told, NOTICE.c.touch_id.in_(ours.where(final)))
        self._connection.execute(left.values(subject="", body=""))
        waiting = select(NOTICE.c.id).where(told, NOTICE.c.touch_id.in_(ours)).limit(1)
        return self._connection.execute(waiting).first() is None

    def forget_outcome(self, touch_id: int, fence: int) -> bool:
        """Empty what was written down since of a touch that was leaving while its lead was erased: the other side's
        words. Whether all is known that this hand-over, by its fence, will say."""
        self._connection.execute(update(TOUCH).where(TOUCH.c.id == touch_id).values(**BY_LEAD["touch"]))
        self._connection.execute(update(EVENT).where(EVENT.c.touch_id == touch_id).values(**BY_LEAD["event"]))
        for name, values in BY_TOUCH.items():
            table = metadata.tables[name]
            self._connection.execute(update(table).where(table.c.touch_id == touch_id).values(**values))
        tried = select(ATTEMPT.c.id).where(ATTEMPT.c.touch_id == touch_id, ATTEMPT.c.number == fence)
        return self._connection.execute(tried).first() is not None

    def _forget_incoming(self, theirs: ColumnElement[bool]) -> None:
        """The provider's or mail program's own number may name the person's machine."""
        anonymous = literal("erased-", SqlText) + INBOUND.c.id.cast(SqlText)
        values = {**BY_INCOMING, "source_id": anonymous}
        self._connection.execute(update(INBOUND).where(theirs).values(**values))

    def _empty_leads(self, lead_ids: Sequence[int]) -> None:
        companies = select(LEAD.c.company_id).where(LEAD.c.id.in_(lead_ids), LEAD.c.company_id.is_not(None))
        ids = list(self._connection.execute(companies).scalars())
        kept = {"segment"}  # for figures: a segment of one person is nobody's secret
        changes = {name: value for name, value in EMPTY.items() if name not in kept}
        self._connection.execute(
            update(LEAD).where(LEAD.c.id.in_(lead_ids)).values(**changes, external_id=None, digest="", dead=ERASED)
        )
        unused = (
            COMPANY.c.id.in_(ids),
            ~select(LEAD.c.id).where(LEAD.c.company_id == COMPANY.c.id).exists(),
            ~select(COMPLAINT.c.id).where(COMPLAINT.c.company_id == COMPANY.c.id).exists(),
        )
        self._connection.execute(delete(COMPANY).where(*unused))


def wipe(engine: Engine) -> bool:
    """Rewrite a SQLite file so that nothing erased is left in its free pages or its log. False: somebody else is using
    the file right now, so it is to be tried again. On PostgreSQL the server's own vacuum does it in time."""
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        connection.execute("PRAGMA busy_timeout = 5000")
        connection.execute("VACUUM")
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return not busy
    except OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            return False
        raise
    finally:
        connection.execute("PRAGMA busy_timeout = 30000")
        connection.close()
