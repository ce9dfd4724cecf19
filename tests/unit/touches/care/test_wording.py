"""Notices to leads: every language has every sentence with the same places, and says something of its own."""

from dataclasses import fields
from string import Formatter

import pytest

from channels.mail import wording as footers
from touches.care.wording import Wording, wording_for
from touches.web.wording import wordings

LANGUAGES = ("en", "fi", "de", "fr", "es", "it", "nl", "sv", "ru", "zh", "fil")
SENTENCES = [field.name for field in fields(Wording)]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_has_the_places_of_the_english_one(language: str, sentence: str) -> None:
    assert places(getattr(wording_for(language), sentence)) == places(getattr(wording_for("en"), sentence))


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_language_does_not_fall_back_to_english(language: str) -> None:
    ours, english = wording_for(f"{language}-XX"), wording_for("en")
    assert ours.interim_next != english.interim_next
    assert footers.wording_for(language).choose != footers.wording_for("en").choose


@pytest.mark.parametrize(
    ("language", "greeting"), [("en", "Hello,"), ("ru", "Здравствуйте!"), ("zh", "您好："), ("es", "Hola:")]
)
def test_a_nameless_lead_is_greeted_without_a_gap(language: str, greeting: str) -> None:
    assert wording_for(language).greet("") == greeting
    assert "Ann" in wording_for(language).greet("Ann")


def test_notices_footers_and_pages_speak_the_same_languages() -> None:
    assert set(wordings()) == set(LANGUAGES)
