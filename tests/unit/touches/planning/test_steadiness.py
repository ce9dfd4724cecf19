"""The wall clock is trusted while it moves as the monotonic one does."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touches.planning.steadiness import LARGEST_DRIFT, ClockWatch, look, may_send

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
START = ClockWatch(wall=NOW, monotonic=100.0)


def after(watch: ClockWatch, seconds: float, *, jump: timedelta = timedelta(0)) -> ClockWatch:
    return look(watch, watch.wall + timedelta(seconds=seconds) + jump, watch.monotonic + seconds)


@given(st.lists(st.tuples(st.floats(0, 3600), st.floats(-59, 59)), max_size=30))
def test_a_clock_that_drifts_by_less_than_a_minute_a_look_is_steady(steps: list[tuple[float, float]]) -> None:
    watch = START
    for seconds, drift in steps:
        watch = after(watch, seconds, jump=timedelta(seconds=drift))
        assert watch.steady


@given(st.floats(1, 3600), st.floats(61, 10**8), st.booleans())
def test_a_jump_stops_dispatch_until_two_looks_agree(seconds: float, size: float, back: bool) -> None:
    jump = timedelta(seconds=-size if back else size)

    watch = after(START, seconds, jump=jump)
    seen = [watch.steady]
    for _ in range(3):
        watch = after(watch, 5)
        seen.append(watch.steady)

    assert seen == [False, False, True, True]


def test_a_jump_is_noticed_before_the_next_look_is_due() -> None:
    assert may_send(START, NOW + timedelta(seconds=5), 105.0)
    assert not may_send(START, NOW + timedelta(days=1), 105.0)
    assert not may_send(after(START, 5, jump=timedelta(hours=-2)), NOW, 110.0)


@pytest.mark.parametrize(
    ("jump", "held"),
    [(timedelta(minutes=59), False), (timedelta(hours=2), True), (timedelta(days=-400), False)],
)
def test_only_a_jump_far_forward_needs_a_person(jump: timedelta, *, held: bool) -> None:
    watch = after(START, 5, jump=jump)

    assert not watch.steady
    assert watch.needs_release is held
    assert not after(watch, 5).needs_release


def test_the_largest_drift_itself_is_no_jump() -> None:
    assert after(START, 5, jump=LARGEST_DRIFT).steady
