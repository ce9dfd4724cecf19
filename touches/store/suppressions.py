"""Addresses that must not be used any more, as keyed hashes: they outlive the lead, its erasure and a new import."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, delete, literal, or_, select
from sqlalchemy import Text as SqlText

from touches.model.people import ContactPoint
from touches.store.readings import Reading
from touches.store.rows import ContactPointRow, SuppressionRow
from touches.store.switches import inserted, upserting

SUPPRESSION = SuppressionRow.__table__  # type: ignore[attr-defined]
POINT = ContactPointRow.__table__  # type: ignore[attr-defined]
OPT_OUT = "opt_out"  # reasons: the person said so to us …
KNOWN_THERE = "the provider knows an opt-out"  # … or to whoever carries our messages
CHUNK = 500  # host parameters in one statement
OF_HASHES = Reading("SELECT address_hash, channel FROM suppression WHERE address_hash IN :hashes")


class Suppressions:
    """`channel` is a channel's name or `all`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, hashes: Iterable[str], *, channel: str, reason: str, source: str, since: datetime) -> int:
        """Suppress addresses; how many were new."""
        rows = [
            {"address_hash": value, "channel": channel, "reason": reason, "source": source, "since": since}
            for value in hashes
        ]
        if not rows:
            return 0
        statement = upserting(self._connection, SUPPRESSION).on_conflict_do_nothing(
            index_elements=["address_hash", "channel"]
        )
        return sum(inserted(self._connection, statement.values(row)) for row in rows)

    def copy(self, old: str, new: str) -> None:
        """What is closed at an address is closed at another one too, for the same reasons."""
        names = [column.name for column in SUPPRESSION.columns if column.name not in {"id", "address_hash"}]
        found = select(literal(new, SqlText), *(SUPPRESSION.c[name] for name in names)).where(
            SUPPRESSION.c.address_hash == old
        )
        statement = upserting(self._connection, SUPPRESSION).from_select(["address_hash", *names], found)
        self._connection.execute(statement.on_conflict_do_nothing(index_elements=["address_hash", "channel"]))

    def take_back(self, hashes: Sequence[str], *, channel: str) -> int:
        """The person asked for it themselves (START): what they said to us or to the provider counts no more. What was
        erased stays closed. How many."""
        condition = SUPPRESSION.c.address_hash.in_(hashes) & (SUPPRESSION.c.channel == channel)
        wished = SUPPRESSION.c.reason.in_([OPT_OUT, KNOWN_THERE])
        return self._connection.execute(delete(SUPPRESSION).where(condition, wished)).rowcount

    def addresses_of(self, lead_ids: Sequence[int]) -> list[tuple[int, str, str]]:
        """(lead, kind of address, its hash) of these leads, addresses no longer in use as well."""
        columns = (POINT.c.lead_id, POINT.c.kind, POINT.c.address_hash)
        rows = self._connection.execute(select(*columns).where(POINT.c.lead_id.in_(lead_ids)))
        return [(row[0], row[1], row[2]) for row in rows]

    def leads_at(self, points: Iterable[ContactPoint], hashes: Sequence[str]) -> list[int]:
        """Who has one of these addresses under one of these hashes."""
        alike = [and_(POINT.c.kind == point.kind.value, POINT.c.address == point.address) for point in points]
        statement = select(POINT.c.lead_id).where(or_(*alike), POINT.c.address_hash.in_(hashes))
        return list(self._connection.execute(statement).scalars()) if alike else []

    def of(self, hashes: Iterable[str]) -> dict[str, frozenset[str]]:
        """For each suppressed hash the channels (or `all`) that are closed."""
        closed: dict[str, set[str]] = {}
        for value, channel in OF_HASHES.rows(self._connection, hashes=set(hashes)):
            closed.setdefault(value, set()).add(channel)
        return {value: frozenset(channels) for value, channels in closed.items()}
