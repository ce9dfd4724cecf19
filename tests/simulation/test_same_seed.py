"""The same seed plays the same run: first or after others, whenever garbage is collected, and in any other process."""

import gc
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.simulation.run import Outcome, simulate

ROOT = Path(__file__).resolve().parents[2]
DAYS, REST = 3, 0
SEEDS = (201, 247)  # a daemon and passes of cron that are killed, lose power and stand still, while people merge leads
Databases = Callable[[], AbstractContextManager[str]]
pytestmark = pytest.mark.timeout(300)


def test_the_same_seed_gives_the_same_trace(tmp_path: Path) -> None:
    """The other process hashes its strings otherwise, and plays the seeds in the other order."""
    gc.disable()
    try:
        first = [_played(seed, tmp_path / f"first-{seed}") for seed in SEEDS]
    finally:
        gc.enable()
    second = [_played(seed, tmp_path / f"second-{seed}") for seed in SEEDS]
    told = _in_another_process(*reversed(SEEDS))

    for one, other in zip(first, second, strict=True):
        assert one.lines == other.lines
        assert f"seed {one.seed}, {DAYS} days, trace {one.trace}" in told, told
        assert {"kill", "power", "frozen"} <= set(one.hits)


def test_the_same_seed_gives_the_same_trace_on_a_server(postgresql_databases: Databases, tmp_path: Path) -> None:
    """Alone, and after another run on the same server."""
    traces = []
    for number, seed in enumerate((SEEDS[0], SEEDS[1], SEEDS[0])):
        with postgresql_databases() as server:
            traces.append(_played(seed, tmp_path / str(number), server=server))

    assert traces[0].lines == traces[2].lines
    assert {"kill", "rival"} <= set(traces[0].hits)
    assert traces[0].trace != traces[1].trace


def test_another_seed_gives_another_trace(tmp_path: Path) -> None:
    one, other = (_played(seed, tmp_path / str(seed), days=1) for seed in SEEDS)

    assert one.trace != other.trace


def _played(seed: int, folder: Path, *, days: int = DAYS, server: str = "") -> Outcome:
    folder.mkdir()
    return simulate(seed, days, folder, rest=REST, server=server)


def _in_another_process(*seeds: int) -> str:
    command = [sys.executable, "-m", "tests.simulation", *map(str, seeds), "--days", str(DAYS), "--rest", str(REST)]
    environment = {**os.environ, "PYTHONHASHSEED": "77"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr
