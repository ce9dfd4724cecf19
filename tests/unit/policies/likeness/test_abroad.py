"""A name is the same name in other letters, and a place under the name it has in another language."""

import pytest

from policies.likeness import Text
from policies.likeness.abroad import missing_abroad, place_of, romanised
from policies.likeness.comparing import facts_against
from policies.likeness.reading import read


@pytest.mark.parametrize(
    ("one", "other"), [("волкова", "volkova"), ("wolkowa", "волкова"), ("ниеми", "niemi"), ("чехов", "chekhov")]
)
def test_what_sounds_alike_is_spelled_alike(one: str, other: str) -> None:
    assert romanised(one) == romanised(other)


@pytest.mark.parametrize(
    ("word", "place"), [("wienissä", "vienna"), ("тонавы", None), ("дунае", "danube"), ("tanskalaista", "denmark")]
)
def test_a_place_is_known_by_its_names(word: str, place: str | None) -> None:
    assert place_of(word) == place


ENGLISH = "On 12 May the pianist Maria Sokolova plays at our showroom in Vienna."
ABROAD = {
    "de": "Am 12. Mai spielt die Pianistin Maria Sokolowa in unserem Ausstellungsraum in Wien.",
    "fi": "Pianisti Maria Sokolova soittaa myymälässämme Wienissä 12. toukokuuta.",
    "ru": "12 мая пианистка Мария Соколова играет в нашем салоне в Вене.",
}


@pytest.mark.parametrize("language", sorted(ABROAD))
def test_a_translation_keeps_its_names(language: str) -> None:
    one, other = (
        Text(id=code, language=code, body=body) for code, body in (("en", ENGLISH), (language, ABROAD[language]))
    )
    assert missing_abroad(read(one), read(other)) == (set(), set())
    assert facts_against(one, other) == ()


@pytest.mark.parametrize("language", sorted(ABROAD))
def test_another_person_in_a_translation_is_other_news(language: str) -> None:
    one = Text(id="en", language="en", body=ENGLISH.replace("Maria Sokolova", "Clara Lindgren"))
    other = Text(id=language, language=language, body=ABROAD[language])
    assert any("name" in reason for reason in facts_against(one, other))
