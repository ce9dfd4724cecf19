"""Two records of one person become one: everything that hangs on the one moves to the other."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, Table, delete, func, insert, select, update

from touches.model.states import RUNNING, TouchState
from touches.store.rows import metadata

LEAD: Final[Table] = metadata.tables["lead"]
POINT: Final[Table] = metadata.tables["contact_point"]
TOUCH: Final[Table] = metadata.tables["touch"]
ENROLLMENT: Final[Table] = metadata.tables["enrollment"]
LEDGER: Final[Table] = metadata.tables["ledger"]
ACTIVITY: Final[Table] = metadata.tables["activity"]
SIMPLE: Final = ("touch", "event", "conversation", "promise", "complaint", "inbound")
GAPS: Final = (
    "first_name", "last_name", "name", "company_id", "birth_year", "country", "region", "street", "postal_code", "city",
    "timezone", "language", "segment", "owner", "preferred_channel", "source", "lost_at",
)  # fmt: skip
EMPTY: Final[Mapping[str, Any]] = {
    **dict.fromkeys(GAPS, ""),
    "company_id": None,
    "birth_year": None,
    "lost_at": None,
    "attributes": {},
    "concerns": [],
    "paused_until": None,
}
_GONE = frozenset({TouchState.COMMITTING.value, TouchState.IN_DOUBT.value})
_HOLDS = {"told": 2, "reserved": 1, "released": 0}


class Merging:
    """Moves rows; what stops and why is decided by the caller. Interactions stay with the record that they were written
    for, since their chain of hashes covers it: they are read through `merged_into`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def clashing_enrollments(self, gone: int, kept: int) -> list[int]:
        """Of policies in which both run: the enrollment that is to be stopped, the younger of the two."""
        states = [state.value for state in RUNNING]
        rows = self._connection.execute(
            select(ENROLLMENT.c.id, ENROLLMENT.c.policy, ENROLLMENT.c.entered_at)
            .where(ENROLLMENT.c.lead_id.in_([gone, kept]), ENROLLMENT.c.state.in_(states))
            .order_by(ENROLLMENT.c.entered_at, ENROLLMENT.c.id)
        ).all()
        oldest = {row.policy: row.id for row in reversed(rows)}
        return [row.id for row in rows if oldest[row.policy] != row.id]

    def clashing_reservations(self, gone: int, kept: int) -> list[int]:
        """Touches in hand that would tell what the other record was told, or is about to be told by a touch that may
        have left or was claimed before."""
        losers = self._losing_entries(gone, kept)
        return [row["touch_id"] for row in losers if row["status"] == "reserved" and row["touch_id"]]

    def move(self, gone: int, kept: int, *, at: datetime) -> None:
        """Everything of `gone` belongs to `kept`; gaps in what is known of `kept` are filled."""
        self._settle_ledger(gone, kept, at)
        self._move_points(gone, kept)
        self._move_enrollments(gone, kept)
        self._move_activities(gone, kept)
        for name in SIMPLE:
            table = metadata.tables[name]
            self._connection.execute(update(table).where(table.c.lead_id == gone).values(lead_id=kept))
        self._fill_gaps(gone, kept, at)

    def close(self, gone: int, kept: int, *, because: str, at: datetime) -> None:
        """`gone` is dead and empty but for its external id, which from now on means `kept`."""
        changes = {**EMPTY, "dead": because, "merged_into": kept, "updated_at": at}
        self._connection.execute(update(LEAD).where(LEAD.c.id == gone).values(**changes))
        self._connection.execute(update(LEAD).where(LEAD.c.merged_into == gone).values(merged_into=kept))

    def _losing_entries(self, gone: int, kept: int) -> list[RowMapping]:
        rows = self._connection.execute(
            select(LEDGER, TOUCH.c.state)
            .join(TOUCH, TOUCH.c.id == LEDGER.c.touch_id, isouter=True)
            .where(LEDGER.c.lead_id.in_([gone, kept]), LEDGER.c.status != "released")
        ).mappings()
        best: dict[str, RowMapping] = {}
        losers = []
        for row in sorted(rows, key=_standing):
            if row["news_class"] in best:
                losers.append(row)
            best.setdefault(row["news_class"], row)
        return losers

    def _settle_ledger(self, gone: int, kept: int, at: datetime) -> None:
        losing = [row["id"] for row in self._losing_entries(gone, kept)]
        self._connection.execute(update(LEDGER).where(LEDGER.c.id.in_(losing)).values(status="released", at=at))
        self._connection.execute(update(LEDGER).where(LEDGER.c.lead_id == gone).values(lead_id=kept))

    def _move_points(self, gone: int, kept: int) -> None:
        mine = {(row["kind"], row["address"]): row for row in self._points(kept)}
        for point in self._points(gone):
            same = mine.get((point["kind"], point["address"]))
            if same is None:
                heir = self._copy_point(point, kept)
            else:
                heir = same["id"]
                changes = _better_point(same, point)
                if changes:
                    self._connection.execute(update(POINT).where(POINT.c.id == heir).values(**changes))
            theirs = TOUCH.c.lead_id.in_([gone, kept]) & (TOUCH.c.point_id == point["id"])
            self._connection.execute(update(TOUCH).where(theirs).values(point_id=heir))
            self._connection.execute(delete(POINT).where(POINT.c.id == point["id"]))

    def _copy_point(self, point: RowMapping, kept: int) -> int:
        """With a new, higher id: the addresses that `kept` had already come first."""
        values = {**point, "lead_id": kept}
        del values["id"]
        return int(self._connection.execute(insert(POINT).values(**values).returning(POINT.c.id)).scalar_one())

    def _points(self, lead_id: int) -> Sequence[RowMapping]:
        return self._connection.execute(select(POINT).where(POINT.c.lead_id == lead_id)).mappings().all()

    def _move_enrollments(self, gone: int, kept: int) -> None:
        rows = self._connection.execute(
            select(ENROLLMENT.c.id, ENROLLMENT.c.policy).where(ENROLLMENT.c.lead_id == gone).order_by(ENROLLMENT.c.id)
        ).all()
        for row in rows:
            top = select(func.coalesce(func.max(ENROLLMENT.c.occurrence), 0)).where(
                ENROLLMENT.c.lead_id == kept, ENROLLMENT.c.policy == row.policy
            )
            values = {"lead_id": kept, "occurrence": int(self._connection.execute(top).scalar_one()) + 1}
            self._connection.execute(update(ENROLLMENT).where(ENROLLMENT.c.id == row.id).values(**values))

    def _move_activities(self, gone: int, kept: int) -> None:
        other = ACTIVITY.alias()
        twice = select(ACTIVITY.c.id).where(
            ACTIVITY.c.lead_id == gone,
            select(other.c.id)
            .where(
                other.c.lead_id == kept,
                other.c.kind == ACTIVITY.c.kind,
                other.c.at == ACTIVITY.c.at,
                other.c.apart == ACTIVITY.c.apart,
            )
            .exists(),
        )
        ids = list(self._connection.execute(twice).scalars())
        self._connection.execute(delete(ACTIVITY).where(ACTIVITY.c.id.in_(ids)))
        self._connection.execute(update(ACTIVITY).where(ACTIVITY.c.lead_id == gone).values(lead_id=kept))

    def _fill_gaps(self, gone: int, kept: int, at: datetime) -> None:
        rows = self._connection.execute(select(LEAD).where(LEAD.c.id.in_([gone, kept]))).mappings()
        by_id = {row["id"]: row for row in rows}
        old, new = by_id[gone], by_id[kept]
        changes: dict[str, Any] = {name: old[name] for name in GAPS if new[name] in ("", None) and old[name]}
        changes["attributes"] = {**old["attributes"], **new["attributes"]}
        changes["concerns"] = list(dict.fromkeys([*(new["concerns"] or []), *(old["concerns"] or [])]))
        for name, choose in (("bought_at", max), ("paused_until", max), ("created_at", min)):
            known = [row[name] for row in (old, new) if row[name] is not None]
            changes[name] = choose(known) if known else None
        if not (old["lost_at"] and new["lost_at"]):
            changes.pop("lost_at", None)
            changes["lost_at"] = None
        self._connection.execute(update(LEAD).where(LEAD.c.id == kept).values(**changes, updated_at=at))


def _standing(entry: RowMapping) -> tuple[object, ...]:
    """What was told stands before what may be arriving now, and that before what can still be called back."""
    return -_HOLDS[entry["status"]], entry["state"] not in _GONE, entry["at"], entry["id"]


def _better_point(kept: RowMapping, gone: RowMapping) -> dict[str, Any]:
    """A bounce belongs to the address, and so does the consent given for it."""
    changes: dict[str, Any] = {}
    if gone["broken"] not in ("", "replaced") and not kept["broken"]:
        changes |= {"broken": gone["broken"], "broken_at": gone["broken_at"]}
    if not kept["consent"] and gone["consent"]:
        names = ("consent", "consent_source", "consent_evidence", "consent_at", "consent_until")
        changes |= {name: gone[name] for name in names}
    return changes
