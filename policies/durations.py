"""Lengths of time as people write them: `2 working days`, `72 hours`, `18 months`.

What they mean on a calendar is the planner's to say.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from policies.errors import Refused
from policies.findings import did_you_mean


class Unit(StrEnum):
    """Minutes and hours are elapsed time; all others are calendar arithmetic in the lead's zone."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    WORKING_DAYS = "working days"

    @property
    def singular(self) -> str:
        """`day` for `days`."""
        return self.value[:-1]


_SPELLINGS = {
    "min": Unit.MINUTES,
    "h": Unit.HOURS,
    "d": Unit.DAYS,
    "w": Unit.WEEKS,
    "y": Unit.YEARS,
    **{unit.value: unit for unit in Unit},
    **{unit.singular: unit for unit in Unit},
}
_MOST = {  # ten years in each unit
    Unit.MINUTES: 5_259_600,
    Unit.HOURS: 87_660,
    Unit.DAYS: 3_653,
    Unit.WEEKS: 522,
    Unit.MONTHS: 120,
    Unit.YEARS: 10,
    Unit.WORKING_DAYS: 2_610,
}
_ROUGH_HOURS = {
    Unit.MINUTES: 1 / 60,
    Unit.HOURS: 1.0,
    Unit.DAYS: 24.0,
    Unit.WEEKS: 168.0,
    Unit.MONTHS: 730.5,
    Unit.YEARS: 8766.0,
    Unit.WORKING_DAYS: 33.6,
}
_SHAPE = re.compile(r"(-?)([0-9]+)\s*([^\W\d_]+(?:\s+[^\W\d_]+)?)")
_NUMBER = re.compile(r"[-+]?[0-9]+([.,][0-9]+)?")
EXAMPLES = "write e.g. 3 days, 12 hours, 2 working days"
PATTERN = r"^[0-9]+ ?(minutes?|min|hours?|h|working days?|days?|d|weeks?|w|months?|years?|y)$"


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time, kept as it was written: `1 week` is not `7 days` when printed."""

    amount: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.singular if self.amount == 1 else self.unit}"

    @property
    def elapsed(self) -> timedelta | None:
        """The exact length for minutes and hours; None for units that only a calendar can measure."""
        if self.unit is Unit.MINUTES:
            return timedelta(minutes=self.amount)
        return timedelta(hours=self.amount) if self.unit is Unit.HOURS else None

    @property
    def roughly(self) -> timedelta:
        """About how long it is, for advice and for comparing two lengths; never for planning."""
        return timedelta(hours=self.amount * _ROUGH_HOURS[self.unit])


def parse_duration(text: str) -> Duration:
    """Read `2 working days`, `1 week`, `72 hours`, `3 d`, `12h`. From 0 to ten years; raises `Refused`."""
    plain = " ".join(text.split()) if len(text) <= 200 else text
    if _NUMBER.fullmatch(plain):
        raise Refused(found=text, expected=f"has no unit ({EXAMPLES})")
    shape = _SHAPE.fullmatch(plain)
    if shape is None:
        raise Refused(found=text, expected=f"is not a duration ({EXAMPLES})")
    if shape[1]:
        raise Refused(found=text, expected=f"is negative ({EXAMPLES})")
    return _checked(text, digits=shape[2], unit=_unit(text, shape[3].lower()))


def _unit(text: str, word: str) -> Unit:
    unit = _SPELLINGS.get(word)
    if unit is not None:
        return unit
    if word == "m":
        raise Refused(found=text, expected="could be minutes or months (write e.g. 30 minutes, 3 months)")
    if word.rstrip("s") in {"business day", "workday", "weekday"}:
        raise Refused(found=text, expected='is not a duration (write "working days", e.g. 2 working days)')
    near = did_you_mean(word, _SPELLINGS)
    raise Refused(found=text, expected=f"is not a duration ({EXAMPLES}){near}")


def _checked(text: str, *, digits: str, unit: Unit) -> Duration:
    amount = int(digits) if len(digits) <= 9 else 10**9
    if amount > _MOST[unit]:
        raise Refused(found=text, expected=f"is longer than ten years ({EXAMPLES})")
    return Duration(amount, unit)
