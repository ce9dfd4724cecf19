"""The estimate against hand-worked figures, and its bounds."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from touches.report.survival import kaplan_meier, median_touch


def test_the_curve_of_a_small_example_worked_by_hand() -> None:
    points = kaplan_meier([(1, True), (2, False), (2, True), (3, True), (3, False), (5, False)])
    assert [(point.number, point.at_risk, point.bought) for point in points] == [
        (1, 6, 1),
        (2, 5, 1),
        (3, 3, 1),
        (5, 1, 0),
    ]
    assert [round(point.survival, 4) for point in points] == [0.8333, 0.6667, 0.4444, 0.4444]
    assert median_touch(points) == 3


def test_nobody_who_bought_is_a_flat_line_with_certainty() -> None:
    (point,) = kaplan_meier([(4, False)] * 3)
    assert (point.survival, point.low, point.high) == (1.0, 1.0, 1.0)
    assert median_touch([point]) is None


@given(st.lists(st.tuples(st.integers(1, 12), st.booleans()), min_size=1, max_size=60))
def test_the_curve_falls_and_stays_within_its_bounds(stays: list[tuple[int, bool]]) -> None:
    points = kaplan_meier(stays)
    assert points[0].at_risk == len(stays)
    assert all(0 <= point.low <= point.survival <= point.high <= 1 for point in points)
    assert all(later.survival <= point.survival for point, later in pairwise(points))
