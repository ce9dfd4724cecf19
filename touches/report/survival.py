"""At which touch people buy: the Kaplan-Meier estimate of who has not bought yet, with its uncertainty."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt

Z = 1.959964  # 95 %


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """After `number` touches: of `at_risk` who came so far, `bought` bought then; `survival` is the share of all who
    have not bought yet, between `low` and `high` at 95 %."""

    number: int
    at_risk: int
    bought: int
    survival: float
    low: float
    high: float


def kaplan_meier(stays: Iterable[tuple[int, bool]]) -> list[Point]:
    """The curve over (touches, whether they then bought); who did not buy is counted as long as they were followed up.

    Kaplan and Meier 1958; the variance by Greenwood's formula, its bounds on the log-log scale (Kalbfleisch and
    Prentice 1980, 1.4), so that they stay between 0 and 1.
    """
    bought: Counter[int] = Counter()
    left: Counter[int] = Counter()
    for touches, has_bought in stays:
        (bought if has_bought else left)[touches] += 1
    at_risk = bought.total() + left.total()
    survival, variance = 1.0, 0.0
    points: list[Point] = []
    for number in sorted({*bought, *left}):
        events = bought[number]
        if events:
            survival *= 1 - events / at_risk
            if at_risk > events:
                variance += events / (at_risk * (at_risk - events))
        low, high = _bounds(survival, variance)
        points.append(Point(number=number, at_risk=at_risk, bought=events, survival=survival, low=low, high=high))
        at_risk -= events + left[number]
    return points


def _bounds(survival: float, variance: float) -> tuple[float, float]:
    if survival in (0.0, 1.0):
        return survival, survival
    spread = Z * sqrt(variance) / abs(log(survival))
    return survival ** exp(spread), survival ** exp(-spread)


def median_touch(points: Iterable[Point]) -> int | None:
    """The touch by which half have bought; None where fewer did."""
    return next((point.number for point in points if point.survival <= 0.5), None)
