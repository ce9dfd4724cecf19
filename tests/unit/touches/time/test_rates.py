"""Caps are never exceeded, and defer no longer than they must."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.amounts import Rate
from policies.durations import Duration, Unit
from touches.time.local import later
from touches.time.rates import cap_free_at, period
from touches.time.zones import zone

ZONE = "Europe/Helsinki"
NOW = datetime(2026, 3, 27, 12, tzinfo=UTC)  # two days before clocks change
moments = st.integers(-40 * 24, 40 * 24).map(lambda hours: NOW + timedelta(hours=hours))
rates = st.builds(
    Rate,
    st.integers(1, 4),
    st.sampled_from([Unit.HOURS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS]),
    st.booleans(),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone(ZONE))


def held_at_most(events: list[datetime], new: datetime, rate: Rate) -> int:
    """The most events that any period of the rate holds together with `new`, counted by brute force."""
    every = sorted([*events, new])
    if rate.calendar:
        first, last = period(new, rate.per, ZONE)
        return sum(first <= each < last for each in every)
    wait = Duration(1, rate.per)
    starts = [each for each in every if each <= new < later(each, wait, ZONE)]
    return max(sum(start <= each < later(start, wait, ZONE) for each in every) for start in starts)


@settings(deadline=None, max_examples=60)
@given(st.lists(moments, max_size=10), rates)
def test_a_cap_is_kept_in_every_period_and_the_wait_is_the_shortest(history, rate):
    free = cap_free_at(history, rate, NOW, ZONE)
    assert free is not None
    assert free >= NOW
    assert held_at_most(history, free, rate) <= rate.count
    probe = NOW
    while probe < free:
        assert held_at_most(history, probe, rate) > rate.count
        probe += timedelta(hours=1)


@settings(deadline=None)
@given(st.lists(moments, max_size=6), rates, st.integers(1, 8))
def test_events_placed_one_after_another_never_exceed_the_cap(history, rate, more):
    placed: list[datetime] = []
    for _ in range(more):
        free = cap_free_at([*history, *placed], rate, NOW, ZONE)
        assert free is not None
        assert held_at_most([*history, *placed], free, rate) <= rate.count
        placed.append(free)


def test_zero_absent_and_unlimited_differ():
    history = [NOW] * 5
    assert cap_free_at(history, None, NOW, ZONE) == NOW
    assert cap_free_at(history, Rate(None, None), NOW, ZONE) == NOW
    assert cap_free_at(history, Rate(0, None), NOW, ZONE) is None
    assert cap_free_at([], Rate(0, Unit.WEEKS), NOW, ZONE) is None


def test_a_rolling_week_ends_at_the_same_clock_time():
    two = [at("2026-03-24 10:00"), at("2026-03-26 10:00")]
    found = cap_free_at(two, Rate(2, Unit.WEEKS), at("2026-03-27 09:00"), ZONE)
    assert found == at("2026-03-31 10:00")


def test_a_calendar_day_ends_at_local_midnight():
    found = cap_free_at([at("2026-03-27 00:30")], Rate(1, Unit.DAYS, calendar=True), at("2026-03-27 23:00"), ZONE)
    assert found == at("2026-03-28 00:00")


def test_a_calendar_week_begins_on_monday():
    used = [at("2026-03-23 09:00"), at("2026-03-27 09:00")]
    found = cap_free_at(used, Rate(2, Unit.WEEKS, calendar=True), at("2026-03-27 10:00"), ZONE)
    assert found == at("2026-03-30 00:00")


def test_what_is_planned_already_counts():
    planned = [at("2026-03-30 10:00")]
    found = cap_free_at(planned, Rate(1, Unit.WEEKS), at("2026-03-27 10:00"), ZONE)
    assert found == at("2026-04-06 10:00")
    assert cap_free_at(planned, Rate(1, Unit.WEEKS), at("2026-03-23 10:00"), ZONE) == at("2026-03-23 10:00")


def test_working_days_have_no_calendar_period():
    with pytest.raises(ValueError, match="working days"):
        period(NOW, Unit.WORKING_DAYS, ZONE)
