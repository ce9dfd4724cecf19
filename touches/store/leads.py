"""Leads, their companies and contact points, as values."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, func, insert, select, update

from touches.model.filling import filler
from touches.model.people import Company, ContactPoint, Lead, PointKind
from touches.store.posting import Answer
from touches.store.readings import Reading, instant
from touches.store.rows import CompanyRow, ContactPointRow, LeadRow, SuppressionRow
from touches.store.suppressions import CHUNK, Suppressions
from touches.store.switches import upserting

LEAD = LeadRow.__table__  # type: ignore[attr-defined]
POINT = ContactPointRow.__table__  # type: ignore[attr-defined]
COMPANY = CompanyRow.__table__  # type: ignore[attr-defined]
SUPPRESSION = SuppressionRow.__table__  # type: ignore[attr-defined]

INSTANTS = ("created_at", "lost_at", "bought_at", "paused_until")
PLAIN = (
    *("first_name", "last_name", "name", "birth_year", "country", "region", "street", "postal_code", "city"),
    *("timezone", "language", "segment", "owner", "preferred_channel", "source"),
)
TIMED_AND_PLAIN = (*INSTANTS, *PLAIN)
NUMBER: Final = re.compile(r"#[0-9]{1,18}")  # what a database's whole number holds


class Leads:
    """People. Finding goes by external id first, then email, then phone, then `#id`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_ids(self, lead_ids: Iterable[int]) -> dict[int, Lead]:
        """The leads of these ids with addresses, opt-outs and company; unknown ids are absent."""
        wanted = list(dict.fromkeys(lead_ids))
        found: dict[int, Lead] = {}
        for start in range(0, len(wanted), CHUNK):
            part = wanted[start : start + CHUNK]
            points = self._points(part)
            for row in BY_IDS.rows(self._connection, ids=part):
                found[row[0]] = _lead(row, points.get(row[0], ()))
        return found

    def get(self, lead_id: int) -> Lead | None:
        """One lead."""
        return self.by_ids([lead_id]).get(lead_id)

    def dead(self, lead_ids: Sequence[int]) -> dict[int, str]:
        """Of these leads those to whom nothing goes any more, with the reason."""
        condition = LEAD.c.id.in_(lead_ids) & (LEAD.c.dead != "")
        return {row[0]: row[1] for row in self._connection.execute(select(LEAD.c.id, LEAD.c.dead).where(condition))}

    def standing_points(self, point_ids: Iterable[int]) -> Answer:
        """Of these addresses those that are still there, and will be until the end of this transaction."""
        return STANDING.ask(self._connection, ids=sorted({*point_ids}))

    def find(self, key: str) -> list[int]:
        """The ids of the leads that a person may mean by `key`; more than one where an address is shared."""
        if NUMBER.fullmatch(key):
            return [int(key[1:])]
        survivor = func.coalesce(LEAD.c.merged_into, LEAD.c.id)
        exact = self._connection.execute(select(survivor).where(LEAD.c.external_id == key)).scalars().all()
        if exact:
            return list(exact)
        for kind, address in ((PointKind.EMAIL, key.lower()), (PointKind.EMAIL, key), (PointKind.PHONE, key)):
            found = self.at_address(kind, address)
            if found:
                return found
        return []

    def survivor(self, lead_id: int) -> int:
        """The lead that this one was merged into, else itself."""
        found = self._connection.execute(select(LEAD.c.merged_into).where(LEAD.c.id == lead_id)).scalar()
        return found or lead_id

    def survivors(self, lead_ids: Iterable[int]) -> dict[int, int]:
        """For each of these leads the one it was merged into, else itself."""
        wanted = list(lead_ids)
        merged = select(LEAD.c.id, LEAD.c.merged_into).where(LEAD.c.id.in_(wanted), LEAD.c.merged_into.is_not(None))
        return dict(zip(wanted, wanted, strict=True)) | {row[0]: row[1] for row in self._connection.execute(merged)}

    def keys_like(self, key: str, *, limit: int = 200) -> list[str]:
        """External ids and addresses that begin as `key` does: among them may be what was meant."""
        start = key.strip()[: max(1, min(3, len(key.strip()) - 1))]
        if not start:
            return []
        ids = select(LEAD.c.external_id).where(LEAD.c.external_id.startswith(start, autoescape=True)).limit(limit)
        mailboxes = select(POINT.c.address).where(
            POINT.c.kind == PointKind.EMAIL.value, POINT.c.address.startswith(start, autoescape=True)
        )
        found = [*self._connection.execute(ids).scalars(), *self._connection.execute(mailboxes.limit(limit)).scalars()]
        return [value for value in found if value]

    def at_address(self, kind: PointKind, address: str) -> list[int]:
        """Who has this address; merged and erased leads do not count."""
        statement = (
            select(POINT.c.lead_id)
            .join(LEAD, LEAD.c.id == POINT.c.lead_id)
            .where(POINT.c.kind == kind.value, POINT.c.address == address, LEAD.c.merged_into.is_(None))
        )
        return sorted(set(self._connection.execute(statement).scalars()))

    def ids(self, *, segment: str = "", company_id: int | None = None, after: int = 0, limit: int = 0) -> list[int]:
        """Ids of living leads in order, by segment or company, for walking through in batches."""
        statement = select(LEAD.c.id).where(LEAD.c.id > after, LEAD.c.dead == "").order_by(LEAD.c.id)
        if segment:
            statement = statement.where(LEAD.c.segment == segment)
        if company_id is not None:
            statement = statement.where(LEAD.c.company_id == company_id)
        return list(self._connection.execute(statement.limit(limit) if limit else statement).scalars())

    def walk(self, *, batch: int = 500, among: Sequence[int] | None = None) -> Iterator[list[Lead]]:
        """All leads, also dead ones, in batches, in order of id; or those among so many ids."""
        if among is not None:
            ordered = sorted(among)
            for start in range(0, len(ordered), batch):
                yield list(self.by_ids(ordered[start : start + batch]).values())
            return
        last = 0
        while True:
            part = list(
                self._connection.execute(
                    select(LEAD.c.id).where(LEAD.c.id > last).order_by(LEAD.c.id).limit(batch)
                ).scalars()
            )
            if not part:
                return
            yield list(self.by_ids(part).values())
            last = part[-1]

    def untriggered(self, *, limit: int) -> list[int]:
        """Living leads that `new_lead` has not been asked about, oldest first."""
        statement = select(LEAD.c.id).where(LEAD.c.triggered_at.is_(None), LEAD.c.dead == "").order_by(LEAD.c.id)
        return list(self._connection.execute(statement.limit(limit)).scalars())

    def update(self, lead_id: int, **changes: Any) -> None:
        """Set columns of one lead."""
        self._connection.execute(update(LEAD).where(LEAD.c.id == lead_id).values(**changes))

    def update_many(self, lead_ids: Sequence[int], **changes: Any) -> None:
        """Set the same columns of several leads."""
        self._connection.execute(update(LEAD).where(LEAD.c.id.in_(lead_ids)).values(**changes))

    def add(self, *, created_at: datetime, **columns: Any) -> int:
        """A new lead without addresses; its id."""
        values = {"created_at": created_at, "updated_at": created_at, **columns}
        return int(self._connection.execute(insert(LEAD).values(**values).returning(LEAD.c.id)).scalar_one())

    def add_point(self, *, lead_id: int, kind: PointKind, address: str, address_hash: str, **columns: Any) -> None:
        """Give a lead an address; one that it has already stays as it is."""
        values = {
            "lead_id": lead_id,
            "kind": kind.value,
            "address": address,
            "address_hash": address_hash,
            **columns,
        }
        self._connection.execute(upserting(self._connection, POINT).values(**values).on_conflict_do_nothing())

    def update_point(self, point_id: int, **changes: Any) -> None:
        """Set columns of one contact point."""
        self._connection.execute(update(POINT).where(POINT.c.id == point_id).values(**changes))

    def company(self, name: str, *, size: int | None = None) -> int:
        """The id of the company of this name, made if need be; a known size replaces an unknown one."""
        key = " ".join(name.casefold().split())
        values: dict[str, Any] = {"key": key, "name": name, "size": size}
        changes = {"size": func.coalesce(size, COMPANY.c.size)}
        statement = upserting(self._connection, COMPANY).values(**values)
        statement = statement.on_conflict_do_update(index_elements=["key"], set_=changes).returning(COMPANY.c.id)
        return int(self._connection.execute(statement).scalar_one())

    def frozen_companies(self, company_ids: Iterable[int]) -> dict[int, str]:
        """Companies to which nothing may go, with the reason."""
        condition = COMPANY.c.id.in_(list(set(company_ids))) & (COMPANY.c.frozen != "")
        return {row.id: row.frozen for row in self._connection.execute(select(COMPANY).where(condition))}

    def _points(self, lead_ids: Sequence[int]) -> Mapping[int, tuple[ContactPoint, ...]]:
        rows = POINTS.rows(self._connection, ids=lead_ids)
        closed = Suppressions(self._connection).of([row[4] for row in rows])
        found: dict[int, list[ContactPoint]] = {}
        for row in rows:
            found.setdefault(row[0], []).append(_point(row, closed.get(row[4], OPEN)))
        return {lead_id: tuple(points) for lead_id, points in found.items()}


