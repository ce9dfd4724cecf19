"""One rule broken on purpose, and the checker sees it."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from tests.simulation.controls import Dawdles, Deaf, Empties, Repeats, Resends, SendsThenMarks, Swallows, living
from tests.simulation.nature import Deed, Fault
from tests.simulation.network import SimulatedChannel
from tests.simulation.run import Run

SEEDS = range(1, 9)
DAYS = 8
pytestmark = pytest.mark.timeout(300)
Databases = Callable[[], AbstractContextManager[str | None]]


def found(folder: Path, words: str, databases: Databases = nullcontext, **wrong: object) -> bool:
    """Whether some seed shows a violation of these words."""
    return any(shown(folder / str(seed), seed, words, databases, **wrong) for seed in SEEDS)


def shown(folder: Path, seed: int, words: str, databases: Databases, **wrong: object) -> bool:
    """Whether a seed does."""
    folder.mkdir()
    with databases() as server:
        run = Run(seed, folder, server=server or "", **wrong)  # type: ignore[arg-type]
        run.world.nature.possible |= {Fault.ANSWER_LOST, Fault.END_LOST, Fault.FROZEN}
        run.world.nature.wanted |= {Deed.RESOLVE, Deed.OPT_OUT}
        return any(words in each for each in run.play(DAYS).violations)


@pytest.mark.parametrize(
    ("transport", "words"),
    [
        (SendsThenMarks, "arrived without a marker"),
        (Swallows, "never arrived"),
        (Dawdles, "left "),
        (Empties, "not one piece of news"),
        (Repeats, "arrived 2 times"),
    ],
)
def test_a_wrong_transport_is_found_out(transport: type[SimulatedChannel], words: str, tmp_path: Path) -> None:
    assert found(tmp_path, words, life=living(transport))


def test_sending_again_what_is_in_doubt_is_found_out(tmp_path: Path) -> None:
    assert found(tmp_path, "arrived 2 times", people=Resends)


def test_who_does_not_hear_that_another_has_taken_over_is_found_out(
    postgresql_databases: Databases, tmp_path: Path
) -> None:
    assert found(tmp_path, "arrived ", postgresql_databases, life=living(Deaf))
