"""The decision window, touches spread over it, and the days on which letters leave."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from policies.amounts import DayRange
from touches.time.closed import Closed
from touches.time.errors import WindowTooShort
from touches.time.workdays import add_working_days

_STEEPNESS = 1.6  # 7 touches in 26 days: 0, 2, 5, 9, 14, 20, 26


class Spread(StrEnum):
    """How the engine places touches that have no days of their own."""

    FRONT_LOADED = "front-loaded"
    EVEN = "even"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWindow:
    """Buyers decide until some day between `first` and `last`, both local dates and inclusive."""

    first: date
    last: date


def window_days(days: DayRange, complexity: float = 1) -> DayRange:
    """The window in days after enrollment, as long as `complexity` times, rounded half up; practitioners: the
    more complex the product, the longer. ValueError for a complexity that is not positive."""
    if complexity <= 0:
        raise ValueError(f"complexity {complexity}: expected a number above 0")
    return DayRange(_rounded(days.first * complexity), _rounded(days.last * complexity))


def window(enrolled: date, days: DayRange, complexity: float = 1) -> DecisionWindow:
    """The decision window of somebody enrolled on a local date; see `window_days`."""
    scaled = window_days(days, complexity)
    return DecisionWindow(first=enrolled + timedelta(days=scaled.first), last=enrolled + timedelta(days=scaled.last))


def spread(touches: int, days: DayRange, how: Spread = Spread.FRONT_LOADED) -> list[int]:
    """Days after enrollment for so many touches: the first at day 0, strictly increasing, the last in the
    middle of `days` (a scaled window), where decisions fall.

    Front-loaded gaps never shrink; even ones differ by at most a day. When the middle is too early for a
    touch a day, the last moves up to the window's end; WindowTooShort when that is too early as well."""
    if touches <= 1:
        return [0] * max(touches, 0)
    gaps = touches - 1
    if gaps > days.last:
        raise WindowTooShort(touches=touches, days=days.last)
    end = max((days.first + days.last + 1) // 2, gaps)
    power = _STEEPNESS if how is Spread.FRONT_LOADED else 1.0
    slack = end - gaps
    placed = [number + _rounded(slack * (number / gaps) ** power) for number in range(touches)]
    return _gaps_sorted(placed) if how is Spread.FRONT_LOADED else placed


def _gaps_sorted(days: list[int]) -> list[int]:
    """The same first and last day with the shorter gaps first: rounding may have swapped two."""
    gaps = sorted(later - earlier for earlier, later in pairwise(days))
    return [days[0] + sum(gaps[:number]) for number in range(len(days))]


def _rounded(number: float) -> int:
    return int(number + 0.5)


def posting_day(
    arrival: date, post_days: int, enrolled: date, closed: Closed | None = None, *, working: bool = False
) -> date:
    """The day on which a letter leaves so that it arrives on `arrival`: `post_days` calendar days before it
    (with `working`, days on which the post works), never before enrollment. See `arrival_day` for what that
    means then."""
    leaves = add_working_days(arrival, -post_days, closed) if working else arrival - timedelta(days=post_days)
    return max(leaves, enrolled)


def arrival_day(posted: date, post_days: int, closed: Closed | None = None, *, working: bool = False) -> date:
    """The day on which a letter arrives that left on `posted`; the day on which it counts as a touch."""
    return add_working_days(posted, post_days, closed) if working else posted + timedelta(days=post_days)
