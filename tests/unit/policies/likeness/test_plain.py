"""What of a news body says something."""

import pytest

from policies.likeness.language import guessed_language
from policies.likeness.plain import readable, telling


def kept(body: str) -> str:
    return " ".join(telling(readable(body)).split())


@pytest.mark.parametrize(
    "body",
    [
        "Hello {{ lead.first_name }},\n\nWe moved.",
        "Dear customer,\n\nWe moved.\n\nKind regards,\nThe team",
        "Hei!\nWe moved.\nTerveisin Liisa",
        "Sehr geehrte Frau {{ lead.last_name }},\n\nWe moved.\n\nMit freundlichen Grüßen\nIhr Team",
        "Здравствуйте, {{ lead.first_name }}!\n\nWe moved.\n\nС уважением,\nслужба поддержки",
        "尊敬的客户：\n\nWe moved.\n\n此致\n敬礼",
        "Magandang araw po!\n\nWe moved.\n\nMaraming salamat,\nAng team",
        "# We *moved*.",
        "- [We moved](https://example.test/a).",
        "We\u00ad moved.{# not yet #}",
    ],
)
def test_greeting_sign_off_placeholders_and_marking_say_nothing(body: str) -> None:
    assert kept(body) == "We moved."


def test_a_greeting_with_a_number_stays() -> None:
    assert "24" in kept("Hello shop 24, we moved.")


def test_a_closing_line_with_a_number_stays() -> None:
    assert "22" in kept("We moved.\n\nThanks, until 22:00")


def test_a_text_that_is_nothing_but_a_greeting_stays() -> None:
    assert kept("Hello!") == "Hello!"


def test_a_comparison_sign_is_no_markup() -> None:
    assert kept("Parcels < 5 kg and > 3 kg") == "Parcels < 5 kg and > 3 kg"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("From Monday we answer until ten, and you do not need to do anything.", "en"),
        ("Avasimme toisen kahvilan, ja se on auki myös lauantaisin.", "fi"),
        ("Wir haben das Lager geschlossen und sind bald wieder für Sie da.", "de"),
        ("我们的仓库不开门。", "zh"),
        ("Sarado ang bodega namin sa Pasig dahil sa imbentaryo.", "tl"),
        ("Склад закрыт на учёт.", "ru"),
        ("", "en"),
    ],
)
def test_the_language_is_guessed_from_script_and_small_words(text: str, language: str) -> None:
    assert guessed_language(text) == language
