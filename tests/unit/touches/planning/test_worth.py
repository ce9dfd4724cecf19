"""What news achieves: few figures say little, and no figures say nothing."""

from hypothesis import given
from hypothesis import strategies as st

from touches.planning.worth import ENOUGH, Achieved, Worth

FIGURES = st.dictionaries(
    st.sampled_from("abcdef"),
    st.integers(0, 500).flatmap(
        lambda told: st.integers(0, told).map(lambda followed: Achieved(told=told, followed=followed))
    ),
)


def worth(**figures: tuple[int, int]) -> Worth:
    return Worth(achieved={name: Achieved(told=told, followed=followed) for name, (told, followed) in figures.items()})


def test_without_figures_all_news_is_worth_the_same() -> None:
    assert Worth().of("a") == Worth().of("b") == 0.0
    assert Worth().record("a") is None


def test_what_was_told_to_few_is_worth_what_is_typical() -> None:
    known = worth(a=(100, 20), b=(ENOUGH - 1, ENOUGH - 1))
    assert known.of("b") == known.of("never-told") == round(known.typical, 2)
    assert known.record("b") is None


def test_few_figures_stay_near_the_typical_share_and_many_do_not() -> None:
    few, many = worth(a=(20, 10), rest=(1000, 100)).of("a"), worth(a=(2000, 1000), rest=(1000, 100)).of("a")
    assert few < 0.3 < 0.49 < many


@given(FIGURES, st.sampled_from("abcdef"))
def test_a_share_is_a_share_and_one_more_answer_never_makes_news_worse(figures: dict[str, Achieved], name: str) -> None:
    before = Worth(achieved=figures)
    assert 0.0 <= before.of(name) <= 1.0
    found = figures.get(name)
    if found is not None and found.followed < found.told:
        more = Worth(achieved={**figures, name: Achieved(told=found.told, followed=found.followed + 1)})
        assert more.of(name) >= before.of(name)
