"""Values as people read them and as JSON holds them."""

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import Any
from uuid import UUID

_CONTROLS = dict.fromkeys([*range(32), *range(0x7F, 0xA0)], "\N{REPLACEMENT CHARACTER}") | {9: " ", 10: " ", 13: " "}


def encoded(value: object) -> Any:
    """For json.dumps: instants in UTC, lengths in seconds, sets sorted. A naive time is a defect: ValueError."""
    if isinstance(value, datetime):
        return _aware(value).astimezone(UTC).isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, (Decimal, PurePath, UUID)):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def shown(value: object) -> str:
    """For a cell or a line: instants to the minute in the reader's zone, lists by commas, nothing for None.

    Control characters (an escape sequence in a lead's name) never reach the terminal.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return _aware(value).astimezone().isoformat(sep=" ", timespec="minutes")
    if isinstance(value, Enum):
        return shown(value.value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(shown(each) for each in (sorted(value) if isinstance(value, (set, frozenset)) else value))
    return str(value).translate(_CONTROLS)


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(f"{value.isoformat()} has no time zone; instants are always aware")
    return value
