"""Many leads at once, one statement for thousands of rows, the same on both databases."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Engine, func, select

from touches.store.batches import Column, insert_alike, insert_rows
from touches.store.import_lookups import COMPANY, LEAD, LEAD_NAMES, POINT, REPLACED, ImportLookups
from touches.store.session import LOG_PAGES, WRITER_CACHE
from touches.store.types import to_micros

POINT_NAMES: Final = (
    "lead_id", "kind", "address", "address_hash", "consent", "consent_source", "consent_evidence", "consent_at",
)  # fmt: skip
PAGES_OF_MANY: Final = 16_384  # 64 MB of log
CACHE_OF_MANY: Final = 32_768  # KB
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
_quoted: Final = json.encoder.encode_basestring
_KEPT: Final = frozenset({"id", "created_at"})


class Imports(ImportLookups):
    """One chunk of an import at a time, in the caller's transaction."""

    def expect_many(self) -> None:
        """Thousands of rows follow in several transactions: let SQLite keep more pages at hand, and move its log into
        the file less often. Each commit is as durable as ever; `expect_few` ends it."""
        self._set(pages=PAGES_OF_MANY, cache=CACHE_OF_MANY)

    def expect_few(self) -> None:
        """What follows is as usual again."""
        self._set(pages=LOG_PAGES, cache=WRITER_CACHE)

    def _set(self, *, pages: int, cache: int) -> None:
        if not self._postgresql:
            self._connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint = {pages}")
            self._connection.exec_driver_sql(f"PRAGMA cache_size = -{cache}")

    def reserve_ids(self, count: int) -> range | list[int]:
        """Ascending ids for new leads: on SQLite this writer is alone, on PostgreSQL the sequence gives each once."""
        if not count:
            return []
        if self._postgresql:
            sequence = func.nextval(func.pg_get_serial_sequence("lead", "id"))
            series = func.generate_series(1, count).table_valued("n")
            return sorted(self._connection.execute(select(sequence).select_from(series)).scalars())
        return self.next_ids(count)

    def next_ids(self, count: int) -> range:
        """Ids above all that there are."""
        top = int(self._connection.execute(select(func.coalesce(func.max(LEAD.c.id), 0))).scalar_one())
        return range(top + 1, top + 1 + count)

    def companies(self, named: Iterable[tuple[str, int | None]]) -> dict[str, int]:
        """Ids by name, made if need be, from (name, size) pairs; the last size given replaces what was known."""
        named = list(named)
        keys = {name: company_key(name) for name in dict.fromkeys([name for name, _ in named])}
        if not keys:
            return {}
        names: dict[str, str] = {}
        for name, key in keys.items():
            names.setdefault(key, name)
        sizes = {keys[name]: size for name, size in named if size is not None}
        rows = [(key, name, sizes.get(key)) for key, name in names.items()]
        ending = "ON CONFLICT (key) DO UPDATE SET size = COALESCE(excluded.size, company.size)"
        insert_rows(self._connection, COMPANY.name, ("key", "name", "size"), rows, ending=ending)
        ids = self.company_ids(names)
        return {name: ids[key] for name, key in keys.items()}

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
        basis is replaced as `_STANDS` says, and loses its end to one that was given later."""
        insert_rows(self._connection, POINT.name, POINT_NAMES, rows, ending=_LAID_OVER)

    def put_new_leads(self, columns: Mapping[str, Column]) -> None:
        """Insert leads whose ids nobody has, a column at a time, as they are stored; raises Conflict where an external
        id is known. Columns that are not there are empty."""
        insert_alike(self._connection, LEAD.name, columns)

    def put_new_points(self, columns: Mapping[str, Column]) -> None:
        """Give new leads addresses, a column at a time, as they are stored."""
        insert_alike(self._connection, POINT.name, columns)

    def remember_digests(self, pairs: Iterable[tuple[str, int]]) -> None:
        """Note (digests, lead id): which rows made a lead what it is."""
        mark = "%s" if self._postgresql else "?"
        rows = list(pairs)
        if rows:
            self._connection.exec_driver_sql(f"UPDATE lead SET digest = {mark} WHERE id = {mark}", rows)  # noqa: S608


def settle(engine: Engine) -> None:
    """After many: the log goes into the file. Waits for nobody."""
    if engine.dialect.name == "sqlite":
        with engine.connect().execution_options(sqlite_begin="DEFERRED") as connection:
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


# When the legal basis on record stays: nothing is said, it is the later one, or it was taken back on a known day and
# what comes now may be older than that. (Where a day is missing, the comparison is no reason to keep anything.)
_STANDS: Final = (
    "excluded.consent = '' OR contact_point.consent_at > excluded.consent_at OR "
    "(contact_point.consent = 'none' AND contact_point.consent_at IS NOT NULL AND excluded.consent_at IS NULL)"
)
_LAID_OVER: Final = (
    "ON CONFLICT (kind, address, lead_id) DO UPDATE SET "
    f"broken = CASE WHEN contact_point.broken = '{REPLACED}' THEN '' ELSE contact_point.broken END, "
    f"broken_at = CASE WHEN contact_point.broken = '{REPLACED}' THEN NULL ELSE contact_point.broken_at END, "
    "consent_until = CASE WHEN excluded.consent <> '' AND excluded.consent_at > contact_point.consent_at "
    "THEN NULL ELSE contact_point.consent_until END, "
) + ", ".join(
    f"{name} = CASE WHEN {_STANDS} THEN contact_point.{name} ELSE excluded.{name} END"
    for name in ("consent_source", "consent_evidence", "consent_at", "consent")
)


def company_key(name: str) -> str:
    """One company however it is spelt."""
    return " ".join(name.casefold().split())
