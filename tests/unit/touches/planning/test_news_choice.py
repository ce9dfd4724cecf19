"""Which news is told: the best that the lead has not heard."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.schema.steps import NewsSpec
from tests.factories import MONDAY, day, make_item, make_lead, make_pool
from touches.planning.facts import facts_of
from touches.planning.news_choice import Hearer, Wording, choose_news, why_not
from touches.planning.worth import Achieved

ANY = NewsSpec()


def hearer(told: object = frozenset(), *, on: str = "2026-11-02", **changes: object) -> Hearer:
    lead = make_lead(**changes)
    return Hearer(lead=lead, facts=facts_of(lead, MONDAY), told=told, day=day(on))  # type: ignore[arg-type]


def test_what_was_told_is_never_told_again_in_any_words() -> None:
    pool = make_pool(make_item("a"), make_item("b", news_class="a"))

    assert choose_news(ANY, pool, hearer({"a"})).item is None


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (make_item("a", valid="..2026-11-01"), "expired on 2026-11-01"),
        (make_item("a", valid="2026-11-03.."), "valid from 2026-11-03"),
        (make_item("a", conditions={"segment": "furniture"}), "for others: segment"),
        (make_item("a", needs=("welcome",)), "needs welcome first"),
        (make_item("a", only_lead=7), "not asked for by the step"),
    ],
)
def test_an_item_says_why_it_cannot_be_told(item: object, reason: str) -> None:
    assert why_not(item, ANY, hearer()) == reason  # type: ignore[arg-type]


def test_the_last_day_of_validity_still_counts() -> None:
    assert choose_news(ANY, make_pool(make_item("a", valid="..2026-11-02")), hearer()).item is not None


def test_what_is_needed_first_opens_the_way_once_told() -> None:
    pool = make_pool(make_item("welcome"), make_item("deep", needs=("welcome",)))

    assert choose_news(ANY, pool, hearer({"welcome"})).item == pool.items[1]


def test_a_step_takes_only_the_kinds_it_names() -> None:
    pool = make_pool(make_item("a", kind="event"), make_item("b", kind="price"))

    assert choose_news(NewsSpec(kind=("price",)), pool, hearer()).item == pool.items[1]


def test_a_list_of_ids_is_taken_in_its_order() -> None:
    pool = make_pool(make_item("a"), make_item("b"), make_item("c"))

    assert choose_news(NewsSpec(id=("c", "a")), pool, hearer()).item == pool.items[2]
    assert choose_news(NewsSpec(id=("c", "a")), pool, hearer({"c"})).item == pool.items[0]


def test_a_voiced_concern_is_met_first() -> None:
    pool = make_pool(make_item("a"), make_item("z", answers=("price",)))
    choice = choose_news(ANY, pool, hearer(concerns=("price",)))

    assert choice.item == pool.items[1]
    assert "answers the concern price" in choice.because


def test_news_made_for_the_leads_segment_goes_before_news_for_everybody() -> None:
    pool = make_pool(make_item("a"), make_item("z", conditions={"segment": ["cafe", "bakery"]}))

    assert choose_news(ANY, pool, hearer()).item == pool.items[1]


def test_what_ends_soon_goes_before_what_lasts() -> None:
    pool = make_pool(make_item("a", valid="..2027-06-30"), make_item("z", valid="..2026-11-10"), make_item("b"))

    assert choose_news(ANY, pool, hearer()).item == pool.items[1]


def test_the_kind_told_last_is_varied() -> None:
    pool = make_pool(make_item("a", kind="price"), make_item("b", kind="event"))
    listening = replace(hearer(), kinds=("price",))

    assert choose_news(ANY, pool, listening).item == pool.items[1]


def test_a_reader_gets_the_own_language_else_the_original_and_why_says_so() -> None:
    original = Wording(language="", headline="x", subject="", body="x", digest="x")
    finnish = replace(original, language="fi")
    both = make_item("a", wordings={"": original, "fi": finnish})

    assert both.wording_for("fi-FI") == finnish
    assert both.wording_for("sv") == original
    assert "not in sv, so in the original language" in choose_news(ANY, make_pool(both), hearer(language="sv")).because


def test_news_recorded_for_one_lead_is_told_to_that_lead_first() -> None:
    pool = make_pool(make_item("a"), make_item("z", only_lead=1))

    assert choose_news(ANY, pool, hearer()).item == pool.items[1]


def test_every_other_item_is_considered_with_its_reason() -> None:
    pool = make_pool(make_item("a"), make_item("b"), make_item("c", valid="..2026-01-01"))

    assert dict(choose_news(ANY, pool, hearer()).considered) == {
        "b": "would do, comes later",
        "c": "expired on 2026-01-01",
    }


@given(st.permutations([make_item(name) for name in "abcdef"]), st.sets(st.sampled_from("abcdef")))
def test_the_choice_does_not_depend_on_the_order_of_the_pool(items: list, told: set) -> None:  # type: ignore[type-arg]
    choice = choose_news(ANY, make_pool(*items), hearer(told)).item

    assert (choice.id if choice else None) == min(set("abcdef") - told, default=None)


def test_what_performs_goes_before_what_is_fresh_and_why_shows_the_figures() -> None:
    dull = replace(make_item("dull"), worth=0.05, achieved=Achieved(told=100, followed=4))
    good = replace(make_item("good"), worth=0.2, achieved=Achieved(told=200, followed=41))

    choice = choose_news(ANY, make_pool(dull, good), hearer())

    assert choice.item == good
    assert choice.because == "good is new to this lead: 41 of 200 answered or bought"
    assert choice.considered == (("dull", "would do, comes later (4 of 100 answered or bought)"),)


def test_without_figures_the_freshest_goes_first() -> None:
    old = replace(make_item("a-old"), published_at=MONDAY)
    new = replace(make_item("b-new"), published_at=MONDAY + timedelta(days=1))
    assert choose_news(ANY, make_pool(old, new), hearer()).item == new
