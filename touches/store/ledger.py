"""Which lead has been told which news. A unique index keeps the promise; this module only asks it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, select, text, update

from touches.model.cadence import LedgerEntry
from touches.model.filling import filler
from touches.model.states import LedgerStatus
from touches.store.appending import Appending
from touches.store.readings import Reading
from touches.store.rows import LedgerRow
from touches.store.switches import inserted, upserting
from touches.store.types import from_micros, to_micros

LEDGER = LedgerRow.__table__  # type: ignore[attr-defined]
HOLDING = (LedgerStatus.RESERVED.value, LedgerStatus.TOLD.value)
# Spelt out as the index `uq_ledger_told` has it: with parameters SQLite takes it for another condition and reads all.
HOLDS = text("status IN ('reserved', 'told')")
ENTRY = ("lead_id", "news_class", "news", "touch_id", "at")
STATUSES = {status.value: status for status in LedgerStatus}
STORED = {status: status.value for status in LedgerStatus}
TOLD = Reading(
    f"SELECT status, {', '.join(ENTRY)} FROM ledger WHERE lead_id IN :ids AND {HOLDS}",  # noqa: S608 - names of ours
    columns=len(ENTRY) + 1,
)
_new = filler(LedgerEntry, ("status", *ENTRY))
RESERVE = Appending("ledger", (*ENTRY, "by", "status"), ending="ON CONFLICT DO NOTHING")
RESERVED = Reading("SELECT touch_id FROM ledger WHERE touch_id IN :ids AND status = 'reserved'", columns=1)
CHANGE = Reading(
    """UPDATE ledger SET status = :new_status, at = :new_at
    WHERE touch_id IN :ids AND status IN :old RETURNING touch_id"""
)
# What the same person was told by another touch as well, before two records or two pieces turned out to be one.
HEIRS = Reading(
    """UPDATE ledger SET at = :at, status =
        (SELECT CASE WHEN touch.state IN ('sent', 'delivered') THEN 'told' ELSE 'reserved' END
         FROM touch WHERE touch.id = ledger.touch_id)
    WHERE id IN (
        SELECT min(heir.id) FROM ledger heir
        JOIN touch ON touch.id = heir.touch_id AND touch.news = heir.news
        JOIN ledger back ON back.lead_id = heir.lead_id AND back.news_class = heir.news_class
        WHERE back.touch_id IN :ids AND NOT heir.touch_id IN :ids AND heir.status = 'released'
            AND touch.state IN ('sent', 'delivered', 'committing', 'in_doubt')
            AND NOT EXISTS (SELECT 1 FROM ledger held WHERE held.lead_id = heir.lead_id
                AND held.news_class = heir.news_class AND held.status IN ('reserved', 'told'))
        GROUP BY heir.lead_id, heir.news_class)
    RETURNING id"""
)


class Ledger:
    """Reserved when a touch is prepared, told when it is handed over, released when it came back."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def told(self, lead_ids: Sequence[int]) -> dict[int, dict[str, LedgerEntry]]:
        """For each lead the news classes that are told or reserved."""
        found: dict[int, dict[str, LedgerEntry]] = {lead_id: {} for lead_id in lead_ids}
        for status, *plain, at in TOLD.rows(self._connection, ids=lead_ids):
            entry = _new(STATUSES[status], *plain, from_micros(at))
            found[entry.lead_id][entry.news_class] = entry
        return found

    def history(self, lead_id: int) -> list[LedgerEntry]:
        """Everything ever told to a lead, also what was given back, oldest first."""
        rows = self._connection.execute(select(LEDGER).where(LEDGER.c.lead_id == lead_id).order_by(LEDGER.c.id))
        return [_entry(row) for row in rows.mappings()]

    def reserve(
        self,
        *,
        lead_id: int,
        news_class: str,
        news: str,
        touch_id: int | None,
        at: datetime,
        by: str = "engine",
        status: LedgerStatus = LedgerStatus.RESERVED,
    ) -> bool:
        """Take a news class for a lead. False: the lead has it already (or it is reserved by another touch)."""
        statement = upserting(self._connection, LEDGER).values(
            lead_id=lead_id,
            news_class=news_class,
            news=news,
            touch_id=touch_id,
            at=at,
            by=by,
            status=status.value,
        )
        return inserted(self._connection, statement.on_conflict_do_nothing())

    def reserve_all(self, entries: Sequence[LedgerEntry], *, by: str = "engine") -> set[int]:
        """Take news classes for leads, each by its touch; the ids of the touches that got theirs."""
        if not entries:
            return set()
        rows = [
            (one.lead_id, one.news_class, one.news, one.touch_id, to_micros(one.at), by, STORED[one.status])
            for one in entries
        ]
        RESERVE.run(self._connection, rows)
        ids = [entry.touch_id for entry in entries]
        return {row[0] for row in RESERVED.rows(self._connection, ids=ids)}

    def tell(self, touch_ids: Sequence[int], *, at: datetime) -> None:
        """What these touches carry has been told."""
        self._change(touch_ids, (LedgerStatus.RESERVED,), LedgerStatus.TOLD, at=at)

    def release(self, touch_ids: Sequence[int], *, at: datetime) -> None:
        """What these touches carried, or told before they came back, is new again, unless another touch told the same
        person the same, or is just telling it."""
        self._change(touch_ids, (LedgerStatus.RESERVED, LedgerStatus.TOLD), LedgerStatus.RELEASED, at=at)
        if touch_ids:
            HEIRS.ask(self._connection, ids=touch_ids, at=to_micros(at))

    def reopen(self, touch_id: int, *, at: datetime) -> None:
        """Told is only reserved after all: the result of a call was undone."""
        self._change([touch_id], (LedgerStatus.TOLD,), LedgerStatus.RESERVED, at=at)

    def reclassify(self, classes: Mapping[str, str]) -> list[int]:
        """Give entries the classes of today; the touches that lost what they had reserved. Where two become one, what
        was told holds before what is reserved, then the older: the lead has heard it, and nothing is told anew."""
        lost: list[int] = []
        for news, news_class in classes.items():
            stale = (LEDGER.c.news == news) & (LEDGER.c.news_class != news_class)
            for row in self._connection.execute(select(LEDGER).where(stale).order_by(LEDGER.c.id)).mappings().all():
                loser = self._rename(row, news_class)
                if loser is not None and loser["status"] == LedgerStatus.RESERVED and loser["touch_id"]:
                    lost.append(loser["touch_id"])
        return lost

    def _rename(self, row: RowMapping, news_class: str) -> RowMapping | None:
        """Another class for an entry; the entry that is released for it, if any."""
        taken = select(LEDGER).where(LEDGER.c.lead_id == row["lead_id"], LEDGER.c.news_class == news_class, HOLDS)
        other = self._connection.execute(taken).mappings().first() if row["status"] in HOLDING else None
        stays = other is None or (row["status"], other["status"]) == (LedgerStatus.TOLD, LedgerStatus.RESERVED)
        loser = other if stays else row
        if loser is not None:
            self._set(loser["id"], status=LedgerStatus.RELEASED.value)
        self._set(row["id"], news_class=news_class)
        return loser

    def _set(self, entry_id: int, **values: str) -> None:
        self._connection.execute(update(LEDGER).where(LEDGER.c.id == entry_id).values(**values))

    def _change(
        self, touch_ids: Sequence[int], old: tuple[LedgerStatus, ...], new: LedgerStatus, *, at: datetime
    ) -> None:
        if touch_ids:
            states = [status.value for status in old]
            CHANGE.ask(self._connection, ids=touch_ids, old=states, new_status=new.value, new_at=to_micros(at))


def _entry(row: object) -> LedgerEntry:
    values = {name: row[name] for name in ENTRY}  # type: ignore[index]
    return LedgerEntry(status=LedgerStatus(row["status"]), **values)  # type: ignore[index]
