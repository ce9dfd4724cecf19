"""Nobody waits in vain for what writes down, and a journal that cannot be made shorter stops nothing."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from channels.protocol import Marker, Prepared, Result
from channels.recording import RecordingChannel
from tests.campaign import Campaign
from touches.engine.committing import Committer
from touches.engine.dispatching import drain
from touches.engine.journal import COMPACT_AT, path_of
from touches.engine.passing import newest_touch, plan_missing
from touches.errors import DatabaseUnreachable
from touches.model.states import TouchState


async def test_who_waits_for_a_committer_that_has_ended_is_told(campaign: Campaign) -> None:
    committer = Committer(campaign.office)
    committer.start()
    await asyncio.sleep(0)
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    await asyncio.sleep(0)

    marked = await asyncio.wait_for(committer.mark_ahead([]), 5)
    with pytest.raises(DatabaseUnreachable, match="the process ends"):
        await asyncio.wait_for(committer.flush(), 5)

    assert marked.why_not(1) == "the process ends"


class Full(RecordingChannel):
    """While it hands over, the journal grows beyond its size, and there is no room for a shorter one."""

    def __init__(self, committer: Committer, spare: Path) -> None:
        super().__init__("email")
        self._committer = committer
        self._spare = spare

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        assert self._committer.journal is not None
        self._spare.mkdir(exist_ok=True)
        for number in range(COMPACT_AT // 10):
            self._committer.journal.begun(1_000_000 + number, 1)
        return await super().hand_over(prepared, marker)


async def test_a_journal_that_cannot_be_made_shorter_stops_nothing(campaign: Campaign, tmp_path: Path) -> None:
    campaign.record()
    office = replace(campaign.office, desk=replace(campaign.office.desk, journal_at=str(tmp_path)))
    campaign.publish()
    ann = campaign.lead("ann")
    campaign.enroll(ann)
    plan_missing(office)
    committer = Committer(office)
    committer.start()
    channel = Full(committer, path_of(tmp_path, office.owner_name).with_suffix(".new"))

    await drain(office, channel, committer, up_to_id=newest_touch(office), stopping=lambda: False)
    await committer.stop()

    assert campaign.touches(ann)[0].state is TouchState.SENT
