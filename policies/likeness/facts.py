"""The facts of a text: numbers, dates, times, weekdays and units, in one form for all languages and spellings."""

import re
from dataclasses import dataclass, field

from policies.likeness.dates import MARK_OF_MONTH, clock_spelled, dates_spelled
from policies.likeness.han import spaced
from policies.likeness.hours import belongs_to_hour, is_after_noon, later, plain_hour
from policies.likeness.lookup import described, meaning_of, misspelt, unit_of
from policies.likeness.numerals import NUMBER, multiplied, plain_number
from policies.likeness.spoken import spoken_in_digits
from policies.likeness.words.vocabulary import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Each in the order of the text. A whole hour is its number, so `22:00`, `10 pm` and `22 Uhr` are all `22`.
    `beside` holds for each number the words right before and behind it, but for units."""

    numbers: tuple[str, ...] = ()
    beside: tuple[frozenset[str], ...] = ()
    months: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    def key(self) -> str:
        """Texts that say the same have the same key, so that an index needs to look no further."""
        return f"{' '.join(sorted(set(self.numbers)))}/{' '.join(sorted(set(self.months)))}"


@dataclass(slots=True)
class _Sheet:
    """What has been read so far."""

    language: str
    numbers: list[str] = field(default_factory=list)
    beside: list[frozenset[str]] = field(default_factory=list)
    months: list[str] = field(default_factory=list)
    weekdays: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    after_number: int = -1  # the place of the token that follows the last number

    def put(self, number: str, tokens: list[str], start: int, end: int) -> None:
        """A number that is written in the tokens from `start` up to `end`."""
        near = (*tokens[max(0, start - 1) : start], *tokens[end : end + 1])
        self.numbers.append(number)
        self.beside.append(frozenset(token for token in near if unit_of(token, language=self.language) is None))

    def facts(self) -> Facts:
        return Facts(
            numbers=tuple(self.numbers),
            beside=tuple(self.beside),
            months=tuple(self.months),
            weekdays=tuple(self.weekdays),
            days=tuple(self.days),
            units=tuple(self.units),
        )


_TOKEN = re.compile(
    rf"{MARK_OF_MONTH}\d+|\d{{1,2}}:\d{{2}}|(?<!\d)(?:1/[234]|2/3|3/4)(?!\d)|{NUMBER}|[^\W\d_]+(?:['-][^\W\d_]+)*|[%€$£₱₽¥–—-]"
)
_LONG_MULTIPLIER = 5
_HAN_COUNTER = "个"
_ALL_OF_IT = "100"  # per cent: wholly, in as many words
_AS_FRACTION = {"10": "1/10", "20": "1/5", "25": "1/4", "50": "1/2", "75": "3/4"}
_EASILY_MISSPELT = frozenset({"numbers", "months", "weekdays"})
_SHORT_MONTHS = words("jan feb mar march apr may jun jul aug sep sept oct nov dec mai mär mara")
_SHORT_DAYS = words("mon tue wed thu fri")


def read_facts(text: str, *, language: str) -> tuple[Facts, tuple[str, ...]]:
    """The facts of a lowered text, and its words without those that are facts, in their order."""
    if language == "zh":
        text = spaced(text)
    sheet = _Sheet(language)
    text = spoken_in_digits(clock_spelled(text, language=language), language=language)
    tokens = _TOKEN.findall(dates_spelled(text, language=language))
    at = 0
    while at < len(tokens):
        at += _take(tokens, at, sheet)
    return sheet.facts(), tuple(sheet.words)


def _take(tokens: list[str], at: int, sheet: _Sheet) -> int:
    """Put one token, or a few that belong together, on the sheet; how many were taken."""
    token = tokens[at]
    if token[0] == MARK_OF_MONTH:
        sheet.months.append(token[1:])
        return 1
    if token[0].isdecimal():
        return _take_number(tokens, at, sheet)
    return _take_counted(tokens, at, sheet) or _take_named(tokens, at, sheet) or _take_word(token, sheet)


def _take_number(tokens: list[str], at: int, sheet: _Sheet) -> int:
    token = tokens[at]
    if "/" in token:
        sheet.put(token, tokens, at, at + 1)
        return 1
    return _put(plain_hour(token) if ":" in token else plain_number(token), tokens, at, 1, sheet)


def _take_counted(tokens: list[str], at: int, sheet: _Sheet) -> int:
    """Numbers in words: `twenty-five`, `two thousand`, `half`; the word for one is an article too often to count."""
    if fraction := _value(tokens[at], sheet, "fractions"):
        return _put(fraction, tokens, at, 1, sheet)
    counted = _counted(tokens[at], sheet)
    if counted is None:
        return 0
    total, taken = counted, 1
    following = _value(tokens[at + 1], sheet, "numbers") if at + 1 < len(tokens) else None
    if following and total >= 20 and total % 10 == 0 and int(following) < 10:
        total, taken = total + int(following), 2
    return _put(str(total), tokens, at, taken, sheet)


def _counted(token: str, sheet: _Sheet) -> int | None:
    """`twenty-five` is 25, `three-year` 3 with its unit, `viisituhatta` 5000; None for what counts nothing."""
    parts = token.split("-")
    if len(parts) > 1 and (unit := unit_of(parts[-1], language=sheet.language)):
        sheet.units.append(unit)
        parts = parts[:-1]
    values = [_value(part, sheet, "numbers") for part in parts]
    if all(values):
        return sum(int(value or 0) for value in values)
    for word, factor in described(sheet.language).multipliers.items():
        if (
            len(word) >= _LONG_MULTIPLIER
            and token.endswith(word)
            and (one := _value(token[: -len(word)], sheet, "numbers"))
        ):
            return int(one) * int(factor)
    return None


def _put(number: str, tokens: list[str], at: int, taken: int, sheet: _Sheet) -> int:
    """Put a number of so many tokens on the sheet, with what follows it: factors, the half of the day, a unit."""
    after_noon = is_after_noon(tokens, at + taken - 1, language=sheet.language)
    factors = []
    while at + taken < len(tokens) and (factor := _value(tokens[at + taken], sheet, "multipliers")):
        factors.append(factor)
        taken += 1
    number = multiplied("0.5" if factors and number == "1/2" else number, factors)
    units = _take_unit(tokens, at + taken, sheet)
    sheet.after_number = at + taken
    is_share = units and sheet.units[-1] == "percent"
    if not is_share:
        sheet.put(later(number) if after_noon else number, tokens, at, at + taken)
    elif number != _ALL_OF_IT:
        sheet.put(_AS_FRACTION.get(number, number), tokens, at, at + taken)
    return taken + units


def _take_unit(tokens: list[str], at: int, sheet: _Sheet) -> int:
    if at < len(tokens) and (unit := unit_of(tokens[at], language=sheet.language)):
        sheet.units.append(unit)
        return 1
    return 0


def _take_named(tokens: list[str], at: int, sheet: _Sheet) -> int:
    """A month, a weekday, a day such as tomorrow, a part of the day, or a sign of currency before its number."""
    token = tokens[at]
    short = token in _SHORT_MONTHS or token in _SHORT_DAYS
    if (month := _value(token, sheet, "months")) and (not short or _beside_number(tokens, at)):
        sheet.months.append(month)
    elif (group := _value(token, sheet, "weekday_groups")) and not _is_counted(tokens, at, sheet):
        sheet.weekdays.extend(group.split("-"))
    elif (weekday := _weekday(tokens, at, sheet)) and (not short or _beside_number(tokens, at)):
        sheet.weekdays.append(weekday)
    elif day := _value(token, sheet, "days"):
        if not belongs_to_hour(tokens, at, language=sheet.language):
            sheet.days.append(day)
    elif at + 1 < len(tokens) and tokens[at + 1][0].isdecimal() and (unit := _currency(token)):
        sheet.units.append(unit)
    else:
        return 0
    return 1


def _is_counted(tokens: list[str], at: int, sheet: _Sheet) -> bool:
    """`2 working days` are a length, `on working days` are Monday to Friday."""
    counter = at > 0 and tokens[at - 1] == _HAN_COUNTER
    return sheet.after_number == at - counter


def _weekday(tokens: list[str], at: int, sheet: _Sheet) -> str | None:
    means_week = at > 0 and tokens[at - 1] in described(sheet.language).weeks_after
    return None if means_week else _value(tokens[at], sheet, "weekdays")


def _currency(token: str) -> str | None:
    unit = unit_of(token, language="")
    return unit if unit and unit.isupper() else None


def _take_word(token: str, sheet: _Sheet) -> int:
    if token[0].isalpha():
        sheet.words.append(token)
    return 1


def _value(token: str, sheet: _Sheet, kind: str) -> str | None:
    found = meaning_of(token, language=sheet.language, kind=kind)
    return found or (misspelt(token, language=sheet.language, kind=kind) if kind in _EASILY_MISSPELT else None)


def _beside_number(tokens: list[str], at: int) -> bool:
    return any(0 <= n < len(tokens) and tokens[n][0].isdecimal() for n in (at - 2, at - 1, at + 1))
