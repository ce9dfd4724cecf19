"""The fast twins of the simulation give the answers of the functions that the engine uses."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from policies.amounts import Rate
from policies.durations import Duration, Unit
from touches.simulation.caps import free_at
from touches.simulation.timetable import Timetable, to_instant, to_micros
from touches.time.closed import HolidayCalendar
from touches.time.hours import Hours, next_open
from touches.time.lateness import SAME_WORKING_DAY, send_by
from touches.time.local import later
from touches.time.rates import cap_free_at

ZONES = ("Europe/Helsinki", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo")
OFFICE = Hours(days=frozenset(range(5)), start=9 * 60, end=18 * 60)
NIGHT = Hours(days=frozenset(range(7)), start=22 * 60, end=2 * 60)
instants = st.datetimes(min_value=datetime(2026, 1, 2), max_value=datetime(2028, 12, 1), timezones=st.just(UTC))
zones = st.sampled_from(ZONES)
waits = st.builds(Duration, st.integers(0, 40), st.sampled_from(list(Unit)))
rates = st.builds(
    Rate,
    st.integers(1, 4),
    st.sampled_from([Unit.HOURS, Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS]),
    st.booleans(),
)


def table(zone: str, hours: Hours = OFFICE, country: str = "FI") -> Timetable:
    return Timetable((zone,), hours, HolidayCalendar(country=country))


@given(at=instants)
def test_micros_and_instants_go_both_ways(at: datetime) -> None:
    assert to_instant(to_micros(at)) == at


@given(at=instants, wait=waits, zone=zones)
def test_a_wait_ends_at_the_same_instant(at: datetime, wait: Duration, zone: str) -> None:
    here = table(zone)
    assert to_instant(here.later(to_micros(at), wait)) == later(at, wait, zone, here.closed)


@given(at=instants, zone=zones, hours=st.sampled_from([OFFICE, NIGHT]))
def test_hours_open_at_the_same_instant(at: datetime, zone: str, hours: Hours) -> None:
    here = table(zone, hours)
    found = here.next_open(to_micros(at))
    assert (to_instant(found) if found is not None else None) == next_open(at, (zone,), hours, here.closed)


@given(at=instants, zone=zones)
def test_a_working_day_ends_at_the_same_instant(at: datetime, zone: str) -> None:
    here = table(zone)
    assert to_instant(here.end_of_working_day(to_micros(at))) == send_by(at, SAME_WORKING_DAY, zone, here.closed)


@given(
    at=instants, gaps=st.lists(st.integers(0, 200), max_size=12), rate=rates, zone=zones, ahead=st.integers(-300, 30)
)
def test_a_cap_is_free_at_the_same_instant(at: datetime, gaps: list[int], rate: Rate, zone: str, ahead: int) -> None:
    """`ahead` hours lie between the last event and the question; a call on today's list may come after it."""
    times = [at + timedelta(hours=sum(gaps[: number + 1])) for number in range(len(gaps))]
    now = (times[-1] if times else at) - timedelta(hours=ahead)
    found = free_at([to_micros(each) for each in times], rate, to_micros(now), table(zone))
    assert (to_instant(found) if found is not None else None) == cap_free_at(times, rate, now, zone)
