"""How other programs spell the columns of a list of people. The words are in header_words.toml."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources


def folded(header: str) -> str:
    """A header as it is compared: lower case, letters and digits only."""
    return "".join(char for char in header.casefold() if char.isalnum())


def spellings() -> Mapping[str, str]:
    """Folded spelling to field."""
    return _words()["spellings"]


def fields() -> tuple[str, ...]:
    """The names of all fields."""
    return tuple(dict.fromkeys(spellings().values()))


def second_best() -> Mapping[str, str]:
    """Spellings that count only where no better column says the same."""
    return _words()["second_best"]


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Mapping[str, str]]:
    text = resources.files("touches.people").joinpath("header_words.toml").read_text(encoding="utf-8")
    return {
        table: {folded(spelling): field for field, listed in fields.items() for spelling in listed}
        for table, fields in tomllib.loads(text).items()
    }
