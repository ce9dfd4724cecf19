"""The facts of a text: numbers, dates, times, weekdays and units, in one form for all languages and spellings."""

import re

from policies.likeness.dates import MARK_OF_MONTH, clock_spelled, dates_spelled
from policies.likeness.han import ONE_OF, spaced
from policies.likeness.hours import belongs_to_hour, is_after_noon, is_range_of_hours, later, plain_hour
from policies.likeness.lookup import described, meaning_of, misspelt, unit_of
from policies.likeness.numerals import NUMBER, multiplied, plain_number
from policies.likeness.sheet import Facts, Sheet
from policies.likeness.spoken import spoken_in_digits
from policies.likeness.words.chinese import CHINESE
from policies.likeness.words.vocabulary import words

_TOKEN = re.compile(
    rf"{MARK_OF_MONTH}\d+|\d{{1,2}}:\d{{2}}|(?<!\d)(?:1/[234]|2/3|3/4)(?!\d)|{NUMBER}|[^\W\d_]+(?:['-][^\W\d_]+)*|[%€$£₱₽¥–—-]"
)
_LONG_MULTIPLIER = 5
_HAN_COUNTER = "个"
_ALL_OF_IT = "100"  # per cent: wholly, in as many words
_AS_FRACTION = {"10": "1/10", "20": "1/5", "25": "1/4", "50": "1/2", "75": "3/4"}
_EASILY_MISSPELT = frozenset({"numbers", "months", "weekdays"})
_FILIPINO = frozenset({"tl", "fil"})
_DIGITS_OF_CENTS = 2
_LONGEST_DAY = 2
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT_MONTHS = words("jan feb mar march apr may jun jul aug sep sept oct nov dec mai mär mara")
_SHORT_DAYS = words("mon tue wed thu fri")


def read_facts(text: str, *, language: str) -> tuple[Facts, tuple[str, ...]]:
    """The facts of a lowered text, and its words without those that are facts, in their order."""
    if language == "zh":
        text = spaced(text)
    sheet = Sheet(language)
    text = spoken_in_digits(clock_spelled(text, language=language), language=language)
    tokens = _TOKEN.findall(dates_spelled(text, language=language))
    at = 0
    while at < len(tokens):
        at += _take(tokens, at, sheet)
    if language == "zh":
        sheet.single.update(CHINESE.units[unit] for unit in ONE_OF.findall(text))
    return sheet.facts(), tuple(sheet.words)


def _take(tokens: list[str], at: int, sheet: Sheet) -> int:
    """Put one token, or a few that belong together, on the sheet; how many were taken."""
    token = tokens[at]
    if token[0] == MARK_OF_MONTH:
        return _take_month(token[1:], tokens, at, sheet)
    if token[0].isdecimal():
        number = token if "/" in token else plain_hour(token) if ":" in token else plain_number(token)
        return _put(number, tokens, at, 1, sheet)
    return _take_counted(tokens, at, sheet) or _take_named(tokens, at, sheet) or _take_word(token, sheet)


def _take_month(month: str, tokens: list[str], at: int, sheet: Sheet) -> int:
    sheet.months.append(month)
    near = (*tokens[max(0, at - 2) : at], *tokens[at + 1 : at + 2])
    if any(token.startswith(described(sheet.language).month_ends) for token in near):
        sheet.month_ends.add(month)
    return 1


def _take_counted(tokens: list[str], at: int, sheet: Sheet) -> int:
    """Numbers in words: `twenty-five`, `two thousand`, `half`; the word for one is an article too often to count."""
    if fraction := _value(tokens[at], sheet, "fractions"):
        return _put(fraction, tokens, at, 1, sheet)
    counted, unit = _counted(tokens[at], sheet)
    if counted is None:
        return 0
    total, taken = counted, 1
    following = _value(tokens[at + 1], sheet, "numbers") if at + 1 < len(tokens) else None
    if following and total >= 20 and total % 10 == 0 and int(following) < 10:
        total, taken = total + int(following), 2
    return _put(str(total), tokens, at, taken, sheet, unit=unit)


def _counted(token: str, sheet: Sheet) -> tuple[int | None, str]:
    """`twenty-five` is 25, `three-year` 3 with its unit, `viisituhatta` 5000; None for what counts nothing."""
    if whole := _value(token, sheet, "numbers"):
        return int(whole), _unit_at_end(token, sheet)
    parts = token.split("-")
    units = [unit_of(part, language=sheet.language) for part in parts]
    at_unit = next((n for n, unit in enumerate(units) if unit), len(parts))
    values = [_value(part, sheet, "numbers") for part in parts[:at_unit]]
    if values and all(values):
        sheet.words.extend(parts[at_unit + 1 :])
        return sum(int(value or 0) for value in values), next(filter(None, units), "")
    for word, factor in described(sheet.language).multipliers.items():
        one = token.endswith(word) and len(word) >= _LONG_MULTIPLIER and token[: -len(word)]
        if one and (value := _value(one, sheet, "numbers")):
            return int(value) * int(factor), ""
    return None, ""


def _unit_at_end(token: str, sheet: Sheet) -> str:
    """The unit in a word that is a number with one: `achtminütig`, `kahdeksanminuuttinen`."""
    lengths = described(sheet.language).lengths
    return next((unit for part, unit in lengths.items() if part in token), "")


