"""The closed sandbox that templates run in: what they can reach, what becomes of each value that they print."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

import jinja2
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from channels.errors import UnsendableError
from channels.rendering.guard import FILTERS, TESTS
from channels.rendering.marks import LIMIT, mark

OUTPUT_LIMIT: Final = 1_000_000  # characters of one rendered text
RECORDER: Final = "\ue000"  # no identifier: no template can name it
_LOOP_FIELDS: Final = frozenset({"first", "index", "index0", "last", "length", "revindex", "revindex0"})
_PRINTABLE: Final = (str, int, float, Decimal, date)


class Recorder:
    """The values of one evaluation, and how much has been written."""

    __slots__ = ("size", "values")

    def __init__(self) -> None:
        self.values: list[str] = []
        self.size = 0

    def grow(self, characters: int) -> None:
        self.size += characters
        if self.size > OUTPUT_LIMIT or len(self.values) > LIMIT:
            raise too_long()

    def record(self, value: str) -> str:
        self.values.append(value)
        self.grow(len(value))
        return mark(len(self.values) - 1)


class _Unknown(jinja2.StrictUndefined):
    """What a lead lacks. It is no, and equals nothing, so that conditions hold without it; every other use but
    `default` and `is defined` fails, with the bare name."""

    __slots__ = ()
    __bool__ = jinja2.Undefined.__bool__  # type: ignore[assignment]
    __eq__ = jinja2.Undefined.__eq__  # type: ignore[assignment]
    __ne__ = jinja2.Undefined.__ne__  # type: ignore[assignment]
    __hash__ = jinja2.Undefined.__hash__  # type: ignore[assignment]

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


class _Environment(ImmutableSandboxedEnvironment):
    """Only fields of mappings, items of lists and a loop's counters can be read; nothing can be called."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping) and obj.get(attribute) is not None:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in _LOOP_FIELDS:
            return getattr(obj, attribute)
        return self.undefined(name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Mapping):
            return self.getattr(obj, str(argument))
        if isinstance(obj, str | list | tuple) and isinstance(argument, int | slice):
            return obj[argument]
        return self.undefined(name=str(argument))

    def is_safe_callable(self, _obj: Any) -> bool:
        return False


@lru_cache(maxsize=1)
def sandbox() -> _Environment:
    environment = _Environment(
        undefined=_Unknown,
        autoescape=False,  # values never meet the text here: they stay marks until they are escaped
        finalize=_record,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=0,
    )
    environment.globals.clear()
    filters, tests = environment.filters, environment.tests
    environment.filters = {name: filters[name] for name in FILTERS} | {"join": _join}
    environment.tests = {name: test for name, test in tests.items() if name in TESTS}
    return environment


@jinja2.pass_context
def _record(context: Context, value: object) -> str:
    """Called for every output: keeps the value and puts a mark into the text."""
    recorder: Recorder = context[RECORDER]
    if isinstance(value, jinja2.Undefined):
        return str(value)  # raises
    return recorder.record(printed(value))


def too_long() -> UnsendableError:
    """The error for a text, or a number of values, beyond the limits."""
    return UnsendableError("text too long", f"more than {OUTPUT_LIMIT} characters or {LIMIT} values")


def _join(values: object, d: str = ", ") -> str:
    """A list as one text. Not for texts, which a chain of joins would blow up."""
    if not isinstance(values, list | tuple):
        raise TypeError("join needs a list")
    return str(d).join(printed(value) for value in values)


def printed(value: object) -> str:
    """How a value stands in a text; UnsendableError for what is no text, number or date."""
    if isinstance(value, _PRINTABLE):
        return str(value)
    raise UnsendableError("unprintable value", f"{type(value).__name__}: only texts, numbers, dates are printed")
