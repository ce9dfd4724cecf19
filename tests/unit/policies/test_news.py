from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from policies.news import NewsItem, cycles_of_needs, news_classes
from tests.unit.policies.files import item

NAMES = [f"n{number}" for number in range(7)]
LINKS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=10)


def with_links(links: list[tuple[str, str]], key: str) -> dict[str, NewsItem]:
    return {name: item(name, **{key: [b for a, b in links if a == name]}) for name in NAMES}


def test_a_class_is_all_that_same_as_connects_named_by_the_smallest() -> None:
    items = [item("c", same_as=["b"]), item("b"), item("a", same_as=["c"]), item("z")]
    assert news_classes(items) == {"a": "a", "b": "a", "c": "a", "z": "z"}


@given(LINKS)
def test_classes_do_not_depend_on_order_or_direction(links: list[tuple[str, str]]) -> None:
    forward = news_classes(with_links(links, "same_as").values())
    backward = news_classes(reversed(with_links([(b, a) for a, b in links], "same_as").values()))
    assert forward == backward


@given(LINKS)
def test_two_items_share_a_class_exactly_when_a_way_of_links_connects_them(links: list[tuple[str, str]]) -> None:
    classes = news_classes(with_links(links, "same_as").values())
    reached = {name: {name} for name in NAMES}
    for _ in NAMES:
        for a, b in links:
            union = reached[a] | reached[b]
            for name in union:
                reached[name] = reached[name] | union
    assert all(classes[name] == min(reached[name]) for name in NAMES)


def test_a_link_to_an_item_that_is_not_there_makes_no_class() -> None:
    assert news_classes([item("b", same_as=["a"])]) == {"b": "b"}


@given(LINKS)
def test_a_circle_of_needs_is_found_exactly_when_there_is_one(links: list[tuple[str, str]]) -> None:
    items = with_links(links, "needs")
    waiting = set(NAMES)
    while free := {name for name in waiting if not set(items[name].needs) & waiting}:
        waiting -= free
    assert bool(cycles_of_needs(items)) == bool(waiting)
    for cycle in cycles_of_needs(items):
        assert all(b in items[a].needs for a, b in zip(cycle, (*cycle[1:], cycle[0]), strict=True))


def test_a_reader_gets_the_own_language_its_base_or_the_original() -> None:
    news = item("a", body="original", translations={"pt": "português", "pt-br": "brasileiro"})
    assert news.text_for("pt-BR").body == "brasileiro"
    assert news.text_for("pt-PT").body == "português"
    assert news.text_for("fi").body == news.text_for("").body == "original"


def test_an_item_knows_whom_it_concerns_and_when_it_ends() -> None:
    news = item("a", **{"for": {"segment": ["cafe"]}, "valid": "2026-11-01..2027-01-31"})
    assert news.concerns({"segment": "cafe"})
    assert not news.concerns({})
    assert not news.has_ended(date(2027, 1, 31))
    assert news.has_ended(date(2027, 2, 1))


def test_an_item_goes_to_json_and_back_unchanged() -> None:
    news = item("a", **{"for": {"age": "> 50"}, "valid": "..2027-01-31", "same_as": ["b"], "translations": {"fi": "x"}})
    assert NewsItem.model_validate_json(news.model_dump_json()) == news
