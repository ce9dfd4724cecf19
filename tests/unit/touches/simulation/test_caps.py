"""The quick look at a cap agrees with the full one."""

from hypothesis import assume, given
from hypothesis import strategies as st

from policies.amounts import Rate
from policies.durations import Unit
from touches.simulation.caps import free_at, surely_free
from touches.simulation.timetable import DAY_MICROS, MICRO, timetable
from touches.time.hours import Hours

NOW = 20_600 * DAY_MICROS
TABLE = timetable(("Europe/Helsinki",), Hours(start=540, end=1020, days=frozenset(range(5))), None)
RATES = st.builds(Rate, st.integers(1, 4), st.sampled_from([Unit.DAYS, Unit.WEEKS, Unit.MONTHS]), st.booleans())
EVENTS = st.lists(st.integers(-800 * 3600, 3600).map(lambda second: NOW + second * MICRO), max_size=8).map(sorted)


@given(times=EVENTS, rate=RATES, whole=st.booleans(), keep=st.sets(st.integers(0, 7)))
def test_what_is_surely_free_is_free_also_for_a_part(times: list[int], rate: Rate, whole: bool, keep: set[int]) -> None:
    assume(surely_free(times, rate, NOW))
    part = [at for place, at in enumerate(times) if whole or place in keep]
    assert free_at(part, rate, NOW, TABLE) == NOW
