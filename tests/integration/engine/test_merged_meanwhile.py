"""Two records become one while a touch to the one is decided: its address is gone, the touch is not."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from channels.protocol import Accepted, Withdrawn
from channels.recording import RecordingChannel
from tests.campaign import POLICY, Campaign
from touches.engine.deciding import decide
from touches.engine.in_hand import InHand
from touches.engine.marking import mark_allowed
from touches.engine.offered import Offered
from touches.engine.passing import newest_touch
from touches.engine.preparing import claim, write_decided
from touches.engine.recording import record
from touches.model.states import LedgerStatus, TouchState
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
        merge_leads(unit, campaign.office.signer, both[double], both[ann], actor="test", at=campaign.clock.now())
    with campaign.store.write() as unit:
        taken = write_decided(unit, campaign.office, claimed, decided)

    touch = campaign.touches(ann)[0]
    assert (taken, touch.state) == ([], TouchState.READY)
    campaign.clock.advance(timedelta(minutes=2))
    campaign.tick()
    assert len(channel.taken) == 1
    assert campaign.touches(ann)[0].state is TouchState.SENT


def in_hand(campaign: Campaign, channel: RecordingChannel) -> list[InHand]:
    """All that is due, composed, its news reserved."""
    _, claimed = claim(campaign.office, "email", up_to_id=newest_touch(campaign.office), number=1)
    assert claimed is not None
    with campaign.store.read() as unit:
        decided = decide(claimed, channel, campaign.office, unit)
    with campaign.store.write() as unit:
        return write_decided(unit, campaign.office, claimed, decided)


def mark(campaign: Campaign, touches: Sequence[InHand]) -> frozenset[int]:
    with campaign.store.write() as unit:
        marking = mark_allowed(unit, campaign.office, touches)
    return marking.done().allowed


def settle(campaign: Campaign, each: InHand, *, left: bool) -> None:
    now = campaign.clock.now()
    result = Accepted(reference="1") if left else Withdrawn()
    offered = Offered(each=each, result=result, marked=left, began_at=now, ended_at=now, why="" if left else "merged")
    with campaign.store.write() as unit:
        record(unit, campaign.office, [offered])


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("marked", [0, 1])
def test_what_left_while_its_lead_was_merged_stays_told(
    campaign: Campaign, marked: int, order: tuple[int, int]
) -> None:
    """Both records were about to hear the same. The one message is on its way, the other is called back."""
    channel: RecordingChannel = campaign.record()
    campaign.publish(news={"hours": "We answer until ten now."})
    ann, double = campaign.lead("ann"), campaign.lead("double")
    campaign.enroll(ann, double)
    both = sorted(in_hand(campaign, channel), key=lambda each: each.touch.id)
    gone = both[marked]
    assert mark(campaign, [gone]) == {gone.touch.id}

    with campaign.store.write() as unit:
        leads = unit.leads.by_ids([ann, double])
        merge_leads(unit, campaign.office.signer, leads[double], leads[ann], actor="test", at=campaign.clock.now())
    assert mark(campaign, [both[1 - marked]]) == frozenset()
    for place in order:
        settle(campaign, both[place], left=place == marked)

    with campaign.store.read() as unit:
        told = unit.ledger.told([ann])[ann]
    assert [(one.status, one.touch_id) for one in told.values()] == [(LedgerStatus.TOLD, gone.touch.id)]


@pytest.mark.parametrize("together", [False, True])
def test_what_follows_a_touch_that_left_during_a_merge_is_planned_with_it_for_the_one_who_is_left(
    campaign: Campaign, together: bool
) -> None:
    """Also where the other record is in the same batch, by another policy."""
    channel: RecordingChannel = campaign.record()
    campaign.publish(POLICY, POLICY.replace("follow", "other"))
    ann, double = campaign.lead("ann"), campaign.lead("double")
    campaign.enroll(double)
    if together:
        campaign.enroll(ann, policy="other")
    both = in_hand(campaign, channel)
    (leaving,) = (each for each in both if each.touch.lead_id == double)
    assert mark(campaign, [leaving]) == {leaving.touch.id}

    with campaign.store.write() as unit:
        leads = unit.leads.by_ids([ann, double])
        merge_leads(unit, campaign.office.signer, leads[double], leads[ann], actor="test", at=campaign.clock.now())
    settle(campaign, leaving, left=True)

    own = [(one.step, one.state) for one in campaign.touches(ann) if one.policy == "follow"]
    assert own == [("first", TouchState.SENT), ("second", TouchState.PLANNED)]
