"""The estimate against hand-worked figures, and its bounds."""

from fractions import Fraction
from itertools import pairwise

import pytest
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


def test_the_curve_and_its_bounds_are_those_of_a_published_example() -> None:
    """Remissions of 21 patients under 6-mercaptopurine (Freireich et al. 1963), as Kalbfleisch and Prentice 1980 and
    every package since work them; the bounds are those of the log-log scale."""
    ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    left = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    points = kaplan_meier([*((time, True) for time in ended), *((time, False) for time in left)])
    found = [(p.number, round(p.survival, 3), round(p.low, 3), round(p.high, 3)) for p in points if p.bought]
    assert found == [
        (6, 0.857, 0.620, 0.952),
        (7, 0.807, 0.563, 0.923),
        (10, 0.753, 0.503, 0.889),
        (13, 0.690, 0.432, 0.849),
        (16, 0.627, 0.368, 0.805),
        (22, 0.538, 0.268, 0.747),
        (23, 0.448, 0.188, 0.680),
    ]
    assert median_touch(points) == 23


@given(st.lists(st.tuples(st.integers(1, 12), st.booleans()), min_size=1, max_size=60))
def test_the_curve_is_what_redistributing_those_who_left_gives(stays: list[tuple[int, bool]]) -> None:
    """Efron 1967: the weight of each who leaves goes in equal parts to all who stay longer; what is left of the whole
    weight after the buyers up to a touch is the curve. Worked in fractions."""
    ordered = sorted(stays, key=lambda stay: (stay[0], not stay[1]))
    weights = [Fraction(1, len(ordered))] * len(ordered)
    for place, (_, bought) in enumerate(ordered[:-1]):
        if not bought:
            share = weights[place] / (len(ordered) - place - 1)
            weights[place] = Fraction(0)
            weights[place + 1 :] = [weight + share for weight in weights[place + 1 :]]
    for point in kaplan_meier(stays):
        known = zip(weights, ordered, strict=True)
        gone = sum(weight for weight, (number, bought) in known if bought and number <= point.number)
        assert point.survival == pytest.approx(float(1 - gone), abs=1e-12)
