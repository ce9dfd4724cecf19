"""Numbers that say the same in other units: 90 minutes are an hour and a half, and the end of March is the 31st."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import combinations

from policies.likeness.sheet import Facts, facts_key

_SIZES = (
    {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800},
    {"month": 1, "year": 12},
    {"gram": 1, "kg": 1000},
    {"mm": 1, "cm": 10, "metre": 1000, "km": 1_000_000},
)
_LAST_DAYS = {"2": ("28", "29")} | dict.fromkeys(("4", "6", "9", "11"), ("30",))
_LONGEST = 6
_LARGEST = 5000
_ONE = ""
"""How one of something is kept: the words for it are articles too often to count."""


def unmatched(one: Facts, two: Facts) -> tuple[set[str], set[str]]:
    """The numbers of each that the other has neither as they are nor in another unit."""
    gone, come = set(one.numbers) - set(two.numbers), set(two.numbers) - set(one.numbers)
    if not gone and not come:
        return gone, come
    return (
        {number for number in gone if not _is_said(number, one, two)},
        {number for number in come if not _is_said(number, two, one)},
    )


def _is_said(number: str, by: Facts, other: Facts) -> bool:
    if number == "1" and units_of(number, by) & other.single:
        return True
    if any(number in _last_days(month) for month in set(by.months) & other.month_ends):
        return True
    return any(
        (unit in other.single if written == _ONE else unit in units_of(written, other))
        for own in units_of(number, by)
        for unit, written in in_other_units(number, own)
    )


def units_of(number: str, facts: Facts) -> set[str]:
    """The units in which a text gives the number."""
    return {unit for each, unit in zip(facts.numbers, facts.units, strict=True) if each == number and unit}


def _last_days(month: str) -> tuple[str, ...]:
    return _LAST_DAYS.get(month, ("31",))


@lru_cache(maxsize=10_000)
def in_other_units(number: str, unit: str) -> tuple[tuple[str, str], ...]:
    """What `number` of `unit` is in others: `14`, `day` gives `("week", "2")`, `24`, `hour` gives `("day", "")`."""
    sizes = next((each for each in _SIZES if unit in each), {})
    value = _value(number) if sizes else None
    if value is None:
        return ()
    found = ((other, _written(value * sizes[unit] / sizes[other])) for other in sizes if other != unit)
    return tuple((other, written) for other, written in found if written is not None)


def _value(number: str) -> Fraction | None:
    if len(number) > _LONGEST or number.count(".") > 1 or ":" in number:
        return None
    return Fraction(number)


def _written(value: Fraction) -> str | None:
    """As it would have been read; None for what nobody says."""
    if value > _LARGEST:
        return None
    if value == 1:
        return _ONE
    if value.denominator in {2, 4} and value < 1:
        return f"{value.numerator}/{value.denominator}"
    if value.denominator == 1:
        return str(value.numerator)
    return str(float(value)) if value.denominator == 2 else None


def alike_keys(facts: Facts) -> list[str]:
    """The keys of texts that may say the same, with up to two of the numbers in other units."""
    changes = list(_changes(facts))
    chosen: Iterable[tuple[tuple[str, str], ...]] = [(), *((one,) for one in changes), *combinations(changes, 2)]
    keys = (facts_key(_changed(facts.numbers, each), facts.months) for each in chosen)
    return list(dict.fromkeys(keys))


def _changes(facts: Facts) -> Iterator[tuple[str, str]]:
    """What may stand for what: a number for another, for none, or, where there was none, a number."""
    for number, unit in set(zip(facts.numbers, facts.units, strict=True)):
        yield from ((number, written) for _, written in in_other_units(number, unit))
        if number == "1" and unit:
            yield (number, _ONE)
        if any(number in _last_days(month) for month in facts.months):
            yield (number, _ONE)
    for unit in facts.single:
        yield (_ONE, "1")
        yield from ((_ONE, written) for _, written in in_other_units("1", unit))
    for month in facts.month_ends:
        yield from ((_ONE, day) for day in _last_days(month))


def _changed(numbers: tuple[str, ...], changes: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    kept = set(numbers)
    for old, new in changes:
        kept.discard(old)
        kept.update([new] if new else [])
    return tuple(kept)
