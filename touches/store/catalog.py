"""Published policies and news: what the engine goes by, whatever the files say meanwhile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from touches.store.posting import Answer
from touches.store.readings import Reading
from touches.store.rows import NewsRow, PolicyVersionRow
from touches.store.switches import Switches, upserting

VERSION = PolicyVersionRow.__table__  # type: ignore[attr-defined]
NEWS = NewsRow.__table__  # type: ignore[attr-defined]
STANDING = Reading("SELECT id FROM news WHERE id IN :ids AND withdrawn_at IS NULL FOR SHARE")
STAMP = "catalog"  # key of the switch that changes with every publication


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPolicy:
    """One version: `document` is the checked policy as JSON, `source` the text of the file, `places` its lines."""

    policy: str
    number: int
    document: str
    source: str
    path: str
    digest: str
    author: str
    published_at: datetime
    current: bool = True
    places: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedNews:
    """One piece of news with all its languages as JSON."""

    id: str
    news_class: str
    document: str
    digest: str
    author: str
    published_at: datetime
    withdrawn_at: datetime | None = None


class Catalog:
    """Versions are never changed; news is replaced by publishing."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def current_policies(self) -> dict[str, PublishedPolicy]:
        """The version of each policy that new enrollments get."""
        rows = self._connection.execute(select(VERSION).where(VERSION.c.current)).mappings()
        return {row["policy"]: _version(row) for row in rows}

    def versions(self, pairs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], PublishedPolicy]:
        """These versions, by (policy, number)."""
        found = {}
        for policy, number in set(pairs):
            condition = (VERSION.c.policy == policy) & (VERSION.c.number == number)
            row = self._connection.execute(select(VERSION).where(condition)).mappings().first()
            if row is not None:
                found[policy, number] = _version(row)
        return found

    def history(self, policy: str) -> list[PublishedPolicy]:
        """All versions of a policy, oldest first."""
        statement = select(VERSION).where(VERSION.c.policy == policy).order_by(VERSION.c.number)
        return [_version(row) for row in self._connection.execute(statement).mappings()]

    def publish(
        self,
        *,
        policy: str,
        document: str,
        source: str,
        path: str,
        places: Mapping[str, Any],
        digest: str,
        author: str,
        at: datetime,
    ) -> int:
        """Add a version and make it the current one; its number."""
        latest = select(func.coalesce(func.max(VERSION.c.number), 0)).where(VERSION.c.policy == policy)
        number = int(self._connection.execute(latest).scalar_one()) + 1
        self._connection.execute(update(VERSION).where(VERSION.c.policy == policy).values(current=False))
        values = {
            "policy": policy,
            "number": number,
            "current": True,
            "document": document,
            "source": source,
            "path": path,
            "places": dict(places),
            "digest": digest,
            "author": author,
            "published_at": at,
        }
        self._connection.execute(insert(VERSION).values(**values))
        self.changed(at)
        return number

    def make_current(self, policy: str, number: int | None, *, at: datetime) -> None:
        """Let new enrollments get an older version, or none."""
        self._connection.execute(update(VERSION).where(VERSION.c.policy == policy).values(current=False))
        if number is not None:
            condition = (VERSION.c.policy == policy) & (VERSION.c.number == number)
            self._connection.execute(update(VERSION).where(condition).values(current=True))
        self.changed(at)

    def news(self, *, withdrawn: bool = False) -> dict[str, PublishedNews]:
        """All published news, by id; with `withdrawn` also what was taken back."""
        statement = select(NEWS) if withdrawn else select(NEWS).where(NEWS.c.withdrawn_at.is_(None))
        return {row["id"]: PublishedNews(**row) for row in self._connection.execute(statement).mappings()}

    def standing_news(self, ids: Iterable[str]) -> Answer:
        """Those that are not withdrawn, and will not be before the end of this transaction."""
        return STANDING.ask(self._connection, ids=sorted({*ids}))

    def put_news(self, item: PublishedNews) -> None:
        """Publish a piece of news, or replace its text."""
        values = {name: getattr(item, name) for name in PublishedNews.__dataclass_fields__}
        changes = {name: value for name, value in values.items() if name != "id"}
        statement = upserting(self._connection, NEWS).values(**values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changes))
        self.changed(item.published_at)

    def withdraw_news(self, ids: Iterable[str], *, at: datetime) -> None:
        """Take news back; its history stays."""
        self._connection.execute(update(NEWS).where(NEWS.c.id.in_(list(ids))).values(withdrawn_at=at))
        self.changed(at)

    def stamp(self) -> str:
        """Changes whenever something was published or withdrawn: lets a daemon keep what it has read."""
        return Switches(self._connection).get(STAMP)

    def changed(self, at: datetime) -> None:
        """Have everybody read again what is published."""
        # A mark of its own: two publications may bear the same instant.
        Switches(self._connection).set(STAMP, token_hex(8), at=at)


def _version(row: RowMapping) -> PublishedPolicy:
    return PublishedPolicy(**{name: row[name] for name in PublishedPolicy.__dataclass_fields__})
