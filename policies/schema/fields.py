"""Field types: a text of the file in, a value out, and text again as JSON. Refusals speak to the author."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import CoreSchema

from policies.amounts import (
    DAY_RANGE_PATTERN,
    MULTIPLE_PATTERN,
    PERCENT_PATTERN,
    RATE_PATTERN,
    DayRange,
    Multiple,
    Percent,
    Rate,
    parse_day_range,
    parse_multiple,
    parse_percent,
    parse_rate,
)
from policies.durations import PATTERN, Duration, parse_duration
from policies.errors import Refused, shown
from policies.findings import did_you_mean, one_of
from policies.times import (
    CLOCK_PATTERN,
    DATES_PATTERN,
    DAYS_PATTERN,
    ClockTime,
    DateRange,
    days_text,
    parse_clock_time,
    parse_date_range,
    parse_days,
)

T = TypeVar("T")
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,8})")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?")
_ID = re.compile(r"\w[\w-]{0,63}")


class PolicyModel(BaseModel):
    """Base of all models here: frozen; every key must be known. Python's own words end in `_` inside."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def text_of(value: object) -> str:
    """The value if it is a text; else a refusal that names what stands there."""
    if isinstance(value, str):
        return value
    raise Refused(found=described(value), expected="stands where a text is expected")


def described(value: object) -> str:
    """How an author would call the value: `a list`, `true`, `nothing`."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list" if value else "an empty list"
    return shown(str(value))


def _reader(kind: type[T], parse: Callable[[str], T]) -> PlainValidator:
    return PlainValidator(lambda value: value if isinstance(value, kind) else parse(text_of(value)))


def _field(kind: type[Any], parse: Callable[[str], Any], pattern: str, *examples: str) -> tuple[Any, ...]:
    json_schema = {"type": "string", "pattern": pattern, "examples": list(examples)}
    return _reader(kind, parse), PlainSerializer(str, return_type=str), WithJsonSchema(json_schema)


def _parse_days_of(value: object) -> tuple[int, ...]:
    if isinstance(value, list | tuple) and not isinstance(value, str):
        if all(type(day) is int and 0 <= day < 7 for day in value):
            return tuple(sorted(set(value)))
        value = ",".join(text_of(day) for day in value)
    return parse_days(text_of(value))


def _whole(value: object) -> int:
    if type(value) is int:
        return value
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        return int(value)
    raise Refused(found=described(value), expected="is not a whole number (write e.g. 7, without leading zeros)")


def _number(value: object) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return float(value)
    raise Refused(found=described(value), expected="is not a number (write e.g. 2 or 1.5)")


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise Refused(found=described(value), expected="is neither true nor false (only these two words are read)")


def _identifier(value: object) -> str:
    name = unicodedata.normalize("NFC", text_of(value))
    if _ID.fullmatch(name):
        return name
    wanted = "is no id (letters, digits, - and _, at most 64, e.g. first-call)"
    raise Refused(found=name, expected=wanted)


def _plain_text(value: object) -> str:
    return " ".join(text_of(value).split())


def between(low: int, high: int) -> AfterValidator:
    """Bounds of a number, inclusive, with a sentence of their own."""

    def check(number: float) -> float:
        if low <= number <= high:
            return number
        raise Refused(found=f"{number:g}", expected=f"is not between {low} and {high}")

    return AfterValidator(check)


def or_short_form(
    core_schema: CoreSchema, handler: GetJsonSchemaHandler, *, short_forms: Sequence[Mapping[str, object]]
) -> dict[str, Any]:
    """The JSON Schema of a model that may also be written shorter."""
    written = handler(core_schema)
    resolved = handler.resolve_ref_schema(written)
    full = dict(resolved)
    resolved.clear()
    resolved.update({"anyOf": [*short_forms, full], "description": full.pop("description", "")})
    return written


def as_list(value: object) -> object:
    """One word stands for a list of one; an empty list is refused."""
    if isinstance(value, str):
        return [value]
    if value is None or value in ([], ()):
        raise Refused(found=described(value), expected="stands where at least one word is expected")
    return value


def word_of(kind: type[StrEnum], *more: str, code: str = "bad-value") -> BeforeValidator:
    """One word of a closed set, with a near word suggested."""
    known = (*(word.value for word in kind), *more)

    def read(value: object) -> str:
        word = text_of(value)
        if word in known:
            return word if more else kind(word)
        wanted = f"is not known here (expected {one_of(known)}){did_you_mean(word, known)}"
        raise Refused(found=word, expected=wanted, code=code)

    return BeforeValidator(read)


def word_schema(kind: type[StrEnum], *more: str) -> WithJsonSchema:
    """The closed set for editors."""
    return WithJsonSchema({"type": "string", "enum": [*(word.value for word in kind), *more]})


DurationText: TypeAlias = Annotated[
    Duration, *_field(Duration, parse_duration, PATTERN, "3 days", "12 hours", "2 working days")
]
RateText: TypeAlias = Annotated[
    Rate,
    *_field(Rate, parse_rate, RATE_PATTERN, "2 per week", "0", "unlimited")[:2],
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": RATE_PATTERN}, {"const": 0}]}),
]
PercentText: TypeAlias = Annotated[Percent, *_field(Percent, parse_percent, PERCENT_PATTERN, "50 %")]
MultipleText: TypeAlias = Annotated[Multiple, *_field(Multiple, parse_multiple, MULTIPLE_PATTERN, "3x")]
DayRangeText: TypeAlias = Annotated[
    DayRange, *_field(DayRange, parse_day_range, DAY_RANGE_PATTERN, "21-30 days", "3-4 weeks")
]
ClockText: TypeAlias = Annotated[ClockTime, *_field(ClockTime, parse_clock_time, CLOCK_PATTERN, "08:00")]
DatesText: TypeAlias = Annotated[
    DateRange, *_field(DateRange, parse_date_range, DATES_PATTERN, "2026-11-01..2027-01-31")
]
DaysText: TypeAlias = Annotated[
    tuple[int, ...],
    PlainValidator(_parse_days_of),
    PlainSerializer(days_text, return_type=str),
    WithJsonSchema({"type": "string", "pattern": DAYS_PATTERN, "examples": ["mon-fri", "sat,sun", "any"]}),
]
Whole: TypeAlias = Annotated[int, PlainValidator(_whole), WithJsonSchema({"type": "integer"})]
Number: TypeAlias = Annotated[float, PlainValidator(_number), WithJsonSchema({"type": "number"})]
Flag: TypeAlias = Annotated[bool, PlainValidator(_flag), WithJsonSchema({"type": "boolean"})]
Text: TypeAlias = Annotated[str, PlainValidator(_plain_text), WithJsonSchema({"type": "string"})]
Identifier: TypeAlias = Annotated[
    str, PlainValidator(_identifier), WithJsonSchema({"type": "string", "pattern": r"^\w[\w-]{0,63}$"})
]
_WORDS_SCHEMA = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}
Words: TypeAlias = Annotated[tuple[Text, ...], BeforeValidator(as_list), WithJsonSchema(_WORDS_SCHEMA)]
Identifiers: TypeAlias = Annotated[tuple[Identifier, ...], BeforeValidator(as_list), WithJsonSchema(_WORDS_SCHEMA)]
