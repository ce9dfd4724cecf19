"""The journal of hand-overs is written without a sync: it outlives a kill, and after a power cut nobody believes it.

What must outlive a power cut is the marker in the database; without a journal that is believed, every marked touch is
in doubt, and nothing that may have left is ever offered again.
"""

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from channels.protocol import Accepted, Marker, Prepared, Refused, Result
from channels.protocol import Failure as Why
from channels.recording import RecordingChannel
from tests.campaign import Campaign
from touches.engine.journal import Journal, boot_id, path_of
from touches.engine.journal import Testimony as Heard
from touches.engine.journal import testimony_of as read_journal
from touches.model.states import TouchState

AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
OWNER = "host:1:start"
REFUSED = Refused(failure=Why.TEMPORARY, permanent=False)


@pytest.fixture
def written(tmp_path: Path) -> bytes:
    """A journal of forty hand-overs as its writer left it: some answered, some refused, some without a word."""
    journal, dice = Journal(tmp_path, OWNER), random.Random(5)
    journal.start()
    for touch_id in range(1, 41):
        journal.begun(touch_id, 1)
        if touch_id % 4:
            answer = Accepted(reference=f"queue {dice.random()}") if touch_id % 3 else REFUSED
            journal.answered(touch_id, 1, answer, AT)
    content = path_of(tmp_path, OWNER).read_bytes()
    journal.close()
    return content.rstrip(b"\0")


def heard(folder: Path, content: bytes) -> Heard | None:
    path_of(folder, OWNER).write_bytes(content)
    return read_journal(folder, OWNER)


def left_by(content: bytes, dice: random.Random) -> Iterator[bytes]:
    """What a power cut may leave of a file that was never synced: nothing, a part, blocks of zeros, old blocks."""
    yield b""
    for _ in range(300):
        torn = bytearray(content[: dice.randrange(len(content) + 1)])
        for _ in range(dice.randrange(3)):
            start = dice.randrange(len(torn) + 1)
            torn[start : start + 64] = bytes(dice.randrange(65))
        yield bytes(torn)


def test_after_a_power_cut_no_journal_is_believed(written: bytes, tmp_path: Path) -> None:
    """Not even a whole one: another line may have followed it."""
    before = written.replace(boot_id().encode(), b"00000000-0000-0000-0000-000000000000")

    assert heard(tmp_path, written) is not None
    assert all(heard(tmp_path, left) is None for left in [before, *left_by(before, random.Random(1))])


def test_a_journal_cut_anywhere_tells_exactly_its_whole_lines(written: bytes, tmp_path: Path) -> None:
    header = written.index(b"\n") + 1
    for end in range(header, len(written) + 1):
        whole = written[:end].rpartition(b"\n")[0].split(b"\n")[1:]
        testimony = heard(tmp_path, written[:end])

        assert testimony is not None
        assert len(testimony.begun) == sum(line.startswith(b"b ") for line in whole)
        assert len(testimony.answers) == sum(not line.startswith(b"b ") for line in whole)


def test_a_damaged_journal_stops_nobody_and_proves_nothing_it_does_not_say(written: bytes, tmp_path: Path) -> None:
    known = heard(tmp_path, written)
    assert known is not None
    for left in left_by(written, random.Random(2)):
        testimony = heard(tmp_path, left)

        if testimony is not None and b"\0" not in left:
            assert testimony.begun <= known.begun
            assert all(known.answers[attempt] == answer for attempt, answer in testimony.answers.items())


class Dies(RecordingChannel):
    """The machine stops when the third message has left and before its answer was heard."""

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        """The third one's answer never comes."""
        result = await super().hand_over(prepared, marker)
        if len(self.taken) == 3:
            os._exit(9)
        return result


def dies(campaign: Campaign, out: Path) -> None:
    """In a process of its own, so that nothing of it goes on."""
    campaign.store.close()
    pid = os.fork()
    if pid == 0:
        try:
            campaign.use(email=Dies("email", folder=out))
            campaign.tick()
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9


@pytest.mark.parametrize("journal", ["as it was", "of another run of the machine", "gone"])
def test_what_was_marked_when_the_power_went_is_never_offered_again(
    journal: str, sqlite_url: str, tmp_path: Path
) -> None:
    campaign = Campaign(sqlite_url, tmp_path)
    folder, out, again = (tmp_path / name for name in ("journal", "out", "again"))
    campaign.office = replace(campaign.office, desk=replace(campaign.office.desk, journal_at=str(folder)))
    campaign.record()
    campaign.publish()
    leads = [campaign.lead(f"lead{number}") for number in range(6)]
    campaign.enroll(*leads)
    dies(campaign, out)
    for file in list(folder.iterdir()) if journal != "as it was" else ():
        if journal == "gone":
            file.unlink()
        else:
            file.write_bytes(file.read_bytes().replace(boot_id().encode(), b"another"))

    campaign.office = replace(campaign.office, owner_name="test:2:2")
    campaign.record(folder=again)
    campaign.tick()

    first, second = ({file.name for file in place.glob("*")} for place in (out, again))
    doubts = [campaign.touches(lead)[0].state for lead in leads].count(TouchState.IN_DOUBT)
    campaign.close()
    assert len(first) == 3
    assert not first & second
    assert doubts >= 1
    assert len(first | second) + doubts >= len(leads)
