"""The same length, weight or day in another unit is the same; another is not."""

import pytest

from policies.likeness import LikenessIndex, Text, compare
from policies.likeness.facts import read_facts
from policies.likeness.measures import alike_keys, in_other_units, unmatched
from policies.likeness.plain import lowered
from policies.likeness.sheet import Facts


def facts(text: str, language: str) -> Facts:
    return read_facts(lowered(text), language=language)[0]


SAME = [
    ("en", "within 14 days", "within two weeks"),
    ("en", "a guarantee of twelve months", "a guarantee of a year"),
    ("en", "it takes 90 minutes", "it takes an hour and a half"),
    ("en", "half a kilo of cherries", "500 g of cherries"),
    ("en", "until 30 April", "until the end of April"),
    ("en", "the last 24 hours", "one day left"),
    ("en", "after 1 hour", "after an hour"),
    ("fi", "puolitoista minuuttia", "90 sekuntia"),
    ("fi", "31. maaliskuuta asti", "maaliskuun loppuun"),
    ("fi", "24 tunnin kuluttua", "yhden vuorokauden kuluttua"),
    ("de", "bis zum 31. März", "bis Ende März"),
    ("de", "zwei Wochen", "14 Tage"),
    ("zh", "一个半小时", "90分钟"),
    ("zh", "三月底", "3月31日"),
    ("zh", "半公斤", "500克"),
    ("tl", "anim na linggo", "42 araw"),
    ("tl", "hanggang katapusan ng Abril", "hanggang Abril 30"),
    ("ru", "двенадцать месяцев", "один год"),
    ("ru", "полкило", "500 г"),
    ("ru", "до конца апреля", "по 30 апреля"),
]
OTHER = [
    ("en", "within 14 days", "within three weeks"),
    ("en", "within 14 days", "within 14 weeks"),
    ("en", "until 29 April", "until the end of April"),
    ("en", "the last 48 hours", "one day left"),
    ("de", "zwei Jahre", "zwölf Monate"),
    ("ru", "до конца апреля", "по 20 апреля"),
    ("zh", "两个半小时", "90分钟"),
]


@pytest.mark.parametrize(("language", "one", "other"), SAME)
def test_the_same_in_another_unit_differs_in_no_number(language: str, one: str, other: str) -> None:
    a, b = facts(one, language), facts(other, language)
    assert unmatched(a, b) == unmatched(b, a) == (set(), set())
    assert b.key() in alike_keys(a)
    assert a.key() in alike_keys(b)


@pytest.mark.parametrize(("language", "one", "other"), OTHER)
def test_another_length_or_day_is_other_news(language: str, one: str, other: str) -> None:
    first, second = (Text(id=text, language=language, body=text) for text in (one, other))
    assert not compare(first, second).same


def test_what_nobody_would_say_is_no_other_unit() -> None:
    assert in_other_units("14", "day") == (("hour", "336"), ("week", "2"))
    assert in_other_units("100", "second") == ()
    assert in_other_units("9" * 50, "day") == in_other_units("10:30", "hour") == in_other_units("3", "EUR") == ()


def test_the_index_finds_the_same_news_with_its_length_in_another_unit() -> None:
    stock = [Text(id="weeks", language="en", body="Every sofa is delivered within two weeks, to any address.")]
    asked = Text(id="days", language="en", body="Every sofa is delivered within 14 days, to any address.")
    assert [pair.first for pair in LikenessIndex(stock).similar_to(asked)] == ["weeks"]
    assert LikenessIndex(stock).similar_to(Text(id="more", language="en", body=asked.body.replace("14", "12"))) == []
