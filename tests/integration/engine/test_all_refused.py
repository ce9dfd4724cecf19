"""A belt whose touches are all refused at the gate: whoever brings the next batch is told that there is room."""

import asyncio

from channels.recording import RecordingChannel
from tests.campaign import Campaign
from touches.engine.belt import Belt
from touches.engine.committing import Committer
from touches.engine.deciding import decide
from touches.engine.in_hand import InHand
from touches.engine.passing import newest_touch
from touches.engine.preparing import claim, write_decided

LEADS = 3 * RecordingChannel.concurrency  # marked in several groups


def _prepared(campaign: Campaign, channel: RecordingChannel) -> list[InHand]:
    office = campaign.office
    _, claimed = claim(office, "email", up_to_id=newest_touch(office), number=1)
    assert claimed is not None
    with office.store.read() as unit:
        decided = decide(claimed, channel, office, unit)
    with office.store.write() as unit:
        return write_decided(unit, office, claimed, decided)


async def _refused(campaign: Campaign, channel: RecordingChannel, touches: list[InHand]) -> tuple[int, object]:
    """How many wait when there was room for the last time, and what a connection got that waited all the while."""
    committer, room = Committer(campaign.office), asyncio.Event()
    committer.start()
    await asyncio.sleep(0)
    await committer.stop()  # it refuses every marker from now on
    belt = Belt(campaign.office, channel, committer, ahead=True, room=room)
    belt.put(touches)
    connection = asyncio.create_task(belt.next())
    while belt.waiting:
        room.clear()
        await asyncio.wait_for(room.wait(), 10)
    belt.close()
    return belt.waiting, await connection


def test_there_is_room_where_nothing_may_leave(campaign: Campaign) -> None:
    channel = campaign.record()
    campaign.publish()
    campaign.enroll(*(campaign.lead(f"l{number}") for number in range(LEADS)))
    touches = _prepared(campaign, channel)
    assert len(touches) == LEADS

    assert asyncio.run(_refused(campaign, channel, touches)) == (0, None)
