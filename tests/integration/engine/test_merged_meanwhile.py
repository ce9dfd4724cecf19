"""Two records become one while a touch to the one is decided: its address is gone, the touch is not."""

from datetime import timedelta

from channels.recording import RecordingChannel
from tests.campaign import Campaign
from touches.engine.deciding import decide
from touches.engine.passing import newest_touch
from touches.engine.preparing import claim, write_decided
from touches.model.states import TouchState
from touches.people.joining import merge_leads


def test_a_touch_whose_lead_is_merged_before_it_is_written_down_is_decided_again(campaign: Campaign) -> None:
    channel: RecordingChannel = campaign.record()
    campaign.publish()
    ann, double = campaign.lead("ann"), campaign.lead("double")
    campaign.enroll(double)
    _, claimed = claim(campaign.office, "email", up_to_id=newest_touch(campaign.office), number=1)
    assert claimed is not None
    with campaign.store.read() as unit:
        decided = decide(claimed, channel, campaign.office, unit)

    with campaign.store.write() as unit:
        both = unit.leads.by_ids([double, ann])
        merge_leads(unit, both[double], both[ann], actor="test", at=campaign.clock.now())
    with campaign.store.write() as unit:
        taken = write_decided(unit, campaign.office, claimed, decided)

    touch = campaign.touches(ann)[0]
    assert (taken, touch.state) == ([], TouchState.READY)
    campaign.clock.advance(timedelta(minutes=2))
    campaign.tick()
    assert len(channel.taken) == 1
    assert campaign.touches(ann)[0].state is TouchState.SENT
