"""A decision by tables is the engine's: channel and instant, with zones, hours, holidays, letters and caps."""

import pytest

from benchmarks.planner import Bench


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_tables_decide_as_the_plain_functions_do(seed: int) -> None:
    bench = Bench(1000, seed)
    assert bench.by_tables() == bench.by_plain_functions()
