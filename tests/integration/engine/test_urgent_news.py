"""Urgent news makes one touch outside the cadence, for those it concerns."""

from tests.campaign import NEWS, Campaign
from touches.model.states import TouchState

URGENT = "---\nkind: event\nheadline: The line is down today\nurgent: true\nfor: {segment: cafe}\n---\nUntil noon.\n"


def test_those_in_touch_hear_it_once_and_ahead_of_selling(campaign: Campaign) -> None:
    mail = campaign.record()
    campaign.publish(news=NEWS)
    ann, bob = campaign.lead("ann", segment="cafe"), campaign.lead("bob", segment="furniture")
    stranger = campaign.lead("eve", segment="cafe")
    campaign.enroll(ann, bob)
    campaign.tick()

    campaign.publish(news={**NEWS, "outage": URGENT})
    campaign.tick()
    campaign.tick()
    campaign.tick()

    told = [touch for touch in campaign.touches(ann) if touch.step == "urgent"]
    assert [(touch.news, touch.state) for touch in told] == [("outage", TouchState.SENT)]
    assert [touch.step for touch in campaign.touches(bob)] == ["first", "second"]
    assert campaign.touches(stranger) == []
    assert b"The line is down" in mail.taken[-1].payload


def test_the_cadence_does_not_tell_it_a_second_time(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish(news={"hello": NEWS["hello"], "outage": URGENT})
    ann = campaign.lead("ann", segment="cafe")
    campaign.enroll(ann)

    campaign.pass_days(3)

    told = [touch.news for touch in campaign.touches(ann) if touch.state is TouchState.SENT]
    assert sorted(told) == ["hello", "outage"]
