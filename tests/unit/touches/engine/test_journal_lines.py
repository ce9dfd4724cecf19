"""Each line of the journal is there at once, and only whole lines count."""

import resource
from datetime import UTC, datetime
from pathlib import Path

import pytest

from channels.protocol import Accepted, Failure, Refused, Unknown
from touches.engine import journal as journals
from touches.engine.journal import COMPACT_AT, RESERVED, Journal, path_of
from touches.errors import FileError

OWNER = "host:1:1"
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
NO = Refused(failure=Failure.GREYLIST, permanent=False)


def kept(folder: Path, journal: Journal) -> dict[int, bool]:
    """What a rescue would read of the answers, after a kill at this moment."""
    content = path_of(folder, OWNER).read_bytes()
    journal.close(keep=True)
    path_of(folder, OWNER).write_bytes(content)
    testimony = journals.testimony_of(folder, OWNER)
    assert testimony is not None
    return {touch: answer.accepted for (touch, _), answer in testimony.answers.items()}


def test_an_answer_is_there_at_once(tmp_path: Path) -> None:
    journal = Journal(tmp_path, OWNER)
    journal.start()
    journal.begun(1, 1)
    journal.begun(2, 1)
    journal.answered(1, 1, Accepted(reference='Q 1"'), AT)
    journal.answered(2, 1, NO, AT)

    assert kept(tmp_path, journal) == {1: True, 2: False}


def test_a_line_without_its_end_counts_for_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path, OWNER)
    journal.start()
    journal.begun(1, 1)
    journal.close()
    whole = path_of(tmp_path, OWNER).read_bytes()
    path_of(tmp_path, OWNER).write_bytes(whole + b"b 2 1" + bytes(1000))

    testimony = journals.testimony_of(tmp_path, OWNER)
    assert testimony is not None
    assert testimony.begun == {(1, 1)}


def test_it_grows_and_is_made_shorter_without_losing_what_is_open(tmp_path: Path) -> None:
    journal = Journal(tmp_path, OWNER)
    journal.start()
    for touch_id in range(COMPACT_AT // 8):
        journal.begun(touch_id, 1)
    assert path_of(tmp_path, OWNER).stat().st_size > COMPACT_AT
    journal.recorded(range(10, COMPACT_AT // 8))
    assert path_of(tmp_path, OWNER).stat().st_size == RESERVED
    journal.begun(7_000_000, 1)
    journal.close()

    testimony = journals.testimony_of(tmp_path, OWNER)
    assert testimony is not None
    assert testimony.begun == {*((touch_id, 1) for touch_id in range(10)), (7_000_000, 1)}


def begin(journal: Journal, begun: list[int]) -> None:
    for touch_id in range(RESERVED):
        journal.begun(touch_id, 1)
        begun.append(touch_id)


def test_without_room_for_the_line_nothing_begins(tmp_path: Path) -> None:
    journal = Journal(tmp_path, OWNER)
    journal.start()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (RESERVED, limits[1]))
    begun: list[int] = []
    try:
        with pytest.raises(FileError, match="journal"):
            begin(journal, begun)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    journal.begun(9_999_999, 1)  # there is room again
    journal.close()

    testimony = journals.testimony_of(tmp_path, OWNER)
    assert testimony is not None
    assert testimony.begun == {*((touch_id, 1) for touch_id in begun), (9_999_999, 1)}


def test_an_unknown_end_says_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path, OWNER)
    journal.start()
    journal.begun(1, 1)
    journal.answered(1, 1, Unknown(phase="dot"), AT)

    assert kept(tmp_path, journal) == {}


def test_a_closed_journal_holds_every_answer(tmp_path: Path) -> None:
    journal = Journal(tmp_path, OWNER)
    journal.start()
    journal.begun(1, 1)
    journal.answered(1, 1, NO, AT)
    journal.close()
    testimony = journals.testimony_of(tmp_path, OWNER)

    assert testimony is not None
    assert (1, 1) in testimony.answers
