"""Many leads at once: set-based look-ups and one statement for thousands of rows, the same on both databases."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Engine, Table, any_, func, literal, select
from sqlalchemy import Text as SqlText
from sqlalchemy.dialects.postgresql import ARRAY

from touches.store.batches import insert_rows
from touches.store.rows import CompanyRow, ContactPointRow, LeadRow, SuppressionRow
from touches.store.switches import upserting
from touches.store.types import to_micros

LEAD: Table = LeadRow.__table__  # type: ignore[attr-defined]
POINT: Table = ContactPointRow.__table__  # type: ignore[attr-defined]
COMPANY: Table = CompanyRow.__table__  # type: ignore[attr-defined]
SUPPRESSION: Table = SuppressionRow.__table__  # type: ignore[attr-defined]

LEAD_NAMES: Final = (
    "id", "external_id", "first_name", "last_name", "name", "company_id", "birth_year", "country", "region", "street",
    "postal_code", "city", "timezone", "language", "segment", "owner", "preferred_channel", "source", "attributes",
    "digest", "created_at", "updated_at",
)  # fmt: skip
POINT_NAMES: Final = (
    "lead_id", "kind", "address", "address_hash", "consent", "consent_source", "consent_evidence", "consent_at",
)  # fmt: skip
PAGES_OF_MANY: Final = 16_384  # 64 MB of log
PAGES: Final = 1000  # SQLite's own
REPLACED: Final = "replaced"  # why a point is broken whose lead has another address now
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_quoted: Final = json.encoder.encode_basestring
_KEPT: Final = frozenset({"id", "created_at"})


@dataclass(slots=True, kw_only=True, eq=False)
class KnownLead:
    """What matching needs of a lead in the database. `survivor_id` is the lead that it was merged into, else itself.
    Made by the ten thousand, so not frozen."""

    id: int
    external_id: str
    survivor_id: int
    digest: str
    first_name: str
    last_name: str
    name: str
    has_email: bool = True


class Imports:
    """One chunk of an import at a time, in the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._postgresql = connection.dialect.name == "postgresql"

    def expect_many(self) -> None:
        """Thousands of rows follow in several transactions: let SQLite move its log into the file less often. Each
        commit is as durable as ever; `settle` ends it."""
        if not self._postgresql:
            self._connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint = {PAGES_OF_MANY}")

    def by_external_ids(self, external_ids: Iterable[str]) -> dict[str, KnownLead]:
        """The leads of these ids, merged ones too."""
        statement = select(*_known_columns()).where(self._among(LEAD.c.external_id, external_ids))
        return {row.external_id: _known(row) for row in self._connection.execute(statement)}

    def at_addresses(self, kind: str, addresses: Iterable[str]) -> dict[str, list[KnownLead]]:
        """Who has these addresses now, oldest lead first; merged and erased leads have none."""
        statement = (
            select(POINT.c.address, _has_email().label("has_email"), *_known_columns())
            .join(LEAD, LEAD.c.id == POINT.c.lead_id)
            .where(POINT.c.kind == kind, self._among(POINT.c.address, addresses))
            .where(POINT.c.broken != REPLACED)
            .order_by(LEAD.c.id)
        )
        found: dict[str, list[KnownLead]] = {}
        for row in self._connection.execute(statement):
            known = _known(row)
            known.has_email = bool(row.has_email)
            if known.survivor_id == known.id:
                found.setdefault(row.address, []).append(known)
        return found

    def holders(self, kind: str, addresses: Iterable[str]) -> frozenset[str]:
        """Which of these addresses anybody has or had."""
        condition = (POINT.c.kind == kind) & self._among(POINT.c.address, addresses)
        return frozenset(self._connection.execute(select(POINT.c.address).where(condition)).scalars())

    def any_erased(self) -> bool:
        """Whether anybody was ever erased: if not, nobody needs to be looked up."""
        statement = select(SUPPRESSION.c.id).where(SUPPRESSION.c.reason == "erased").limit(1)
        return self._connection.execute(statement).first() is not None

    def erased(self, hashes: Iterable[str]) -> frozenset[str]:
        """Which of these hashes belong to people who were erased."""
        condition = self._among(SUPPRESSION.c.address_hash, hashes) & (SUPPRESSION.c.reason == "erased")
        return frozenset(self._connection.execute(select(SUPPRESSION.c.address_hash).where(condition)).scalars())

    def reserve_ids(self, count: int) -> range | list[int]:
        """Ids for new leads: on SQLite this writer is alone, on PostgreSQL the sequence gives each once."""
        if not count:
            return []
        if self._postgresql:
            sequence = func.nextval(func.pg_get_serial_sequence("lead", "id"))
            series = func.generate_series(1, count).table_valued("n")
            return list(self._connection.execute(select(sequence).select_from(series)).scalars())
        return self.next_ids(count)

    def next_ids(self, count: int) -> range:
        """Ids above all that there are."""
        top = int(self._connection.execute(select(func.coalesce(func.max(LEAD.c.id), 0))).scalar_one())
        return range(top + 1, top + 1 + count)

    def companies(self, named: Iterable[tuple[str, int | None]]) -> dict[str, int]:
        """Ids by name, made if need be, from (name, size) pairs; the last size given replaces what was known."""
        sizes: dict[str, int | None] = {}
        for name, size in named:
            if size is not None or name not in sizes:
                sizes[name] = size
        by_key: dict[str, dict[str, Any]] = {}
        for name, size in sizes.items():
            row = by_key.setdefault(company_key(name), {"key": company_key(name), "name": name, "size": size})
            row["size"] = row["size"] if size is None else size
        if not by_key:
            return {}
        statement = upserting(self._connection, COMPANY)
        statement = statement.on_conflict_do_update(
            index_elements=["key"], set_={"size": func.coalesce(statement.excluded.size, COMPANY.c.size)}
        )
        self._connection.execute(statement, list(by_key.values()))
        ids = self.company_ids(by_key)
        return {name: ids[company_key(name)] for name in sizes}

    def company_ids(self, keys: Iterable[str]) -> dict[str, int]:
        """Ids of the companies that there are, by key."""
        statement = select(COMPANY.c.key, COMPANY.c.id).where(self._among(COMPANY.c.key, keys))
        return {row.key: row.id for row in self._connection.execute(statement)}

    def raw_leads(self, lead_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        """Rows of leads as `put_leads` takes them, to be changed."""
        columns = [LEAD.c[name] for name in LEAD_NAMES]
        rows = self._connection.execute(select(*columns).where(LEAD.c.id.in_(lead_ids))).mappings()
        return {row["id"]: dict(row) for row in rows}

    def addresses_of(self, lead_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
        """(kind, address) of each lead's points in use, oldest first."""
        columns = (POINT.c.lead_id, POINT.c.kind, POINT.c.address)
        condition = POINT.c.lead_id.in_(lead_ids) & (POINT.c.broken != REPLACED)
        found: dict[int, list[tuple[str, str]]] = {}
        for row in self._connection.execute(select(*columns).where(condition).order_by(POINT.c.id)):
            found.setdefault(row.lead_id, []).append((row.kind, row.address))
        return found

    def replace_points(self, points: Iterable[tuple[int, str, str]], *, at: datetime) -> None:
        """These (lead id, kind, address) are no longer the lead's: kept for their history, never used."""
        rows = [(REPLACED, to_micros(at), *point) for point in points]
        mark = "%s" if self._postgresql else "?"
        if rows:
            self._connection.exec_driver_sql(
                f"UPDATE contact_point SET broken = {mark}, broken_at = {mark} "  # noqa: S608
                f"WHERE lead_id = {mark} AND kind = {mark} AND address = {mark}",
                rows,
            )

    def put_leads(self, rows: Iterable[Sequence[Any]]) -> None:
        """Insert or replace; values in the order of LEAD_NAMES, instants and JSON already in their stored form."""
        changes = [name for name in LEAD_NAMES if name not in _KEPT]
        ending = "ON CONFLICT (id) DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in changes)
        insert_rows(self._connection, LEAD.name, LEAD_NAMES, rows, ending=ending)

    def put_points(self, rows: Iterable[Sequence[Any]]) -> None:
        """Give leads addresses; values in the order of POINT_NAMES. One that was replaced is in use again; a legal
        basis is only ever replaced by one."""
        ending = (
            "ON CONFLICT (kind, address, lead_id) DO UPDATE SET "
            f"broken = CASE WHEN contact_point.broken = '{REPLACED}' THEN '' ELSE contact_point.broken END, "
            + ", ".join(_unless_empty(name) for name in ("consent_source", "consent_evidence", "consent_at", "consent"))
        )
        insert_rows(self._connection, POINT.name, POINT_NAMES, rows, ending=ending)

    def remember_digests(self, pairs: Iterable[tuple[str, int]]) -> None:
        """Note (digest, lead id) of rows whose data went to another lead."""
        mark = "%s" if self._postgresql else "?"
        rows = list(pairs)
        if rows:
            self._connection.exec_driver_sql(f"UPDATE lead SET digest = {mark} WHERE id = {mark}", rows)  # noqa: S608

    def _among(self, column: ColumnElement[Any], values: Iterable[str]) -> ColumnElement[bool]:
        """`column IN values` as one parameter, however many there are."""
        listed = list(dict.fromkeys(values))
        if self._postgresql:
            return column == any_(literal(listed, ARRAY(SqlText)))
        each = func.json_each(json.dumps(listed, ensure_ascii=False)).table_valued("value")
        return column.in_(select(each.c.value))


def settle(engine: Engine) -> None:
    """After many: the log goes into the file as usual again. Waits for nobody."""
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(sqlite_begin="DEFERRED") as connection:
            connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint = {PAGES}")
            connection.rollback()
            raw = connection.connection.dbapi_connection
            if raw is not None:
                raw.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")


def stored_instant(at: datetime | None) -> int | None:
    """An instant as `put_…` takes it."""
    return None if at is None else to_micros(at)


def stored_json(value: Mapping[str, Any]) -> str:
    """A document as `put_…` takes it, the same bytes as everywhere; texts alone take a quicker way."""
    if not value:
        return "{}"
    if all(isinstance(each, str) for each in value.values()):
        return "{" + ",".join([f"{_quoted(name)}:{_quoted(value[name])}" for name in sorted(value)]) + "}"
    return _ENCODE(value)


def _unless_empty(name: str) -> str:
    return f"{name} = CASE WHEN excluded.consent = '' THEN contact_point.{name} ELSE excluded.{name} END"


def company_key(name: str) -> str:
    """One company however it is spelt."""
    return " ".join(name.casefold().split())


def _has_email() -> ColumnElement[bool]:
    other = POINT.alias("mailbox")
    return select(other.c.id).where(other.c.kind == "email", other.c.lead_id == LEAD.c.id).exists()


def _known_columns() -> list[ColumnElement[Any]]:
    names = ("id", "external_id", "merged_into", "digest", "first_name", "last_name", "name")
    return [LEAD.c[name] for name in names]


def _known(row: Any) -> KnownLead:
    return KnownLead(
        id=row.id,
        external_id=row.external_id or "",
        survivor_id=row.merged_into or row.id,
        digest=row.digest,
        first_name=row.first_name,
        last_name=row.last_name,
        name=row.name,
    )
