"""Clocks: the system's, and the one that moves when told."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from touches.clock import Clock, SystemClock, VirtualClock

MONDAY = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


def test_the_systems_clock_is_aware_and_its_lengths_only_grow() -> None:
    clock: Clock = SystemClock()
    before = clock.monotonic()
    assert clock.now().utcoffset() == timedelta(0)
    assert clock.monotonic() >= before


def test_a_virtual_clock_stands_until_it_is_moved() -> None:
    clock = VirtualClock(MONDAY)
    assert clock.now() == clock.now() == MONDAY
    assert clock.advance(timedelta(hours=2)) == MONDAY + timedelta(hours=2)
    assert clock.monotonic() == 7200


def test_setting_a_virtual_clock_lets_no_time_pass() -> None:
    clock = VirtualClock(MONDAY)
    clock.set(MONDAY - timedelta(days=1))
    assert clock.now() == MONDAY - timedelta(days=1)
    assert clock.monotonic() == 0


def test_a_virtual_clock_answers_in_utc() -> None:
    clock = VirtualClock(datetime(2026, 11, 2, 10, 0, tzinfo=ZoneInfo("Europe/Helsinki")))
    assert clock.now() == MONDAY
    assert clock.now().tzinfo is UTC


def test_a_virtual_clock_refuses_naive_times_and_steps_back() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        VirtualClock(datetime(2026, 11, 2))
    with pytest.raises(ValueError, match="only moves forward"):
        VirtualClock(MONDAY).advance(timedelta(seconds=-1))