def _point(row: Sequence[Any], opted_out: frozenset[str]) -> ContactPoint:
    _, point_id, kind, *plain, since, until = row
    return _new_point(point_id, KINDS[kind], *plain, instant(since), instant(until), opted_out)


def _lead(row: Sequence[Any], points: tuple[ContactPoint, ...]) -> Lead:
    lead_id, external_id, concerns, attributes, dead, *rest = row
    instants = [instant(micros) for micros in rest[: len(INSTANTS)]]
    plain, of_company = rest[len(INSTANTS) : -4], rest[-4:]
    return _new_lead(
        lead_id,
        external_id or "",
        tuple(json.loads(concerns)) if concerns != "[]" else (),
        json.loads(attributes) if attributes != "{}" else {},
        dead,
        *instants,
        *plain,
        _new_company(*of_company) if of_company[0] is not None else None,
        points,
    )


POINT_COLUMNS = (
    "id",
    "kind",
    "address",
    "address_hash",
    "timezone",
    "broken",
    "consent",
    "consent_source",
    "consent_evidence",
    "consent_at",
    "consent_until",
)
KINDS = {kind.value: kind for kind in PointKind}
OPEN: Final[frozenset[str]] = frozenset()  # an address that nobody closed
_columns = ", ".join([f"lead.{name}" for name in TIMED_AND_PLAIN])
BY_IDS = Reading(
    f"""SELECT lead.id, external_id, concerns, attributes, dead, {_columns},
    company.id, company.name, company.size, company.timezone
    FROM lead LEFT JOIN company ON company.id = lead.company_id WHERE lead.id IN :ids""",  # noqa: S608 - names of ours
    columns=5 + len(TIMED_AND_PLAIN) + 4,
)
POINTS = Reading(
    f"SELECT lead_id, {', '.join(POINT_COLUMNS)} FROM contact_point WHERE lead_id IN :ids ORDER BY id",  # noqa: S608
    columns=1 + len(POINT_COLUMNS),
)
STANDING = Reading("SELECT id FROM contact_point WHERE id IN :ids FOR KEY SHARE", columns=1)
_new_point = filler(ContactPoint, (*POINT_COLUMNS, "opted_out"))
_new_company = filler(Company, ("id", "name", "size", "timezone"))
_new_lead = filler(Lead, ("id", "external_id", "concerns", "attributes", "dead", *TIMED_AND_PLAIN, "company", "points"))
