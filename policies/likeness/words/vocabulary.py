"""The shape of a language's vocabulary. All words are written in lower case, as they stand after normalising."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What one language contributes.

    Keys of `months`, `weekdays`, `weekday_groups`, `units`, `opposites`,
    `synonyms` and `days` that end in `*` are beginnings of words.
    `opposites` maps to a shared notion with a sign (`open+`, `open-`), so that opposites meet across languages.
    `lengths` maps parts of words that hold a number to its unit (`achtminütig`); a word that begins with one of
    `month_ends` beside a month speaks of its end.
    `weekday_groups` maps a word for several weekdays to the first and the last of them.
    `synonyms` maps words that may stand for each other in news to the first of them.
    `one_word` maps several words to the one that says the same (`no fee`, `free`).
    After a word of `weeks_after` the name of a weekday means a week.
    Beside a word of `again`, opening says that it was closed as well.
    Where `endings_tell_roles`, the order of words does not tell who does what.
    `clauses_begin_with` is given where a negation stands at the end of what it denies.
    """

    code: str
    stemmer: str | None = None
    common: frozenset[str] = frozenset()
    months: Mapping[str, str] = field(default_factory=dict)
    weekdays: Mapping[str, str] = field(default_factory=dict)
    weekday_groups: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    multipliers: Mapping[str, str] = field(default_factory=dict)
    fractions: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    lengths: Mapping[str, str] = field(default_factory=dict)
    month_ends: tuple[str, ...] = ()
    days: Mapping[str, str] = field(default_factory=dict)
    afternoon: frozenset[str] = frozenset()
    ranges: frozenset[str] = frozenset()
    weeks_after: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    again: frozenset[str] = frozenset()
    opposites: Mapping[str, str] = field(default_factory=dict)
    synonyms: Mapping[str, str] = field(default_factory=dict)
    one_word: Mapping[str, str] = field(default_factory=dict)
    greetings: tuple[str, ...] = ()
    sign_offs: tuple[str, ...] = ()
    dotted_dates: bool = False
    names_by_capital: bool = True
    endings_tell_roles: bool = False
    clauses_begin_with: frozenset[str] = frozenset()


def words(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


def numbered(text: str, *, first: int = 1) -> dict[str, str]:
    """`"one two|too"` becomes `{"one": "1", "two": "2", "too": "2"}`."""
    return {word: str(first + n) for n, group in enumerate(text.split()) for word in group.split("|")}


def bent(stems: str, endings: str, *, first: int) -> dict[str, str]:
    """Every stem with every ending, numbered in the order of the stems: the ordinals of a language."""
    found = {}
    for number, group in enumerate(stems.split(), start=first):
        found.update({stem + ending: str(number) for stem in group.split("|") for ending in endings.split()})
    return found


def phrases(text: str) -> tuple[str, ...]:
    """`"good day|dear"` becomes `("good day", "dear")`."""
    return tuple(text.split("|"))


def tens(text: str) -> dict[str, str]:
    """The words for 20, 30, … 90."""
    return {word: str(10 * n) for n, word in enumerate(text.split(), start=2)}


def valued(*groups: tuple[str, str]) -> dict[str, str]:
    """`("1000", "thousand thousands")` becomes `{"thousand": "1000", "thousands": "1000"}`."""
    return {word: value for value, group in groups for word in group.split()}


def valued_phrases(*groups: tuple[str, str]) -> dict[str, str]:
    """`("free", "no fee|no charge")` becomes `{"no fee": "free", "no charge": "free"}`."""
    return {phrase: word for word, group in groups for phrase in phrases(group)}


def meaning(**groups: str) -> dict[str, str]:
    """`hour="h hours"` becomes `{"h": "hour", "hours": "hour"}`."""
    return {word: name for name, group in groups.items() for word in group.split()}


def opposed(*pairs: tuple[str, str, str]) -> dict[str, str]:
    """`("open", "open*", "clos*")` becomes `{"open*": "open+", "clos*": "open-"}`."""
    found = {}
    for notion, plus, minus in pairs:
        found.update(dict.fromkeys(plus.split(), f"{notion}+"))
        found.update(dict.fromkeys(minus.split(), f"{notion}-"))
    return found


def alike(text: str) -> dict[str, str]:
    """`"buy purchas*|shop store"` becomes `{"buy": "buy", "purchas*": "buy", "shop": "shop", "store": "shop"}`."""
    return {word: group.split()[0].rstrip("*") for group in text.split("|") for word in group.split()}


SYMBOLS = meaning(
    percent="%",
    EUR="€ eur",
    USD="$ usd",
    GBP="£ gbp",
    PHP="₱ php",
    RUB="₽ rub",
    CNY="¥ cny rmb",
    mm="mm",
    cm="cm",
    km="km",
    kg="kg",
    gram="g",
    litre="l",
    hour="h",
    minute="min",
)
"""Signs and abbreviations that are the same in every language."""
