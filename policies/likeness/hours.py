"""Hours in a row of tokens: which half of the day they are of, and their one form."""

from policies.likeness.lookup import described, meaning_of, unit_of

_HAN_AFTERNOON = frozenset({"下午", "晚上", "傍晚"})
_LISTS = frozenset({"and", "und", "ja", "и", "at"})
_HOURS_OF_HALF = 12
_LONGEST_HOUR = 3
_BETWEEN = frozenset({"ng", "uhr", "o'clock", "на", "часов", "часа", "välillä"})


def is_after_noon(tokens: list[str], at: int, *, language: str) -> bool:
    """Whether the number is an hour of the second half of the day: `10 pm`, `5 to 8 pm`, `晚上10点`."""
    words = described(language).afternoon
    ranges = described(language).ranges
    if language == "zh":
        before = tokens[max(0, at - 4) : at]
        return "点" in tokens[at + 1 : at + 2] and any(token in _HAN_AFTERNOON for token in before)
    if _ends_range(tokens, at, language=language):
        return True
    after = [token for token in tokens[at + 1 : at + 6] if token not in _BETWEEN]
    if after[:1] and after[0] in words:
        return True
    is_range = len(after) > 2 and after[0] in ranges and after[1][0].isdecimal() and after[2] in words
    return is_range and _minutes(tokens[at]) < _minutes(after[1])


def _ends_range(tokens: list[str], at: int, *, language: str) -> bool:
    """Whether the number is the `five` of `from nine to five`: both are hours, and the later is the smaller one."""
    end = _hour(tokens[at], language=language)
    if end is None or _counts_things(tokens, at, language=language):
        return False
    if language == "fi" and at > 0 and tokens[at - 1].endswith(("sta", "stä")) and tokens[at][0].isalpha():
        start = _hour(tokens[at - 1], language=language)
    elif at > 1 and tokens[at - 1] in described(language).ranges and tokens[at - 1] not in _LISTS:
        start = _hour(tokens[at - 2], language=language)
    else:
        return False
    return start is not None and start > end


def _counts_things(tokens: list[str], at: int, *, language: str) -> bool:
    """Whether a noun follows the number: `from nine to five visitors`."""
    following = tokens[at + 1] if at + 1 < len(tokens) else ""
    if not following[:1].isalpha():
        return bool(following) and unit_of(following, language=language) is not None
    kinds = ("weekdays", "weekday_groups", "days", "months")
    is_time = following in _BETWEEN or any(meaning_of(following, language=language, kind=kind) for kind in kinds)
    return not is_time and following not in described(language).common


def is_range_of_hours(tokens: list[str], at: int, *, language: str) -> bool:
    """Whether the number ends a range such as `6 to 9` that may be one of hours."""
    if at < 2:
        return False
    link, start, end = tokens[at - 1], _hour(tokens[at - 2], language=language), _hour(tokens[at], language=language)
    is_link = link in described(language).ranges and (link not in _LISTS or tokens[at + 1 : at + 2] == ["välillä"])
    if not is_link or not start or not end or _counts_things(tokens, at, language=language):
        return False
    return start < end


def _hour(token: str, *, language: str) -> int | None:
    written = token if token[0].isdecimal() else meaning_of(token, language=language, kind="numbers") or ""
    hours = written.partition(":")[0]
    return (
        int(hours) if hours.isdecimal() and len(hours) < _LONGEST_HOUR and 1 <= int(hours) <= _HOURS_OF_HALF else None
    )


def belongs_to_hour(tokens: list[str], at: int, *, language: str) -> bool:
    """Whether a word for a part of the day belongs to the hour beside it."""
    if language == "zh":
        return tokens[at] in _HAN_AFTERNOON and "点" in tokens[at + 2 : at + 3]
    afternoon = tokens[at] in described(language).afternoon
    return afternoon and any(token[0].isdecimal() for token in tokens[max(0, at - 2) : at])


def _minutes(written: str) -> int:
    """Of an hour in digits; 0 for what is none."""
    hours, _, minutes = written.partition(":")
    return int(hours) * 60 + int(minutes or 0) if hours.isdecimal() and len(hours) <= 2 else 0


def plain_hour(written: str) -> str:
    """A whole hour is its number: `22:00` is `22`."""
    hours, minutes = written.split(":")
    return f"{int(hours)}" if minutes == "00" else f"{int(hours)}:{minutes}"


def later(number: str) -> str:
    """The hour of the second half of the day."""
    hours, colon, minutes = number.partition(":")
    return f"{int(hours) + 12}{colon}{minutes}" if hours.isdecimal() and 1 <= int(hours) < 12 else number
