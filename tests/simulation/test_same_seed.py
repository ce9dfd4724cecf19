"""The same seed plays the same run, in this process and in any other."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulation.run import simulate

ROOT = Path(__file__).resolve().parents[2]
DAYS, REST = 2, 0
pytestmark = pytest.mark.timeout(300)


@pytest.mark.parametrize("seed", [5, 6])
def test_the_same_seed_gives_the_same_trace(seed: int, tmp_path: Path) -> None:
    """5 is lived through by a daemon, 6 by passes of cron; the other process hashes its strings otherwise."""
    first, second = (simulate(seed, DAYS, _made(tmp_path / name), rest=REST) for name in ("first", "second"))
    other = subprocess.run(
        [sys.executable, "-m", "tests.simulation", str(seed), "--days", str(DAYS), "--rest", str(REST)],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "77"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert first.lines == second.lines
    assert f"trace {first.trace}" in other.stdout, other.stdout + other.stderr


def test_another_seed_gives_another_trace(tmp_path: Path) -> None:
    one, other = (simulate(seed, 1, _made(tmp_path / str(seed)), rest=REST) for seed in (2, 4))

    assert one.trace != other.trace


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
