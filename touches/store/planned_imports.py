"""Imports that are only to be seen beforehand."""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import Connection, StaticPool, create_engine, select, tuple_
from sqlalchemy.schema import CreateTable

from touches.store.activity_imports import ACTIVITY, ActivityImports, Done, stored_activity
from touches.store.batches import insert_rows
from touches.store.import_lookups import LEAD, LEAD_NAMES, POINT, REPLACED, KnownLead
from touches.store.imports import Imports, company_key, stored_instant, stored_json

_id: Final = attrgetter("id")
_KEY: Final = ("lead_id", "kind", "at", "apart")
_ASKED_AT_ONCE: Final = 200  # keys: every value of each is a parameter
_ENDED: Final = (
    "ON CONFLICT (kind, address, lead_id) DO UPDATE SET broken = excluded.broken, broken_at = excluded.broken_at"
)


class Plan:
    """What an import that only is to be seen beforehand would have written so far: leads and their addresses in a
    SQLite file without a name, which is gone when it is closed. `reserved` ids are taken."""

    def __init__(self) -> None:
        self._engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(""), poolclass=StaticPool)
        self.connection = self._engine.connect()
        self.connection.execute(CreateTable(LEAD))
        self.connection.execute(CreateTable(POINT))
        for index in POINT.indexes:
            index.create(self.connection)
        self.imports = Imports(self.connection)
        self.reserved = 0

    def close(self) -> None:
        """Forget it."""
        self.connection.close()
        self._engine.dispose()


class PlannedImports(Imports):
    """The look-ups of an import that only is to be seen beforehand, as if what is planned were written: into the
    database nothing is, no number is used up, no lock taken. Companies that would be made have negative ids."""

    def __init__(self, connection: Connection, plan: Plan) -> None:
        super().__init__(connection)
        self._plan = plan
        self._planned = plan.imports

    def expect_many(self) -> None:
        """Nothing: the database is only read."""

    def reserve_ids(self, count: int) -> range:
        """Ids that nobody has, and that no earlier chunk was given."""
        ids = self.next_ids(self._plan.reserved + count)[self._plan.reserved :]
        self._plan.reserved += count
        return ids

    def companies(self, named: Iterable[tuple[str, int | None]]) -> dict[str, int]:
        """Ids by name."""
        keys = {name: company_key(name) for name, _ in named}
        ids = self.company_ids(keys.values())
        return {name: ids.get(key) or _id_of_new(key) for name, key in keys.items()}

    def by_external_ids(self, external_ids: Iterable[str]) -> dict[str, KnownLead]:
        """The leads of these ids, as they will be."""
        asked = list(external_ids)
        found = super().by_external_ids(asked)
        as_planned = self._as_planned(found.values())
        return self._planned.by_external_ids(asked) | {key: as_planned[known.id] for key, known in found.items()}

    def at_addresses(self, kind: str, addresses: Iterable[str], *, once: bool = False) -> dict[str, list[KnownLead]]:
        """Who will have these addresses, or have had them `once`."""
        asked = list(addresses)
        planned = self._planned.at_addresses(kind, asked, once=once)
        other = self._planned.at_addresses(kind, asked, once=not once)
        found = super().at_addresses(kind, asked, once=once)
        as_planned = self._as_planned(known for leads in found.values() for known in leads)
        for address, leads in found.items():
            decided = {known.id for each in (planned, other) for known in each.get(address, ())}
            stay = [as_planned[known.id] for known in leads if known.id not in decided]
            planned[address] = sorted([*planned.get(address, ()), *stay], key=_id)
        return {address: leads for address, leads in planned.items() if leads}

    def raw_leads(self, lead_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
        """Rows of leads, as they will be."""
        asked = list(lead_ids)
        return super().raw_leads(asked) | self._planned.raw_leads(asked)

    def addresses_of(self, lead_ids: Iterable[int]) -> dict[int, dict[tuple[str, str], bool]]:
        """All addresses that each lead will have had, with whether it will be in use."""
        asked = list(lead_ids)
        found = super().addresses_of(asked)
        for lead_id, planned in self._planned.addresses_of(asked).items():
            found[lead_id] = found.get(lead_id, {}) | planned
        return found

    def put_leads(self, rows: Iterable[Sequence[Any]]) -> None:
        """Plan to insert or replace."""
        self._planned.put_leads(rows)

    def put_points(self, rows: Iterable[Sequence[Any]]) -> None:
        """Plan to give leads addresses."""
        self._planned.put_points(rows)

    def replace_points(self, points: Iterable[tuple[int, str, str]], *, at: datetime) -> None:
        """Plan that these are no longer the leads'."""
        rows = [(*point, "", REPLACED, stored_instant(at)) for point in points]
        names = ("lead_id", "kind", "address", "address_hash", "broken", "broken_at")
        insert_rows(self._plan.connection, POINT.name, names, rows, ending=_ENDED)

    def remember_digests(self, pairs: Iterable[tuple[str, int]]) -> None:
        """Plan to note which rows made leads what they are."""
        digests = {lead_id: digest for digest, lead_id in pairs}
        leads = self.raw_leads(digests)
        self.put_leads(_stored(row | {"digest": digests[lead_id]}) for lead_id, row in leads.items())

    def _as_planned(self, leads: Iterable[KnownLead]) -> dict[int, KnownLead]:
        """Leads of the database as they will be, by id; merged ones stay merged."""
        found = {known.id: known for known in leads}
        for lead_id, row in self._planned.raw_leads(found).items():
            said = {name: row[name] for name in ("digest", "first_name", "last_name", "name")}
            found[lead_id] = replace(found[lead_id], **said)
        return found


def _id_of_new(company: str) -> int:
    """The same for the same company, and no id of the database's."""
    return -1 - (int.from_bytes(hashlib.blake2b(company.encode(), digest_size=8).digest()) >> 1)


def _stored(row: dict[str, Any]) -> list[Any]:
    """A row of `raw_leads` as `put_leads` takes it."""
    instants = {name: stored_instant(row[name]) for name in ("created_at", "updated_at")}
    stored = row | instants | {"attributes": stored_json(row["attributes"])}
    return [stored[name] for name in LEAD_NAMES]


class PlannedActivityImports(ActivityImports):
    """Says what would be new, and writes nothing: no lock is taken. `told` is what earlier chunks would have written,
    and is added to."""

    def __init__(self, connection: Connection, told: set[int]) -> None:
        super().__init__(connection)
        self._told = told

    def put(self, activities: Sequence[Done]) -> int:
        """How many would be new."""
        keys = list(dict.fromkeys(_key(each) for each in activities))
        new = {hash(key) for key in keys} - self._told
        for at in range(0, len(keys), _ASKED_AT_ONCE):
            new -= {hash(key) for key in self._known(keys[at : at + _ASKED_AT_ONCE])}
        self._told |= new
        return len(new)

    def _known(self, keys: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        columns = [ACTIVITY.c[name] for name in _KEY]
        found = self._connection.execute(select(*columns).where(tuple_(*columns).in_(keys)))
        return [tuple(row) for row in found]


def _key(activity: Done) -> tuple[Any, ...]:
    row = stored_activity(activity)
    return tuple(row[name] for name in _KEY)
