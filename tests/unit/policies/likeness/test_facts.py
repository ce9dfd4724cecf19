"""Numbers, dates and times are one fact however and in whatever language they are written."""

import pytest

from policies.likeness.facts import Facts, read_facts
from policies.likeness.numerals import han_number, multiplied, plain_number


def facts(text: str, language: str = "en") -> Facts:
    return read_facts(text, language=language)[0]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("7,500", "7500"),
        ("7.500", "7500"),
        ("7 500", "7500"),
        ("7'500", "7500"),
        ("1,234,567.80", "1234567.8"),
        ("1.234.567,80", "1234567.8"),
        ("4,65", "4.65"),
        ("4.20", "4.2"),
        ("0.5", "0.5"),
        ("007", "7"),
        ("0", "0"),
        ("1.2.3", "1.2.3"),
        ("9" * 6000, "9" * 6000),
    ],
)
def test_a_number_has_one_form_whatever_its_separators(written: str, plain: str) -> None:
    assert plain_number(written) == plain


@pytest.mark.parametrize(
    ("number", "by", "product"), [("75", ["1000"], "75000"), ("1.5", ["1000000"], "1500000"), ("1.25", ["10"], "12.5")]
)
def test_a_word_for_thousand_multiplies(number: str, by: list[str], product: str) -> None:
    assert multiplied(number, by) == product


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("十二", "12"),
        ("二十五", "25"),
        ("八五", "85"),
        ("七千五百", "7500"),
        ("两", "2"),
        ("三万二千", "32000"),
        ("一百零五", "105"),
    ],
)
def test_a_chinese_number_is_read(written: str, digits: str) -> None:
    assert han_number(written) == digits


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("friday 5 december", "en"),
        ("friday, december 5th", "en"),
        ("friday 5/12", "en"),
        ("perjantaina 5. joulukuuta", "fi"),
        ("perjantaihin 5.12. asti", "fi"),
        ("freitag, 5. dezember", "de"),
        ("freitag, 5.12.", "de"),
        ("до пятницы, 05.12", "ru"),
        ("в пятницу 5 декабря", "ru"),
        ("12月5日星期五", "zh"),
        ("十二月五日(周五)", "zh"),
        ("biyernes, disyembre 5", "tl"),
    ],
)
def test_a_date_is_the_same_fact_in_every_language_and_spelling(text: str, language: str) -> None:
    found = facts(text, language)
    assert (set(found.numbers), found.months, found.weekdays) == ({"5"}, ("12",), ("5",))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("until 22:00", "en"),
        ("until 10 pm", "en"),
        ("kello 22 asti", "fi"),
        ("klo 22.00 asti", "fi"),
        ("bis 22 uhr", "de"),
        ("до 22 часов", "ru"),
        ("до 10 вечера", "ru"),
        ("到22:00", "zh"),
        ("到晚上10点", "zh"),
        ("hanggang 10 ng gabi", "tl"),
    ],
)
def test_an_hour_is_the_same_fact_in_every_language_and_spelling(text: str, language: str) -> None:
    assert facts(text, language).numbers == ("22",)


def test_both_hours_of_a_range_are_after_noon() -> None:
    assert facts("from 5 to 8 pm").numbers == ("17", "20")
    assert facts("下午5点到8点", "zh").numbers == ("17", "20")
    assert facts("mula 5 hanggang 8 ng gabi", "tl").numbers == ("17", "20")


def test_minutes_stay_with_their_hour() -> None:
    assert facts("at 10:30 pm").numbers == ("22:30",)
    assert facts("klo 17.45", "fi").numbers == ("17:45",)


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("twenty-five months", "en", "25"),
        ("two thousand pieces", "en", "2000"),
        ("kahden kuukauden välein", "fi", "2"),
        ("viisitoista minuuttia", "fi", "15"),
        ("fünfundzwanzig tage", "de", "25"),
        ("75 тысяч рублей", "ru", "75000"),
        ("двадцать пять дней", "ru", "25"),
        ("每两个月", "zh", "2"),
        ("1.5万元", "zh", "15000"),
        ("dalawang buwan", "tl", "2"),
        ("by half", "en", "1/2"),
        ("um ein drittel", "de", "1/3"),
        ("三分之一", "zh", "1/3"),
    ],
)
def test_a_number_in_words_is_a_number(text: str, language: str, number: str) -> None:
    assert facts(text, language).numbers == (number,)


def test_a_chinese_discount_is_what_is_taken_off() -> None:
    assert facts("八五折", "zh").numbers == facts("优惠15%", "zh").numbers == ("15",)
    assert facts("九折", "zh").numbers == facts("优惠百分之十", "zh").numbers == ("1/10",)


def test_one_is_an_article_too_often_to_be_a_number() -> None:
    assert facts("one espresso").numbers == ()
    assert facts("一杯咖啡", "zh").numbers == ()


def test_may_is_a_month_only_beside_a_number() -> None:
    assert facts("you may come").months == ()
    assert facts("on 3 may").months == ("5",)


def test_a_filipino_week_is_no_sunday() -> None:
    assert facts("noong isang linggo", "tl").weekdays == ()
    assert facts("tuwing linggo", "tl").weekdays == ("7",)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("15 %", "percent"), ("15 percent", "percent"), ("€15", "EUR"), ("15 euros", "EUR"), ("30 days", "day")],
)
def test_a_unit_has_one_name(text: str, unit: str) -> None:
    assert facts(text).units == (unit,)


def test_a_price_with_two_decimals_is_no_date() -> None:
    assert facts("4.12 euros").numbers == ("4.12",)
    assert facts("4.12 €", "fi").months == ()
