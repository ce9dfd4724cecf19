"""With a slow start nothing is marked before its domain has room: a mark grows old, and a power cut doubts it."""

import asyncio
from dataclasses import replace
from pathlib import Path

from channels.protocol import Marker, Prepared, Result
from channels.recording import RecordingChannel
from tests.campaign import Campaign
from touches.engine.committing import Committer
from touches.engine.dispatching import Pass, drain
from touches.engine.passing import newest_touch
from touches.model.states import TouchState
from touches.settings.values import WarmUp
from touches.store.units import Store

ONE_STEP = """
policy: follow
hours: {email: {days: mon-sun, from: "00:00", until: "23:59"}}
touches: [{id: first, day: 0, channel: email, news: any, ask: Reply.}]
"""
LEADS = 60


class Counting(RecordingChannel):
    """Counts, at each message, how many are marked."""

    def __init__(self, store: Store) -> None:
        super().__init__("email")
        self.concurrency = 4
        self.marked: list[int] = []
        self._store = store

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        with self._store.read() as unit:
            self.marked.append(len(unit.touches.in_states([TouchState.COMMITTING])))
        await asyncio.sleep(0)
        return await super().hand_over(prepared, marker)


async def drained(campaign: Campaign, channel: Counting, folder: Path) -> Pass:
    ramp = WarmUp(per_day=1000, doubling_days=0)
    desk = replace(campaign.office.desk, journal_at=str(folder), warm_up=ramp)
    office = replace(campaign.office, desk=desk)
    committer = Committer(office)
    committer.start()
    done = await drain(office, channel, committer, up_to_id=newest_touch(office), stopping=lambda: False)
    await committer.stop()
    return done


def test_no_more_is_marked_than_may_be_under_way(campaign: Campaign, tmp_path: Path) -> None:
    campaign.record()  # so that there is a way by email
    campaign.publish(ONE_STEP)
    campaign.enroll(*(campaign.lead(f"l{number}") for number in range(LEADS)))  # all at one domain
    channel = Counting(campaign.store)

    done = asyncio.run(drained(campaign, channel, tmp_path / "journal"))

    assert (done.claimed, len(channel.taken)) == (LEADS, LEADS)
    assert channel.marked[0] == 1
    assert max(channel.marked) <= 2 * channel.concurrency  # at the connections, and answered but not yet written down
