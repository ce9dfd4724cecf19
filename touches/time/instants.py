"""Instants as UTC datetimes and as whole UTC seconds."""

from datetime import UTC, datetime

from touches.time.errors import NaiveInstant


def utc(instant: datetime) -> datetime:
    """The same instant in UTC; NaiveInstant for a datetime without a zone."""
    if instant.tzinfo is None:
        raise NaiveInstant(instant)
    return instant.astimezone(UTC)


def utc_second(instant: datetime) -> int:
    """The whole second that `instant` lies in, since 1970-01-01 UTC; NaiveInstant for a datetime without a
    zone."""
    if instant.tzinfo is None:
        raise NaiveInstant(instant)
    return int(instant.timestamp() // 1)


def at_second(second: int) -> datetime:
    """The UTC datetime of a whole second."""
    return datetime.fromtimestamp(second, UTC)
