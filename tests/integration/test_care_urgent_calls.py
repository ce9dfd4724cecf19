"""Urgent news for leads who prefer to be called: a call that belongs to no enrollment."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.campaign import NEWS, POLICY
from tests.integration.care_campaign import CareCampaign
from touches.model.cadence import Touch
from touches.model.states import TouchState

OUTAGE = "---\nkind: event\nheadline: {}\nurgent: true\n---\nUntil noon, on line {}.\n"
URGENT = {"outage": OUTAGE.format("The line is down", 1), "recall": OUTAGE.format("Do not use the red cups", 2)}


@pytest.fixture
def campaign(sqlite_url: str, tmp_path: Path) -> Iterator[CareCampaign]:
    made = CareCampaign(sqlite_url, tmp_path)
    yield made
    made.close()


@pytest.fixture
def lead(campaign: CareCampaign) -> int:
    """Two pieces of urgent news wait on aino's list."""
    campaign.publish(POLICY, news=NEWS)
    found = campaign.caller(preferred_channel="call")
    campaign.enroll(found)
    campaign.tick()
    campaign.publish(POLICY, news={**NEWS, **URGENT})
    campaign.tick()
    campaign.tick()
    return found


def calls(campaign: CareCampaign, lead: int) -> list[Touch]:
    return [touch for touch in campaign.touches(lead) if touch.step == "urgent"]


def test_each_stands_on_the_list_with_its_own_news(campaign: CareCampaign, lead: int) -> None:
    rows = [row for row in campaign.today() if row["kind"] == "call"]
    assert sorted(row["news"] for row in rows) == ["outage", "recall"]
    assert all(row["phone"] == "+358401234567" for row in rows)


def test_a_result_ends_its_own_call_and_tells_its_own_news(campaign: CareCampaign, lead: int) -> None:
    first, second = calls(campaign, lead)
    done = campaign.done(first, "reached", said="Thanks")
    assert (done.state, done.next_touch) == (TouchState.SENT, None)
    assert [touch.state for touch in calls(campaign, lead)] == [TouchState.SENT, TouchState.OFFERING]
    assert campaign.told(lead)[first.news] == "told"
    assert campaign.told(lead)[second.news] == "reserved"


def test_an_undone_result_leaves_the_other_call_alone(campaign: CareCampaign, lead: int) -> None:
    first, _ = calls(campaign, lead)
    campaign.done(first, "reached")
    campaign.undo(first)
    assert [touch.state for touch in calls(campaign, lead)] == [TouchState.OFFERING, TouchState.OFFERING]


def test_nobody_reached_is_tried_again_and_given_up_in_the_end(campaign: CareCampaign, lead: int) -> None:
    first, _ = calls(campaign, lead)
    for expected in (TouchState.READY, TouchState.READY, TouchState.FAILED):
        assert campaign.done(first, "no-answer").state is expected


@pytest.mark.parametrize("preferred", ["fax", "call"])
def test_who_prefers_a_way_that_there_is_not_hears_it_by_another(campaign: CareCampaign, preferred: str) -> None:
    campaign.publish(POLICY)
    found = campaign.caller(preferred_channel=preferred, phone="")
    campaign.enroll(found)
    campaign.tick()
    campaign.publish(POLICY, news={**NEWS, "outage": URGENT["outage"]})
    campaign.tick()
    campaign.tick()
    assert [(touch.channel, touch.state) for touch in calls(campaign, found)] == [("email", TouchState.SENT)]
