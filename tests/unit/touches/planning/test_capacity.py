"""Calls are levelled over the days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from policies.times import DateRange
from tests.factories import day
from touches.planning.capacity import Hands, Load, first_day, load_of


def workday(one: date) -> bool:
    return one.weekday() < 5


def test_the_surplus_moves_to_the_next_open_day() -> None:
    friday = day("2026-11-06")
    load = load_of([("aino", friday, 2)])

    assert first_day("aino", friday, load, Hands(per_day=2), workday) == day("2026-11-09")
    assert first_day("aino", friday, load, Hands(per_day=3), workday) == friday


def test_nobody_who_is_away_gets_calls() -> None:
    away = Hands(per_day=5, absent=(DateRange(day("2026-11-06"), day("2026-11-10")),))

    assert first_day("aino", day("2026-11-06"), Load(), away, workday) == day("2026-11-11")


def test_no_limit_and_none_at_all_differ() -> None:
    full = load_of([("aino", day("2026-11-06"), 1000)])

    assert first_day("aino", day("2026-11-06"), full, Hands(), workday) == day("2026-11-06")
    assert first_day("aino", day("2026-11-06"), full, Hands(per_day=0), workday) is None


@given(st.integers(1, 60), st.integers(1, 7))
def test_levelling_never_puts_more_on_a_day_than_fits_and_loses_none(calls: int, per_day: int) -> None:
    load, placed = Load(), []
    for _ in range(calls):
        found = first_day("aino", day("2026-11-02"), load, Hands(per_day=per_day), workday)
        assert found is not None
        load.add("aino", found)
        placed.append(found)

    assert len(placed) == calls
    assert max(placed.count(one) for one in placed) <= per_day
    assert max(placed) - min(placed) <= timedelta(days=7 * (calls // (5 * per_day) + 1))