def _put(number: str, tokens: list[str], at: int, taken: int, sheet: Sheet, *, unit: str = "") -> int:
    """Put a number of so many tokens on the sheet, with what follows it: factors, the half of the day, a unit."""
    after_noon = is_after_noon(tokens, at + taken - 1, language=sheet.language)
    factors = []
    while at + taken < len(tokens) and (factor := _value(tokens[at + taken], sheet, "multipliers")):
        factors.append(factor)
        taken += 1
    number = multiplied("0.5" if factors and number == "1/2" else number, factors)
    found, units = ("", 0) if unit else _unit_behind(tokens, at + taken, sheet)
    taken += units
    unit = unit or found
    if cents := _cents(tokens, at + taken, unit, sheet):
        number, taken = plain_number(f"{number}.{cents}"), taken + 1
    sheet.after_number = at + taken
    if unit != "percent":
        sheet.put(later(number) if after_noon else number, unit, tokens, at, at + taken - units)
        if not unit and not after_noon and is_range_of_hours(tokens, at + taken - 1, language=sheet.language):
            sheet.ranges.append(len(sheet.numbers) - 1)
    elif number != _ALL_OF_IT:
        sheet.put(_AS_FRACTION.get(number, number), unit, tokens, at, at + taken - units)
    return taken


def _unit_behind(tokens: list[str], at: int, sheet: Sheet) -> tuple[str, int]:
    """The unit that follows a number, and how many tokens it takes: `minutes`, `-minute video`, `na araw`."""
    links = 1 if tokens[at : at + 1] == ["-"] or (sheet.language in _FILIPINO and tokens[at : at + 1] == ["na"]) else 0
    if at + links >= len(tokens):
        return "", 0
    first, *rest = tokens[at + links].split("-")
    unit = unit_of(first, language=sheet.language)
    if not unit:
        return "", 0
    sheet.words.extend(rest)
    return unit, links + 1


def _cents(tokens: list[str], at: int, unit: str, sheet: Sheet) -> str:
    """The `fifty` of `two pounds fifty`."""
    if not unit.isupper() or at >= len(tokens):
        return ""
    number = _value(tokens[at], sheet, "numbers") or ""
    following = at + 1 < len(tokens) and (
        unit_of(tokens[at + 1], language=sheet.language) or _month(tokens, at + 1, sheet)
    )
    return number if len(number) == _DIGITS_OF_CENTS and not following else ""


def _take_named(tokens: list[str], at: int, sheet: Sheet) -> int:
    """A month, a weekday, a day such as tomorrow, a part of the day, or a sign of currency before its number."""
    token = tokens[at]
    if month := _month(tokens, at, sheet):
        return _take_month(month, tokens, at, sheet)
    short = token in _SHORT_DAYS
    if (group := _value(token, sheet, "weekday_groups")) and not _is_counted(tokens, at, sheet):
        sheet.weekdays.extend(group.split("-"))
    elif (weekday := _weekday(tokens, at, sheet)) and (not short or _beside_number(tokens, at)):
        sheet.weekdays.append(weekday)
    elif day := _value(token, sheet, "days"):
        if not belongs_to_hour(tokens, at, language=sheet.language):
            sheet.days.extend(day.split("+"))
    elif at + 1 < len(tokens) and tokens[at + 1][0].isdecimal() and (unit := _currency(token)):
        sheet.unit_before = unit
    else:
        return 0
    return 1


def _month(tokens: list[str], at: int, sheet: Sheet) -> str | None:
    """`may` and `march` are months beside a day or a year, and `march` behind `the end of` as well."""
    token = tokens[at]
    month = _value(token.rpartition("-")[2], sheet, "months")
    if not month or token not in _SHORT_MONTHS:
        return month
    before = tokens[max(0, at - 2) : at]
    ends = described(sheet.language).month_ends
    is_end = bool(ends) and any(near.startswith(ends) for near in before)
    return month if is_end or _beside_number(tokens, at) else None


def _is_counted(tokens: list[str], at: int, sheet: Sheet) -> bool:
    """`2 working days` are a length, `on working days` are Monday to Friday."""
    counter = at > 0 and tokens[at - 1] == _HAN_COUNTER
    return sheet.after_number == at - counter and sheet.units[-1:] != ["percent"]


def _weekday(tokens: list[str], at: int, sheet: Sheet) -> str | None:
    means_week = at > 0 and tokens[at - 1] in described(sheet.language).weeks_after
    return None if means_week else _value(tokens[at], sheet, "weekdays")


def _currency(token: str) -> str | None:
    unit = unit_of(token, language="")
    return unit if unit and unit.isupper() else None


def _take_word(token: str, sheet: Sheet) -> int:
    if unit := unit_of(token, language=sheet.language):
        sheet.single.add(unit)
    if token[0].isalpha():
        sheet.words.append(token)
    return 1


def _value(token: str, sheet: Sheet, kind: str) -> str | None:
    found = meaning_of(token, language=sheet.language, kind=kind)
    return found or (misspelt(token, language=sheet.language, kind=kind) if kind in _EASILY_MISSPELT else None)


def _beside_number(tokens: list[str], at: int) -> bool:
    """Whether a number stands there that may be a day or a year."""
    near = (tokens[n] for n in (at - 2, at - 1, at + 1) if 0 <= n < len(tokens))
    return any(token.isdecimal() and (len(token) <= _LONGEST_DAY or _YEAR.fullmatch(token)) for token in near)
