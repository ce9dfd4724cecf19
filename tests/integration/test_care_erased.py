"""What colleagues were told of somebody who was erased: their notices belong to no lead and name one all the same."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.integration.care_campaign import CareCampaign
from touches.care.chores import forget_erased
from touches.care.complaints import open_complaint
from touches.people.erasing import erase_lead


@pytest.fixture
def campaign(sqlite_url: str, tmp_path: Path) -> Iterator[CareCampaign]:
    made = CareCampaign(sqlite_url, tmp_path)
    yield made
    made.close()


def complain(campaign: CareCampaign, lead: int, text: str) -> None:
    with campaign.changing() as unit:
        person = unit.leads.by_ids([lead])[lead]
        open_complaint(unit, campaign.office, person, text, actor="aino")


def erase(campaign: CareCampaign, lead: int) -> None:
    with campaign.changing() as unit:
        person = unit.leads.by_ids([lead])[lead]
        erase_lead(unit, campaign.office.signer, person, actor="aino", at=campaign.clock.now())


def texts(campaign: CareCampaign) -> list[tuple[str, str]]:
    return [(subject, body) for _, subject, body in campaign.notices()]


def test_what_they_were_told_is_forgotten_at_once(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    complain(campaign, lead, "The cup was cold")
    campaign.tick()
    campaign.tick()  # the morning's list as well
    erase(campaign, lead)
    assert set(texts(campaign)) == {("", "")}


def test_what_has_not_left_yet_leaves_and_is_forgotten_then(campaign: CareCampaign) -> None:
    lead = campaign.caller()
    complain(campaign, lead, "The cup was cold")
    erase(campaign, lead)
    assert "The cup was cold" in texts(campaign)[0][1]
    campaign.tick()
    assert len(campaign.mails.taken) == 1
    campaign.clock.advance(timedelta(minutes=1))
    complain(campaign, campaign.caller("bea"), "The lid leaks")
    campaign.tick()
    campaign.tick()
    assert [body for _, body in texts(campaign) if "cup" in body] == []
    assert [body for _, body in texts(campaign) if "lid" in body] != []
    assert forget_erased(campaign.office) == 0
