"""How the words of each field are understood: one at a time, or for a whole column. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Final

from touches.people.draft import Defaults
from touches.people.mailboxes import mailbox_of
from touches.people.words import (
    NotUnderstood,
    basis_of,
    channel_of,
    country_of,
    language_of,
    size_of,
    zone_name_of,
)

UNDERSTOOD: Final[tuple[tuple[str, Callable[[str], str]], ...]] = (
    ("country", country_of),
    ("timezone", zone_name_of),
    ("language", language_of),
    ("preferred_channel", channel_of),
)


def birth_year_of(text: str, now: int) -> int:
    """A year, or the year of a date. Raises NotUnderstood; nobody is older than 120 or not yet born."""
    found = re.search(r"(?<![0-9])(1[89][0-9]{2}|20[0-9]{2})(?![0-9])", text)
    if not found:
        raise NotUnderstood("is no year of birth: expected one as 1968 or a date as 1968-05-17")
    year = int(found[1])
    if not now - 120 <= year <= now:
        raise NotUnderstood(f"is no year of birth of anybody alive in {now}")
    return year


def birth_year_of_age(text: str, now: int) -> int:
    found = re.fullmatch(r"([0-9]{1,3})(?:\.0+)?", text)
    if not found or int(found[1]) > 120:
        raise NotUnderstood("is no age: expected a number of years, at most 120")
    return now - int(found[1])


def understood_by(defaults: Defaults) -> Mapping[str, Callable[[str], object]]:
    """How the words of each field are understood, for whole columns; NotUnderstood where they are not."""
    owners = defaults.owners
    return {
        **dict(UNDERSTOOD),
        "email": mailbox_of,
        "owner": lambda text: owners.get(text.casefold(), text),
        "consent": basis_of,
        "company_size": size_of,
        "birth_year": lambda text: birth_year_of(text, defaults.year),
        "age": lambda text: birth_year_of_age(text, defaults.year),
    }


NUMBERS: Final[Mapping[str, Callable[[str, int], int]]] = {
    "company_size": lambda text, _now: size_of(text),
    "birth_year": birth_year_of,
    "age": birth_year_of_age,
}


def day_of(text: str) -> datetime:
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        raise NotUnderstood("is no date: expected one as 2026-11-30") from None
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
