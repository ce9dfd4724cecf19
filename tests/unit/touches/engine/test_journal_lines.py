"""Answers wait for the next line of the journal, and are never lost with it."""

from datetime import UTC, datetime
from pathlib import Path

from channels.protocol import Accepted, Failure, Refused, Unknown
from touches.engine import journal as journals
from touches.engine.journal import Journal

OWNER = "host:1:1"
AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
NO = Refused(failure=Failure.GREYLIST, permanent=False)


def kept(folder: Path, journal: Journal) -> dict[int, bool]:
    """What a rescue would read of the answers, after a kill at this moment."""
    content = (folder / "host_1_1.log").read_bytes()
    journal.close(keep=True)
    (folder / "host_1_1.log").write_bytes(content)
    testimony = journals.testimony_of(folder, OWNER)
    assert testimony is not None
    return {touch: answer.accepted for (touch, _), answer in testimony.answers.items()}


def test_an_answer_leaves_at_the_latest_with_what_is_begun_next(tmp_path: Path) -> None:
    journal = Journal(tmp_path, OWNER)
    journal.start()
    journal.begun(1, 1)
    journal.begun(2, 1)
    assert journal.answered(1, 1, Accepted(reference='Q 1"'), AT)
    assert not journal.answered(2, 1, NO, AT)
    journal.begun(3, 1)

    assert kept(tmp_path, journal) == {1: True, 2: False}


def test_an_answer_leaves_by_itself_when_it_is_flushed(tmp_path: Path) -> None:
    journal = Journal(tmp_path, OWNER)
    journal.start()
    journal.begun(1, 1)
    assert journal.answered(1, 1, Accepted(reference="Q1"), AT)
    journal.flush()
    journal.flush()

    assert kept(tmp_path, journal) == {1: True}


def test_an_unknown_end_says_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path, OWNER)
    journal.start()
    journal.begun(1, 1)
    assert not journal.answered(1, 1, Unknown(phase="dot"), AT)
    journal.flush()

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
