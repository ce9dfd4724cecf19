"""Lists as the hot path hands them to SQLite and takes them back: JSON, by orjson where the extra `speed` is
installed."""

import json
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

_ORJSON: Final[Any] = import_module("orjson") if find_spec("orjson") else None


def encoded(values: list[Any]) -> str:
    """A list of plain values as text."""
    return str(_ORJSON.dumps(values), "utf-8") if _ORJSON else json.dumps(values)


def decoded(text: str) -> Any:
    """What a text says."""
    return _ORJSON.loads(text) if _ORJSON else json.loads(text)
