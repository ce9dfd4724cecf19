"""A sample stands for all leads, group by group."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from touches.forecast.sampling import sample_of


def test_few_leads_are_all_looked_at() -> None:
    sample = sample_of([(1, "a"), (2, "b")], most=2)
    assert sample.is_whole
    assert sample.weights == {1: 1, 2: 1}


def test_of_many_each_group_is_there_with_its_weight() -> None:
    leads = [(n, "rare" if n % 1000 == 0 else "common") for n in range(1, 20_001)]
    sample = sample_of(leads, most=1000)
    assert not sample.is_whole
    groups = dict(leads)
    looked_at, standing_for = Counter[str](), Counter[str]()
    for lead_id, weight in sample.weights.items():
        looked_at[groups[lead_id]] += 1
        standing_for[groups[lead_id]] += weight
    assert looked_at["rare"] == standing_for["rare"] == 20
    assert 900 <= looked_at["common"] <= 1000
    assert abs(standing_for["common"] - 19_980) < 25


@given(st.lists(st.integers(0, 5), max_size=400), st.integers(1, 300))
def test_no_group_is_overlooked_and_nobody_stands_for_too_many(groups: list[int], most: int) -> None:
    leads = list(enumerate(groups))
    sample = sample_of(leads, most=most)
    assert {groups[lead_id] for lead_id in sample.weights} == set(groups)
    counted = Counter[int]()
    for lead_id, weight in sample.weights.items():
        counted[groups[lead_id]] += weight
    assert all(counted[group] >= number for group, number in Counter(groups).items())
