"""Allowances, the pace of a backlog, the floor of free space."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touches.planning.limits import (
    LEAST_PER_HOUR,
    Allowance,
    Rates,
    allowance,
    backlog_pace,
    disk_is_low,
    is_outage,
    smallest,
)
from touches.settings.values import WarmUp

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
CEILINGS = st.builds(
    Rates,
    per_minute=st.integers(0, 50),
    per_day=st.integers(0, 500),
    per_hour=st.integers(0, 300),
    evenly=st.booleans(),
)


def allowed(
    rates: Rates, left: list[datetime], *, now: datetime = NOW, batch: int = 500, stopped: str = "", rested: str = ""
) -> Allowance:
    def sent(_channel: str, since: datetime) -> int:
        return sum(at >= since for at in left)

    return allowance(stopped=stopped, rested=rested, sent=sent, channel="email", rates=rates, batch=batch, now=now)


def never_asked(_channel: str, _since: datetime) -> int:
    raise AssertionError("nobody needs to count where no rate is set")


def test_without_rates_a_whole_batch_may_be_claimed_and_nothing_is_counted() -> None:
    found = allowance(stopped="", rested="", sent=never_asked, channel="email", rates=Rates(), batch=500, now=NOW)

    assert found == Allowance(count=500)


def test_a_stop_comes_before_everything() -> None:
    assert allowed(Rates(), [], stopped="everything is paused: by aino") == Allowance(
        count=0, stopped="everything is paused: by aino"
    )


def test_a_rested_transport_claims_again_from_its_instant_on() -> None:
    rested = f"{NOW.isoformat()} our own side is refused"

    assert allowed(Rates(), [], rested=rested, now=NOW - timedelta(seconds=1)).count == 0
    assert allowed(Rates(), [], rested=rested, now=NOW).count == 500


@given(CEILINGS, st.lists(st.integers(0, 100_000), max_size=300), st.integers(1, 500))
def test_an_allowance_is_never_above_any_ceiling(rates: Rates, ages: list[int], batch: int) -> None:
    left = [NOW - timedelta(seconds=age) for age in ages]

    found = allowed(rates, left, batch=batch)

    assert 0 <= found.count <= batch
    assert (found.count == 0) == bool(found.stopped)
    for limit, span, _ in rates.ceilings():
        assert found.count + sum(at >= NOW - span for at in left) <= max(limit, sum(at >= NOW - span for at in left))


@given(CEILINGS, st.lists(st.integers(1, 4000), min_size=1, max_size=40))
def test_no_order_of_grants_exceeds_a_ceiling_in_any_span(rates: Rates, waits: list[int]) -> None:
    left: list[datetime] = []
    now = NOW
    for wait in waits:
        now += timedelta(seconds=wait)
        left += [now] * allowed(rates, left, now=now, batch=40).count

    for limit, span, _ in rates.ceilings():
        for end in left:
            assert sum(end - span <= at <= end for at in left) <= limit


@given(st.integers(1, 5000))
def test_an_hours_share_is_spread_over_its_minutes(per_hour: int) -> None:
    count = allowed(Rates(per_hour=per_hour), [], batch=10_000).count

    assert per_hour / 60 <= count < per_hour / 60 + 1


def test_a_pass_of_cron_may_take_its_hours_share_at_once() -> None:
    assert allowed(Rates(per_hour=240, evenly=False), [], batch=10_000).count == 240


@pytest.mark.parametrize(
    ("away", "found"),
    [(timedelta(seconds=5), False), (timedelta(hours=1), False), (timedelta(hours=1, seconds=1), True)],
)
def test_a_restart_after_seconds_is_no_outage(away: timedelta, *, found: bool) -> None:
    assert is_outage(last_alive=NOW - away, now=NOW) is found


def test_a_first_start_is_no_outage() -> None:
    assert not is_outage(last_alive=None, now=NOW)


@given(st.dictionaries(st.integers(0, 167), st.integers(1, 10_000), max_size=40), st.integers(0, 100_000))
def test_a_backlog_drains_at_no_more_than_twice_the_normal_rate(by_hour: Mapping[int, int], overdue: int) -> None:
    hours = {NOW - timedelta(hours=hour): count for hour, count in by_hour.items()}

    pace = backlog_pace(overdue=overdue, by_hour=hours)

    twice = 2 * sum(by_hour.values()) / len(by_hour) if by_hour else 0
    if pace:
        assert pace < max(twice + 1, LEAST_PER_HOUR + 1)
        assert overdue > pace
    else:
        assert overdue <= max(twice + 1, LEAST_PER_HOUR)


@pytest.mark.parametrize(
    ("free", "floor", "low"),
    [(200_000_000, 200_000_000, ""), (0, 0, ""), (199_999_999, 200_000_000, "only 199 MB are free")],
)
def test_the_disk_is_low_below_its_floor(free: int, floor: int, low: str) -> None:
    assert disk_is_low(free=free, floor=floor).startswith(low)
    assert bool(disk_is_low(free=free, floor=floor)) is bool(low)


@pytest.mark.parametrize(("limits", "strictest"), [((0, 0), 0), ((0, 7), 7), ((9, 7, 0), 7)])
def test_the_strictest_of_some_limits_is_the_smallest_that_is_one(limits: tuple[int, ...], strictest: int) -> None:
    assert smallest(*limits) == strictest


@pytest.mark.parametrize(("day", "ceiling"), [(0, 50), (6, 50), (7, 100), (13, 100), (21, 400), (7000, 50 << 40)])
def test_a_warm_up_doubles_weekly(day: int, ceiling: int) -> None:
    assert WarmUp(per_day=50, doubling_days=7).ceiling(day) == ceiling
