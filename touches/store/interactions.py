"""The written record of contacts: append-only, each row chained to the one before it by a keyed hash."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select, text, update

from touches.model.care import Interaction, taken_back_by, taking_back
from touches.store.rows import InteractionRow, LeadRow, SettingRow
from touches.store.suppressions import CHUNK
from touches.store.switches import upserting
from touches.store.types import to_micros

INTERACTION = InteractionRow.__table__  # type: ignore[attr-defined]
LEAD = LeadRow.__table__  # type: ignore[attr-defined]
SETTING = SettingRow.__table__  # type: ignore[attr-defined]
FIELDS = tuple(Interaction.__dataclass_fields__)
TEXTS = ("said", "told", "agreed", "concern")
PLAIN = ("who", "channel", "direction", "minutes", "outcome", "news")
HEAD = "interaction chain"  # the setting that remembers how long the chain is
LOCK = 7_318_201  # of the chain on PostgreSQL, where several write at once

Digest = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainReport:
    """What a walk along the chain found. `faults` are sentences, each naming its row; `erased` rows have given up
    their texts."""

    rows: int
    erased: int
    faults: tuple[str, ...]


class Interactions:
    """`digest` is a keyed digest of a text: whoever can write to the database alone cannot forge a row."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, interaction: Interaction, *, digest: Digest) -> int:
        """Write one down as the end of the chain; its id."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        values = {name: getattr(interaction, name) for name in FIELDS if name not in ("id", "undone_at")}
        values["content_digest"] = _content(values, digest)
        values["previous"], length = self._head()
        values["hash"] = _link(values, digest)
        row_id = int(
            self._connection.execute(insert(INTERACTION).values(**values).returning(INTERACTION.c.id)).scalar_one()
        )
        self._remember(values["hash"], length + 1, digest, at=interaction.at)
        return row_id

    def of_leads(self, lead_ids: Sequence[int], *, undone: bool = False) -> dict[int, list[Interaction]]:
        """Each lead's interactions in order of writing, without those that were undone; those of a record that was
        merged into the lead are the lead's."""
        counting = INTERACTION.c.id > 0 if undone else INTERACTION.c.undone_at.is_(None)
        found: dict[int, list[Interaction]] = {lead_id: [] for lead_id in lead_ids}
        for start in range(0, len(lead_ids), CHUNK):
            heirs = self._heirs(lead_ids[start : start + CHUNK])
            for row in self._rows(INTERACTION.c.lead_id.in_(heirs) & counting):
                found[heirs[row["lead_id"]]].append(_interaction(row))
        return found

    def _heirs(self, lead_ids: Sequence[int]) -> dict[int, int]:
        """These leads and the records merged into them, to the lead whose they are. The chain covers the number that
        was written, so it is never rewritten."""
        merged = select(LEAD.c.id, LEAD.c.merged_into).where(LEAD.c.merged_into.in_(lead_ids))
        return {lead_id: lead_id for lead_id in lead_ids} | {row[0]: row[1] for row in self._connection.execute(merged)}

    def of_touch(self, touch_id: int) -> list[Interaction]:
        """What came of a call, try by try, without what was undone."""
        condition = (INTERACTION.c.touch_id == touch_id) & INTERACTION.c.undone_at.is_(None)
        return [_interaction(row) for row in self._rows(condition)]

    def walk(self, *, lead_ids: Sequence[int] = (), batch: int = 500) -> Iterator[Interaction]:
        """All of them, or those of some leads, also undone ones, in order of writing."""
        condition = INTERACTION.c.lead_id.in_(lead_ids) if lead_ids else INTERACTION.c.id > 0
        for row in self._walk(condition, batch):
            yield _interaction(row)

    def take_back(self, interaction_id: int, *, who: str, at: datetime, digest: Digest) -> None:
        """It was a mistake: it stays in the record and counts no more. That it was taken back is written down as the
        end of the chain, and counts no more than it."""
        (row,) = self._rows(INTERACTION.c.id == interaction_id)
        told = {name: row[name] for name in ("touch_id", "channel", "direction")}
        outcome = taking_back(interaction_id)
        taking = Interaction(lead_id=row["lead_id"], at=at, who=who, outcome=outcome, **told)
        both = (interaction_id, self.add(taking, digest=digest))
        statement = update(INTERACTION).where(INTERACTION.c.id.in_(both))
        self._connection.execute(statement.values(undone_at=at))

    def erase(self, lead_id: int) -> int:
        """Forget what was said with a lead, and with whom; the chain still holds. How many rows."""
        values: dict[str, Any] = dict.fromkeys(TEXTS, "")
        statement = update(INTERACTION).where(INTERACTION.c.lead_id == lead_id)
        return self._connection.execute(statement.values(**values, lead_id=None, touch_id=None)).rowcount

    def verify(self, *, digest: Digest) -> ChainReport:
        """Walk along the whole chain: no row changed, taken out, put in or put elsewhere, none undone but by
        a row of the chain."""
        faults: list[str] = []
        previous, rows, erased = "", 0, 0
        marked, taken_back = set[int](), set[int]()
        for row in self._walk(INTERACTION.c.id > 0, 1000):
            rows += 1
            erased += _is_erased(row)
            faults.extend(f"interaction {row['id']} {fault}" for fault in _faults(row, previous, digest))
            previous = row["hash"]
            taken = taken_back_by(row["outcome"])
            taken_back |= {taken, row["id"]} if taken is not None else set()
            marked |= {row["id"]} if row["undone_at"] is not None else set()
        faults += [
            f"interaction {each} was marked as undone, and nobody took it back" for each in sorted(marked - taken_back)
        ]
        faults += [f"interaction {each} was taken back, and counts again" for each in sorted(taken_back - marked)]
        if self._remembered() != (_seal(previous, rows, digest) if rows else ""):
            faults.append(f"the {rows} interactions do not end where they ended: the end was cut off or added to")
        return ChainReport(rows=rows, erased=erased, faults=tuple(faults))

    def _head(self) -> tuple[str, int]:
        last = select(INTERACTION.c.hash).order_by(INTERACTION.c.id.desc()).limit(1)
        length = select(func.count()).select_from(INTERACTION)
        found = self._connection.execute(last).scalar()
        return found or "", int(self._connection.execute(length).scalar_one())

    def _remember(self, last: str, length: int, digest: Digest, *, at: datetime) -> None:
        values = {"value": _seal(last, length, digest), "at": at, "by": "engine"}
        statement = upserting(self._connection, SETTING).values(key=HEAD, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=values))

    def _remembered(self) -> str:
        return self._connection.execute(select(SETTING.c.value).where(SETTING.c.key == HEAD)).scalar() or ""

    def _rows(self, condition: Any) -> Iterable[RowMapping]:
        statement = select(INTERACTION).where(condition).order_by(INTERACTION.c.id)
        return self._connection.execute(statement).mappings().all()

    def _walk(self, condition: Any, batch: int) -> Iterator[RowMapping]:
        after = 0
        while True:
            statement = select(INTERACTION).where(condition, INTERACTION.c.id > after).order_by(INTERACTION.c.id)
            rows = self._connection.execute(statement.limit(batch)).mappings().all()
            if not rows:
                return
            yield from rows
            after = rows[-1]["id"]


def _content(row: Any, digest: Digest) -> str:
    """What erasure takes away, as a keyed digest: the lead, the touch and the texts."""
    return digest(_canonical([row["lead_id"], row["touch_id"], *(row[name] for name in TEXTS)]))


def _link(row: Any, digest: Digest) -> str:
    at = to_micros(row["at"])
    return digest(_canonical([row["previous"], row["content_digest"], at, *(row[name] for name in PLAIN)]))


def _seal(last: str, length: int, digest: Digest) -> str:
    return digest(_canonical([length, last]))


def _canonical(values: list[Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _is_erased(row: RowMapping) -> bool:
    return row["lead_id"] is None and not any(row[name] for name in TEXTS)


def _faults(row: RowMapping, previous: str, digest: Digest) -> Iterator[str]:
    if row["previous"] != previous:
        yield "does not follow the one before it: a row was taken out, put in or put elsewhere"
    if row["hash"] != _link(row, digest):
        yield "was changed after it was written"
    elif not _is_erased(row) and row["content_digest"] != _content(row, digest):
        yield "has other texts than were written"


def _interaction(row: RowMapping) -> Interaction:
    return Interaction(**{name: row[name] for name in FIELDS if name != "lead_id"}, lead_id=row["lead_id"] or 0)
