"""Hours, shares and lengths as people say them are the numbers they stand for."""

import pytest

from policies.likeness import Text, compare
from policies.likeness.facts import read_facts
from policies.likeness.plain import lowered


@pytest.mark.parametrize(
    ("language", "spoken", "written"),
    [
        ("en", "at half past seven in the evening", "at 7.30 pm"),
        ("en", "from five to eight in the evening", "from 17:00 to 20:00"),
        ("en", "every tenth visitor", "every 10th visitor"),
        ("en", "an hour and a half", "1.5 hours"),
        ("en", "a fifth off", "20 % off"),
        ("en", "two dozen boxes", "24 boxes"),
        ("en", "25k customers", "twenty-five thousand customers"),
        ("en", "a three-year guarantee", "a guarantee of 3 years"),
        ("fi", "puoli kahdeksalta illalla", "klo 19.30."),
        ("fi", "kolmivuotinen takuu", "3 vuoden takuu"),
        ("fi", "kahdellekymmenelleviidelle hengelle", "25 hengelle"),
        ("fi", "neljänneksellä", "25 prosenttia"),
        ("de", "um halb acht abends", "um 19:30 Uhr"),
        ("de", "ein zweitägiger Kurs", "ein Kurs von 2 Tagen"),
        ("de", "fünfundzwanzigtausend Kunden", "25.000 Kunden"),
        ("ru", "в половине восьмого вечера", "в 19:30"),
        ("ru", "до десяти вечера", "до 22:00"),
        ("ru", "двухдневный курс", "курс на 2 дня"),
        ("ru", "каждый десятый", "каждый 10-й"),
        ("tl", "alas-siyete y medya ng gabi", "7:30 ng gabi"),
        ("tl", "dalawampu't limang porsiyento", "25 porsiyento"),
        ("zh", "四分之一", "25%"),
        ("zh", "2.5万名客户", "两万五千名客户"),
        ("zh", "共三晚", "共3晚"),
    ],
)
def test_what_is_said_and_what_is_written_is_one_number(language: str, spoken: str, written: str) -> None:
    assert numbers(spoken, language) == numbers(written, language) != ()


def numbers(text: str, language: str) -> tuple[str, ...]:
    return read_facts(lowered(text), language=language)[0].numbers


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [("ru", "три вечера в феврале", ("3",)), ("tl", "tatlong gabi", ("3",)), ("ru", "через 2 дня", ("2",))],
)
def test_counted_evenings_are_no_hours(language: str, text: str, expected: tuple[str, ...]) -> None:
    assert numbers(text, language) == expected


def test_a_day_with_a_leading_nought_is_no_hour() -> None:
    found = read_facts(lowered("с 01.06 до 10.30"), language="ru")[0]
    assert (found.months, found.numbers) == (("6",), ("1", "10:30"))


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "It now takes two days, it used to take five.", "It now takes five days, it used to take two."),
        ("ru", "Теперь доставка за два рабочих дня, раньше пять.", "Теперь доставка за пять рабочих дней, раньше два."),
        ("zh", "共三晚，四十人。", "共四晚，四十人。"),
        (
            "de",
            "Nehmen Sie das Südtor, repariert wird das Nordtor.",
            "Nehmen Sie das Nordtor, repariert wird das Südtor.",
        ),
    ],
)
def test_what_changed_places_is_other_news(language: str, one: str, other: str) -> None:
    first, second = (Text(id=name, language=language, body=body) for name, body in (("a", one), ("b", other)))
    assert not compare(first, second).same
