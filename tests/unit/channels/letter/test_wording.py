"""Dates and formulas by language."""

from datetime import date

import pytest

from channels.letter.wording import WORDINGS, long_date, wording_for

DAY = date(2026, 11, 3)


@pytest.mark.parametrize(
    ("language", "country", "text"),
    [
        ("en", "GB", "3 November 2026"),
        ("en", "US", "November 3, 2026"),
        ("en-GB", "", "3 November 2026"),
        ("", "FI", "3 November 2026"),
        ("fi", "FI", "3.11.2026"),
        ("de-AT", "AT", "3. November 2026"),
        ("fr", "FR", "3 novembre 2026"),
        ("sv", "SE", "3 november 2026"),
        ("fil", "PH", "Nobyembre 3, 2026"),
        ("zh-Hans", "CN", "2026年11月3日"),
        ("ru", "RU", "3 ноября 2026 г."),
        ("pl", "PL", "2026-11-03"),
    ],
)
def test_a_date_is_written_as_the_language_writes_it(language: str, country: str, text: str) -> None:
    assert long_date(DAY, language, country) == text


def test_an_unknown_language_gets_english_formulas() -> None:
    assert wording_for("pl") is WORDINGS["en"]


@pytest.mark.parametrize("language", WORDINGS)
def test_every_language_has_twelve_months_or_numbers_and_all_places(language: str) -> None:
    words = WORDINGS[language]
    assert len(words.months.split()) in (0, 12)
    assert "{where}" in words.objection
    assert "{where}" in words.complaint
    assert "{page}" in words.page
    assert "{pages}" in words.page
