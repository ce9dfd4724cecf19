"""What the facts of a text are kept in, while it is read and after."""

from dataclasses import dataclass, field

from policies.likeness.hours import later
from policies.likeness.lookup import unit_of

_EARLY = frozenset({"morning", "noon"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Each in the order of the text. A whole hour is its number, so `22:00`, `10 pm` and `22 Uhr` are all `22`.

    `beside` holds for each number the words right before and behind it, but for units; `units` the unit of each number,
    empty where it has none. `single` are units that stand without a number (`a day`), `month_ends` the months of which
    the end is spoken of.
    """

    numbers: tuple[str, ...] = ()
    beside: tuple[frozenset[str], ...] = ()
    months: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    single: frozenset[str] = frozenset()
    month_ends: frozenset[str] = frozenset()

    def key(self) -> str:
        """Texts that say the same have the same key, but for numbers that are the same in other units."""
        return facts_key(self.numbers, self.months)


def facts_key(numbers: tuple[str, ...], months: tuple[str, ...]) -> str:
    """One key for the same numbers and months in any order."""
    return f"{' '.join(sorted(set(numbers)))}/{' '.join(sorted(set(months)))}"


@dataclass(slots=True)
class Sheet:
    """What has been read so far."""

    language: str
    numbers: list[str] = field(default_factory=list)
    beside: list[frozenset[str]] = field(default_factory=list)
    months: list[str] = field(default_factory=list)
    weekdays: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    single: set[str] = field(default_factory=set)
    month_ends: set[str] = field(default_factory=set)
    words: list[str] = field(default_factory=list)
    ranges: list[int] = field(default_factory=list)  # the places of numbers that end a range of hours
    after_number: int = -1  # the place of the token that follows the last number
    unit_before: str = ""  # a sign of currency that waits for its number

    def put(self, number: str, unit: str, tokens: list[str], start: int, end: int) -> None:
        """A number that is written in the tokens from `start` up to `end`."""
        near = (*tokens[max(0, start - 1) : start], *tokens[end : end + 1])
        self.numbers.append(number)
        self.units.append(unit or self.unit_before)
        self.unit_before = ""
        self.beside.append(frozenset(token for token in near if unit_of(token, language=self.language) is None))

    def facts(self) -> Facts:
        """What was read, to keep. A range of hours in a text on evenings is one of evening hours."""
        if not {"evening", "afternoon"}.isdisjoint(self.days) and _EARLY.isdisjoint(self.days):
            for end in self.ranges:
                self.numbers[end - 1 : end + 1] = map(later, self.numbers[end - 1 : end + 1])
        return Facts(
            numbers=tuple(self.numbers),
            beside=tuple(self.beside),
            months=tuple(self.months),
            weekdays=tuple(self.weekdays),
            days=tuple(self.days),
            units=tuple(self.units),
            single=frozenset(self.single),
            month_ends=frozenset(self.month_ends),
        )
