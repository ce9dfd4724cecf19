"""Conditions on what is known of a lead: `age: "> 50"`, `country: FI`, `segment: [cafe, bakery]`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from policies.errors import Refused
from policies.schema.fields import described


class Operator(StrEnum):
    """How a value is compared. `in` holds for equality with any of several."""

    MORE = ">"
    AT_LEAST = ">="
    LESS = "<"
    AT_MOST = "<="
    NOT = "!="
    IN = "in"


_COMPARISON = re.compile(r"(>=|<=|!=|>|<|=)\s*(.+)")
_NUMERIC = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison. A lead of whom the field is not known never meets it, not even `!=`.

    Texts are compared without regard to case; `>` and its kin compare numbers. A field with several values
    meets the condition if one of them does.
    """

    field: str
    operator: Operator
    values: tuple[str, ...]

    def matches(self, facts: Mapping[str, object]) -> bool:
        """Whether the facts of a lead meet it."""
        known = facts.get(self.field)
        if known is None or known == "":
            return False
        several = known if isinstance(known, (list, tuple, set, frozenset)) else (known,)
        return any(self._meets(one) for one in several)

    def _meets(self, fact: object) -> bool:
        if self.operator is Operator.IN:
            return any(_same(fact, value) for value in self.values)
        if self.operator is Operator.NOT:
            return not any(_same(fact, value) for value in self.values)
        number = _as_number(fact)
        return number is not None and _compares(self.operator, number, float(self.values[0]))

    @property
    def text(self) -> str | list[str]:
        """As it is written in the file."""
        if self.operator is Operator.IN:
            return self.values[0] if len(self.values) == 1 else list(self.values)
        return f"{self.operator} {self.values[0]}"


def all_match(conditions: Iterable[Condition], facts: Mapping[str, object]) -> bool:
    """Whether every condition is met; no conditions are met by everybody."""
    return all(condition.matches(facts) for condition in conditions)


def _same(fact: object, value: str) -> bool:
    number = _as_number(fact)
    if number is not None and _NUMERIC.fullmatch(value):
        return number == float(value)
    return str(fact).casefold() == value.casefold()


def _as_number(fact: object) -> float | None:
    if isinstance(fact, bool):
        return None
    if isinstance(fact, int | float):
        return float(fact)
    text = str(fact).strip()
    return float(text) if _NUMERIC.fullmatch(text) else None


def _compares(operator: Operator, left: float, right: float) -> bool:
    match operator:
        case Operator.MORE:
            return left > right
        case Operator.AT_LEAST:
            return left >= right
        case Operator.LESS:
            return left < right
        case _:
            return left <= right


def parse_condition(field: str, written: object) -> Condition:
    """Read one comparison of a mapping; raises `Refused`."""
    if isinstance(written, list | tuple):
        return _any_of(field, written)
    if isinstance(written, bool | int | float):
        written = described(written)
    if not isinstance(written, str) or not written.strip():
        raise Refused(found=described(written), expected=f'is no comparison for {field} (write e.g. "> 50" or FI)')
    shape = _COMPARISON.fullmatch(written.strip())
    if shape is None:
        return Condition(field, Operator.IN, (written.strip(),))
    return _comparison(field, sign=shape[1], value=shape[2].strip())


def _comparison(field: str, *, sign: str, value: str) -> Condition:
    if sign in {"=", "!="}:
        return Condition(field, Operator.IN if sign == "=" else Operator.NOT, (value,))
    if not _NUMERIC.fullmatch(value):
        raise Refused(found=value, expected=f"is no number to compare {field} with (write e.g. {sign} 50)")
    return Condition(field, Operator(sign), (value,))


def _any_of(field: str, written: list[object] | tuple[object, ...]) -> Condition:
    words = tuple(described(word) if isinstance(word, bool | int) else word for word in written)
    if not words or not all(isinstance(word, str) and word.strip() for word in words):
        raise Refused(found=described(written), expected=f"for {field} must hold words (write e.g. [FI, SE])")
    return Condition(field, Operator.IN, tuple(str(word).strip() for word in words))


def _parse_conditions(value: object) -> tuple[Condition, ...]:
    if isinstance(value, tuple) and all(isinstance(one, Condition) for one in value):
        return value
    if not isinstance(value, dict):
        raise Refused(found=described(value), expected='is no mapping (write e.g. {age: "> 50", country: FI})')
    return tuple(parse_condition(str(field), written) for field, written in value.items())


def _written(conditions: tuple[Condition, ...]) -> dict[str, str | list[str]]:
    return {condition.field: condition.text for condition in conditions}


Conditions: TypeAlias = Annotated[
    tuple[Condition, ...],
    PlainValidator(_parse_conditions),
    PlainSerializer(_written, return_type=dict[str, str | list[str]]),
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": {
                "oneOf": [
                    {"type": ["string", "number", "boolean"]},
                    {"type": "array", "items": {"type": ["string", "number"]}, "minItems": 1},
                ]
            },
        }
    ),
]
