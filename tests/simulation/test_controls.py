"""One rule broken on purpose, and the checker sees it."""

from pathlib import Path

import pytest

from tests.simulation.controls import Dawdles, Empties, Repeats, Resends, SendsThenMarks, Swallows, living
from tests.simulation.nature import Deed, Fault
from tests.simulation.network import SimulatedChannel
from tests.simulation.run import Run

SEEDS = range(1, 9)
DAYS = 8
pytestmark = pytest.mark.timeout(300)


def found(folder: Path, words: str, **wrong: object) -> bool:
    """Whether some seed shows a violation of these words."""
    for seed in SEEDS:
        room = folder / str(seed)
        room.mkdir()
        run = Run(seed, room, **wrong)  # type: ignore[arg-type]
        run.world.nature.possible |= {Fault.ANSWER_LOST, Fault.END_LOST}
        run.world.nature.wanted |= {Deed.RESOLVE, Deed.OPT_OUT}
        if any(words in each for each in run.play(DAYS).violations):
            return True
    return False


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
