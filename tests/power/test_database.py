"""The power goes: every commit that was acknowledged is still there, none is there by half, and the file is sound."""

import os
import random
from functools import lru_cache
from pathlib import Path

import pytest

from tests.power.cutting import SAFE, Loss, Machine, cut_once, prints_of, recorded

SEED = int(os.environ.get("CHAOS_SEED", "1"))
CUTS = int(os.environ.get("POWER_CUTS", "150"))

pytestmark = pytest.mark.timeout(300 if CUTS <= 150 else 0)


@pytest.fixture
def made(sqlite_url: str) -> bytes:
    return Path(sqlite_url.removeprefix("sqlite:///")).read_bytes()


@lru_cache(maxsize=1)
def _played(made: bytes, url: str, folder: Path) -> tuple[list[list[str]], list[str]]:
    transactions = recorded(url, folder)
    return transactions, prints_of(made, transactions)


def cut_often(made: bytes, url: str, folder: Path, *, cuts: int, **changed: str) -> Loss:
    transactions, prints = _played(made, url, folder)
    pragmas = [(name, changed.get(name, value)) for name, value in SAFE]
    whole = Machine(made=made, transactions=transactions, dice=random.Random(SEED), pragmas=pragmas)
    whole.run()
    assert whole.acknowledged == len(transactions) > 40
    loss, dice = Loss(), random.Random(SEED)
    for number in range(cuts):
        machine = Machine(
            made=made,
            transactions=transactions,
            dice=random.Random(SEED * 1_000_003 + number),
            pragmas=pragmas,
            at=dice.randrange(1, whole.operations + 1),
        )
        cut_once(machine, prints, loss)
    return loss


def test_no_power_cut_takes_back_an_acknowledged_commit(made: bytes, sqlite_url: str, tmp_path: Path) -> None:
    """With the very settings of the store."""
    loss = cut_often(made, sqlite_url, tmp_path, cuts=CUTS)
    print(f"\n{loss.said('ours, WAL and synchronous=FULL')}, seed {SEED}")

    assert (loss.lost, loss.broken) == (0, 0), loss.examples
    assert loss.torn > 0
    assert loss.commits > CUTS


@pytest.mark.parametrize("weak", ["OFF", "NORMAL"])
def test_the_rig_sees_commits_go_where_nothing_is_synced(
    weak: str, made: bytes, sqlite_url: str, tmp_path: Path
) -> None:
    loss = cut_often(made, sqlite_url, tmp_path, cuts=max(20, CUTS // 3), synchronous=weak)
    print(f"\n{loss.said(f'negative control, synchronous={weak}')}, seed {SEED}")

    assert loss.lost + loss.broken > 0, "the rig cannot see the fault that it is there for"
