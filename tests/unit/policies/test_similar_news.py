"""Pairs of items that seem to say the same, whatever stands above them."""

import pytest

from policies.news import NewsItem
from policies.similar_news import similar_news

HOURS = "Support now answers until **22:00**, {{ lead.first_name }}."


def item(name: str, headline: str, body: str, **more: object) -> NewsItem:
    text = {"language": "", "headline": headline, "subject": "", "body": body, "path": "", "digest": "", "body_line": 1}
    return NewsItem.model_validate({"id": name, "kind": "event", "texts": {"": text}, **more})


def found(*items: NewsItem) -> list[tuple[str, str]]:
    return [(pair.a, pair.b) for pair in similar_news(items)]


def test_the_same_body_under_another_headline_is_the_same_news() -> None:
    one = item("hours", "Open late", HOURS)
    assert found(one, item("late", "Longer evenings", "Until 22:00 our support answers now, {{ lead.first_name }}."))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10 % off until Friday", "15 % off until Friday"),
        ("Open until 21:00", "Open until 22:00"),
        ("In March", "In April"),
        ("On Monday", "On Tuesday"),
        ("We open in Turku", "We open in Oulu"),
        ("We open the shop", "We close the shop"),
    ],
)
def test_a_fact_in_the_headline_alone_makes_other_news(one: str, other: str) -> None:
    body = "Tell us by mail if you want to come along, and bring a friend."
    assert found(item("a", one, body), item("b", other, body)) == []


def test_a_body_of_a_few_words_says_little_without_its_headline() -> None:
    assert found(item("a", "New tables", "Come and see."), item("b", "Fresh bread", "Come and see.")) == []


def test_languages_of_one_item_are_one_item() -> None:
    texts = {
        code: {
            "language": code,
            "headline": "h",
            "subject": "",
            "body": HOURS,
            "path": "",
            "digest": "",
            "body_line": 1,
        }
        for code in ("", "de")
    }
    assert found(NewsItem.model_validate({"id": "a", "kind": "event", "texts": texts})) == []
