"""The facts of a text: numbers, dates, times, weekdays and units, in one form for all languages and spellings."""

import re
from dataclasses import dataclass, field

from policies.likeness.dates import MARK_OF_MONTH, clock_spelled, dates_spelled
from policies.likeness.han import spaced
from policies.likeness.lookup import described, meaning_of, misspelt, unit_of
from policies.likeness.numerals import NUMBER, multiplied, plain_number
from policies.likeness.words.vocabulary import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Each in the order of the text. A whole hour is its number, so `22:00`, `10 pm` and `22 Uhr` are all `22`."""

    numbers: tuple[str, ...] = ()
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
    months: list[str] = field(default_factory=list)
    weekdays: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def facts(self) -> Facts:
        return Facts(
            numbers=tuple(self.numbers),
            months=tuple(self.months),
            weekdays=tuple(self.weekdays),
            days=tuple(self.days),
            units=tuple(self.units),
        )


_TOKEN = re.compile(
    rf"{MARK_OF_MONTH}\d+|\d{{1,2}}:\d{{2}}|(?<!\d)(?:1/[234]|2/3|3/4)(?!\d)|{NUMBER}|[^\W\d_]+(?:['-][^\W\d_]+)*|[%€$£₱₽¥–—-]"
)
_EASILY_MISSPELT = frozenset({"numbers", "months", "weekdays"})
_SHORT_MONTHS = words("jan feb mar march apr may jun jul aug sep sept oct nov dec mai mär mara")
_SHORT_DAYS = words("mon tue wed thu fri")


def read_facts(text: str, *, language: str) -> tuple[Facts, tuple[str, ...]]:
    """The facts of a lowered text, and its words without those that are facts, in their order."""
    if language == "zh":
        text = spaced(text)
    sheet = _Sheet(language)
    tokens = _TOKEN.findall(dates_spelled(clock_spelled(text, language=language), language=language))
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
        sheet.numbers.append(token)
        return 1
    number = _hour(token) if ":" in token else plain_number(token)
    taken, factors = 1, []
    while at + taken < len(tokens) and (factor := _value(tokens[at + taken], sheet, "multipliers")):
        factors.append(factor)
        taken += 1
    number = multiplied(number, factors)
    if _is_after_noon(tokens, at, sheet):
        number = _later(number)
    sheet.numbers.append(number)
    return taken + _take_unit(tokens, at + taken, sheet)


def _take_counted(tokens: list[str], at: int, sheet: _Sheet) -> int:
    """Numbers in words: `twenty-five`, `two thousand`, `half`; the word for one is an article too often to count."""
    if fraction := _value(tokens[at], sheet, "fractions"):
        sheet.numbers.append(fraction)
        return 1
    parts = tokens[at].split("-")
    values = [_value(part, sheet, "numbers") for part in parts]
    if not all(values):
        return 0
    total, taken = sum(int(value or 0) for value in values), 1
    following = _value(tokens[at + 1], sheet, "numbers") if at + 1 < len(tokens) else None
    if following and total >= 20 and total % 10 == 0 and int(following) < 10:
        total, taken = total + int(following), 2
    factors = []
    while at + taken < len(tokens) and (factor := _value(tokens[at + taken], sheet, "multipliers")):
        factors.append(factor)
        taken += 1
    sheet.numbers.append(multiplied(str(total), factors))
    return taken + _take_unit(tokens, at + taken, sheet)


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
    elif (group := _value(token, sheet, "weekday_groups")) and not _is_counted(tokens, at):
        sheet.weekdays.extend(group.split("-"))
    elif (weekday := _weekday(tokens, at, sheet)) and (not short or _beside_number(tokens, at)):
        sheet.weekdays.append(weekday)
    elif day := _value(token, sheet, "days"):
        if not _belongs_to_hour(tokens, at, sheet):
            sheet.days.append(day)
    elif at + 1 < len(tokens) and tokens[at + 1][0].isdecimal() and (unit := _currency(token)):
        sheet.units.append(unit)
    else:
        return 0
    return 1


def _is_counted(tokens: list[str], at: int) -> bool:
    """`2 working days` are a length, `on working days` are Monday to Friday."""
    return at > 0 and tokens[at - 1][0].isdecimal()


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


_HAN_AFTERNOON = frozenset({"下午", "晚上", "傍晚"})
_BETWEEN = frozenset({"ng", "uhr", "o'clock", "на", "часов", "часа"})


def _is_after_noon(tokens: list[str], at: int, sheet: _Sheet) -> bool:
    """Whether the number is an hour of the second half of the day: `10 pm`, `5 to 8 pm`, `晚上10点`."""
    words = described(sheet.language).afternoon
    ranges = described(sheet.language).ranges
    if sheet.language == "zh":
        before = tokens[max(0, at - 4) : at]
        return "点" in tokens[at + 1 : at + 2] and any(token in _HAN_AFTERNOON for token in before)
    after = [token for token in tokens[at + 1 : at + 6] if token not in _BETWEEN]
    if after[:1] and after[0] in words:
        return True
    return len(after) > 2 and after[0] in ranges and after[1][0].isdecimal() and after[2] in words


def _belongs_to_hour(tokens: list[str], at: int, sheet: _Sheet) -> bool:
    if sheet.language == "zh":
        return tokens[at] in _HAN_AFTERNOON and "点" in tokens[at + 2 : at + 3]
    afternoon = tokens[at] in described(sheet.language).afternoon
    return afternoon and any(token[0].isdecimal() for token in tokens[max(0, at - 2) : at])


def _hour(written: str) -> str:
    hours, minutes = written.split(":")
    return f"{int(hours)}" if minutes == "00" else f"{int(hours)}:{minutes}"


def _later(number: str) -> str:
    hours, colon, minutes = number.partition(":")
    return f"{int(hours) + 12}{colon}{minutes}" if hours.isdecimal() and 1 <= int(hours) < 12 else number
