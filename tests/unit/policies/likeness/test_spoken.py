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
        ("en", "three out of ten visitors", "30 per cent of the visitors"),
        ("en", "a pound fifty", "£1.50"),
        ("en", "a minute and a half", "1.5 minutes"),
        ("en", "from nine to five", "9 am – 5 pm"),
        ("en", "an eight-minute video", "an 8-minute video"),
        ("fi", "kolme kymmenestä kävijästä", "30 % kävijöistä"),
        ("fi", "yhdeksästä viiteen", "klo 9–17"),
        ("fi", "iltaisin kuuden ja yhdeksän välillä", "iltaisin klo 18–21"),
        ("fi", "seitsemänvuotias", "7 vuotta"),
        ("de", "drei von zehn Besuchern", "30 % der Besucher"),
        ("de", "um Viertel vor sieben am Abend", "um 18:45 Uhr"),
        ("de", "ein Fünf-Kilo-Sack", "ein Sack mit 5 kg"),
        ("ru", "трое из десяти", "30 %"),
        ("ru", "без четверти семь вечера", "18:45"),
        ("ru", "печатаем вдвое быстрее", "в 2 раза быстрее"),
        ("ru", "за полцены", "скидка 50 %"),
        ("tl", "tatlo sa bawat sampung bisita", "30% ng mga bisita"),
        ("tl", "tuwing gabi, 6 hanggang 9", "tuwing gabi, 18:00 hanggang 21:00"),
        ("zh", "有三成", "有30%"),
        ("zh", "半价", "五折"),
        ("zh", "一块五", "1.5元"),
        ("zh", "每隔二十分钟", "每20分钟"),
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


def test_a_range_of_things_is_none_of_hours() -> None:
    assert numbers("from nine to five visitors", "en") == ("9", "5")
    assert numbers("in the evening 6 to 9 seats", "en") == ("6", "9")


@pytest.mark.parametrize(
    ("text", "language", "months"),
    [
        ("до 20.10, и потом", "ru", ("10",)),
        ("bis 20.10. bestellen", "de", ("10",)),
        ("до 14.11", "ru", ("11",)),
        ("у нас 15.03: 5 кг", "ru", ("3",)),
        ("until the end of march", "en", ("3",)),
        ("below 10,000 may use paper", "en", ()),
        ("näistä elokuvista", "fi", ()),
    ],
)
def test_a_date_is_no_hour_and_a_like_word_no_month(text: str, language: str, months: tuple[str, ...]) -> None:
    assert read_facts(lowered(text), language=language)[0].months == months
