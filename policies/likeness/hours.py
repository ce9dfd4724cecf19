"""Hours in a row of tokens: which half of the day they are of, and their one form."""

from policies.likeness.lookup import described

_HAN_AFTERNOON = frozenset({"下午", "晚上", "傍晚"})
_BETWEEN = frozenset({"ng", "uhr", "o'clock", "на", "часов", "часа"})


def is_after_noon(tokens: list[str], at: int, *, language: str) -> bool:
    """Whether the number is an hour of the second half of the day: `10 pm`, `5 to 8 pm`, `晚上10点`."""
    words = described(language).afternoon
    ranges = described(language).ranges
    if language == "zh":
        before = tokens[max(0, at - 4) : at]
        return "点" in tokens[at + 1 : at + 2] and any(token in _HAN_AFTERNOON for token in before)
    after = [token for token in tokens[at + 1 : at + 6] if token not in _BETWEEN]
    if after[:1] and after[0] in words:
        return True
    is_range = len(after) > 2 and after[0] in ranges and after[1][0].isdecimal() and after[2] in words
    return is_range and _minutes(tokens[at]) < _minutes(after[1])


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
