from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest

from policies.linter import LeadFacts, LintContext, lint_news
from policies.news import NewsItem
from tests.unit.policies.files import codes, item, pool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    a: str
    b: str
    score: float = 0.9
    for_: Sequence[str] = ("same words",)
    against: Sequence[str] = ()


def all_pairs(items: Sequence[NewsItem]) -> Iterable[Pair]:
    return [Pair(a=one.id, b=other.id) for one in items for other in items if one.id < other.id]


LIKE = LintContext(similar=all_pairs)


def test_an_item_of_an_unknown_kind_is_an_error() -> None:
    assert codes(lint_news(pool(item("a", kind="pricing")), LintContext())) == ["unknown-kind"]
    assert lint_news(pool(item("a", kind="own")), LintContext(kinds=frozenset({"own"}))) == []


def test_two_items_that_look_alike_are_an_error_with_both_places_and_the_score() -> None:
    (finding,) = lint_news(pool(item("a"), item("b")), LIKE)
    assert finding.code == "look-alike-news"
    assert finding.file == "news/a.md"
    assert "news/b.md:1:1" in finding.message
    assert "0.90" in finding.message
    assert "same words" in finding.message


@pytest.mark.parametrize(
    "declared",
    [
        (item("a", same_as=["b"]), item("b")),
        (item("a"), item("b", same_as=["a"])),
        (item("a", differs_from=["b"]), item("b")),
        (item("a"), item("b", differs_from=["a"])),
    ],
)
def test_a_declared_pair_is_settled(declared: tuple[NewsItem, NewsItem]) -> None:
    assert lint_news(pool(*declared), LIKE) == []


def test_items_that_lack_a_language_that_leads_read_are_listed_once() -> None:
    news = pool(item("a", translations={"fi": "x"}), item("b"), item("c"), item("old", valid="..2026-01-01"))
    context = LintContext(leads=LeadFacts(total=3, languages={"fi": 2, "de": 1}), today=date(2026, 11, 22))
    (finding,) = lint_news(news, context)
    assert finding.code == "translation-missing"
    assert 'not written in "fi", which 2 leads read; they get the original of: b, c' in finding.message


def test_a_translation_older_than_its_original_is_a_warning() -> None:
    news = item("a", translations={"fi": "x"})
    changed = {"": 10_000.0, "fi": 5_000.0}
    texts = {key: text.model_copy(update={"changed_at": changed[key]}) for key, text in news.texts.items()}
    assert codes(lint_news(pool(news.model_copy(update={"texts": texts})), LintContext())) == ["translation-old"]
    together = {key: text.model_copy(update={"changed_at": 10_000.0}) for key, text in news.texts.items()}
    assert lint_news(pool(news.model_copy(update={"texts": together})), LintContext()) == []


def test_a_likeness_without_reasons_is_told_too() -> None:
    def one_pair(items: Sequence[NewsItem]) -> Iterable[Pair]:
        return [replace(pair, for_=(), against=("other numbers",)) for pair in all_pairs(items)]

    (finding,) = lint_news(pool(item("a"), item("b")), LintContext(similar=one_pair))
    assert "against: other numbers" in finding.message
