"""Column types that mean the same on SQLite and PostgreSQL."""

import json
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def to_micros(instant: datetime) -> int:
    """Microseconds since 1970 UTC. A naive datetime is an error: nobody knows which instant it is."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs a time zone, got the naive {instant.isoformat()}")
    return (instant - EPOCH) // MICROSECOND


@lru_cache(maxsize=4096)  # a batch was imported, enrolled and planned at few instants
def from_micros(micros: int) -> datetime:
    """The UTC instant of a stored number."""
    return EPOCH + timedelta(microseconds=micros)


class Instant(TypeDecorator[datetime]):
    """An instant as an integer of microseconds: exact, compact, ordered the same everywhere."""

    impl = BigInteger
    cache_ok = True

    def bind_processor(self, _dialect: Dialect) -> Any:
        """From an aware datetime. Handed over bare: a batch of touches passes here a hundred times for each mail."""
        return _stored_instant

    def result_processor(self, _dialect: Dialect, _coltype: Any) -> Any:
        """To an aware datetime in UTC."""
        return _read_instant


def _stored_instant(value: datetime | None) -> int | None:
    return None if value is None else to_micros(value)


def _read_instant(value: Any | None) -> datetime | None:
    return None if value is None else EPOCH + timedelta(microseconds=int(value))


class Json(TypeDecorator[Any]):
    """A small JSON document as text, the same bytes on both databases; absent is the empty object."""

    impl = Text
    cache_ok = True

    def bind_processor(self, _dialect: Dialect) -> Any:
        """To text with sorted keys."""
        return stored_json

    def result_processor(self, _dialect: Dialect, _coltype: Any) -> Any:
        """From text."""
        return _read_json


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def stored_json(value: Any | None) -> str:
    """The text of a document, as `Json` stores it."""
    return _ENCODE(value) if value else "{}" if not isinstance(value, list | tuple) else "[]"


def _read_json(value: Any | None) -> Any:
    return json.loads(value) if value and value != "{}" else {}
