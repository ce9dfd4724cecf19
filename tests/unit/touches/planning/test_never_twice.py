"""Over random pools, histories and steps: nobody is told an item or its like twice, nor before what it needs.

What is expected is worked out here from the written items alone, by walking their links; no class name is trusted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.news import NewsItem, news_classes
from policies.schema.steps import NewsSpec
from tests.factories import MONDAY, make_lead
from touches.engine.library import pool_of
from touches.planning.facts import facts_of
from touches.planning.news_choice import Hearer, Item, Pool, choose_news, why_not
from touches.store.catalog import PublishedNews

NAMES = "abcdefgh"
KINDS = ("education", "price")
FIRST = date(2026, 11, 2)
LEAD = make_lead()
FACTS = facts_of(LEAD, MONDAY)

LINKS = st.lists(st.sampled_from(NAMES), max_size=2)
DAYS = st.integers(0, 40).map(lambda days: FIRST + timedelta(days=days))
VALID = st.one_of(st.none(), st.tuples(DAYS, DAYS).map(lambda pair: f"{min(pair)}..{max(pair)}"))
SPECS = st.sampled_from(
    [NewsSpec(), NewsSpec(kind=("price",)), NewsSpec(id=("a", "b", "c")), NewsSpec(kind=KINDS, pinned=("d",))]
)


@st.composite
def items(draw: st.DrawFn) -> list[NewsItem]:
    """Items with links among each other; `needs` only point backwards, so that there is no circle."""
    made = []
    for number, name in enumerate(NAMES[: draw(st.integers(1, len(NAMES)))]):
        text = {"language": "", "headline": name, "subject": "", "body": name, "path": "", "digest": "", "body_line": 1}
        made.append(
            NewsItem.model_validate(
                {
                    "id": name,
                    "kind": draw(st.sampled_from(KINDS)),
                    "texts": {"": text},
                    "same_as": [other for other in draw(LINKS) if other != name],
                    "needs": [other for other in draw(LINKS) if other in NAMES[:number]],
                    "for": draw(st.sampled_from([{}, {}, {"segment": "cafe"}, {"segment": "furniture"}])),
                    "valid": draw(VALID),
                }
            )
        )
    return made


def published(news: Sequence[NewsItem]) -> Pool:
    """As `publish` and the library make it."""
    classes = news_classes(news)
    rows = {
        item.id: PublishedNews(
            id=item.id,
            news_class=classes[item.id],
            document=item.model_dump_json(by_alias=True),
            digest="",
            author="",
            published_at=MONDAY,
        )
        for item in news
    }
    return pool_of(rows, None)


def equivalents(name: str, news: Mapping[str, NewsItem]) -> set[str]:
    """All that `same_as` connects with an item, in either direction."""
    found, waiting = {name}, [name]
    while waiting:
        at = waiting.pop()
        linked = {*news[at].same_as, *(other.id for other in news.values() if at in other.same_as)}
        waiting += [other for other in linked & set(news) if other not in found]
        found |= linked & set(news)
    return found


@dataclass
class Told:
    """What one lead heard, and what came back."""

    items: list[Item] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(item.news_class for item in self.items)


def check(chosen: Item, told: Told, news: Mapping[str, NewsItem], spec: NewsSpec, day: date) -> None:
    """What no choice may ever do."""
    heard = {item.id for item in told.items}
    written = news[chosen.id]
    assert not heard & equivalents(chosen.id, news), "told twice, in the same or in other words"
    for need in written.needs:
        assert heard & equivalents(need, news), f"told before {need}"
    assert written.valid is None or written.valid.holds(day), "told when it is not valid"
    assert written.concerns(FACTS), "told to whom it is not for"
    assert spec.allows(item=chosen.id, kind=chosen.kind), "the step did not ask for it"


STEPS = st.lists(st.tuples(SPECS, st.integers(0, 9), st.booleans()), min_size=1, max_size=25)


@given(items(), STEPS)
@settings(max_examples=400, deadline=None)
def test_over_any_history_nothing_is_told_twice_too_early_too_late_or_to_the_wrong_lead(
    news: list[NewsItem], steps: list[tuple[NewsSpec, int, bool]]
) -> None:
    pool, known, told, day = published(news), {item.id: item for item in news}, Told(), FIRST
    for spec, waited, came_back in steps:
        day += timedelta(days=waited)
        hearer = Hearer(lead=LEAD, facts=FACTS, told=told.classes, day=day)
        choice = choose_news(spec, pool, hearer)
        if choice.item is None:
            assert all(why_not(item, spec, hearer) for item in pool.items), "held although there was something to say"
            continue
        check(choice.item, told, known, spec, day)
        told.items.append(choice.item)
        if came_back:  # a bounce gives the newest piece back: it may be told again
            told.items.pop()


@given(items())
def test_a_class_is_what_the_links_connect_and_is_named_after_its_smallest_item(news: list[NewsItem]) -> None:
    classes, known = news_classes(news), {item.id: item for item in news}
    assert classes == {name: min(equivalents(name, known)) for name in known}
