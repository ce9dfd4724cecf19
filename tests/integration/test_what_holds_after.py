"""What stood against writing to a person stands after a merge, before anything else leaves; and what one person's case
held for others ends with that person's erasure."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.integration.care_campaign import CareCampaign
from touches.care.complaints import open_complaint
from touches.care.promises import add_promise
from touches.model.care import CareState
from touches.model.states import EnrollmentState, TouchState
from touches.people.draft import Defaults
from touches.people.editing import Hand, set_fields
from touches.people.erasing import erase_lead
from touches.people.joining import merge_leads
from touches.people.opt_out import opt_out
from touches.store.units import Unit

Deed = Callable[[Unit, CareCampaign, int], None]
MAILS = """
policy: follow
touches:
  - {id: a, day: 0, channel: email, news: any, ask: Reply.}
  - {id: b, after: 1 day, channel: email, news: any, ask: Reply.}
"""


@pytest.fixture
def campaign(database_url: str, tmp_path: Path) -> Iterator[CareCampaign]:
    made = CareCampaign(database_url, tmp_path)
    made.publish(MAILS)
    yield made
    made.close()


def dies(unit: Unit, campaign: CareCampaign, lead_id: int) -> None:
    now = campaign.clock.now()
    hand = Hand(signer=campaign.office.signer, defaults=Defaults(country="FI", year=2026), now=now, actor="test")
    set_fields(unit, hand, unit.leads.by_ids([lead_id])[lead_id], {"died": "yes"})


def complains(unit: Unit, campaign: CareCampaign, lead_id: int) -> None:
    open_complaint(unit, campaign.office, unit.leads.by_ids([lead_id])[lead_id], "Broken", actor="aino", source="call")


def waits_for_us(unit: Unit, campaign: CareCampaign, lead_id: int) -> None:
    by = campaign.clock.now() + timedelta(minutes=1)
    lead = unit.leads.by_ids([lead_id])[lead_id]
    add_promise(unit, campaign.office, lead, "Answer", by=by, owner="aino", actor="aino")
    campaign.clock.advance(timedelta(minutes=2))


def says_stop(unit: Unit, campaign: CareCampaign, lead_id: int) -> None:
    opt_out(unit, campaign.office.signer, lead_id, "all", "mail", at=campaign.clock.now())


@pytest.mark.parametrize("deed", [dies, complains, waits_for_us, says_stop])
@pytest.mark.parametrize("late", [False, True])
def test_what_held_either_holds_both_after_a_merge(campaign: CareCampaign, deed: Deed, late: bool) -> None:
    """Also where the next mail is due in the very pass after it."""
    gone, kept = campaign.lead("gone", owner="aino"), campaign.lead("kept", owner="aino")
    campaign.enroll(kept)
    campaign.tick()
    if late:
        campaign.clock.advance(timedelta(days=1))
    with campaign.changing() as unit:
        deed(unit, campaign, gone)
    with campaign.changing() as unit:
        leads = unit.leads.by_ids([gone, kept])
        merge_leads(unit, campaign.office.signer, leads[gone], leads[kept], actor="test", at=campaign.clock.now())
    campaign.pass_days(3)
    sold = [touch for touch in campaign.touches(kept) if touch.kind == "touch" and touch.state is TouchState.SENT]
    assert [touch.step for touch in sold] == ["a"]


def test_colleagues_go_on_when_the_one_who_complained_for_the_company_is_erased(campaign: CareCampaign) -> None:
    ann, bob = (campaign.lead(key, company="Acme", owner="aino") for key in ("ann", "bob"))
    campaign.enroll(ann, bob)
    campaign.tick()
    with campaign.changing() as unit:
        lead = unit.leads.by_ids([ann])[ann]
        open_complaint(unit, campaign.office, lead, "Broken", actor="aino", source="call", company=True)
        erase_lead(unit, campaign.office.signer, lead, actor="test", at=campaign.clock.now())
    campaign.pass_days(3)
    with campaign.store.read() as unit:
        assert [case.state for case in unit.complaints.of_leads([ann])] == [CareState.CLOSED]
        company = unit.leads.by_ids([bob])[bob].company
        assert company is not None
        assert unit.leads.frozen_companies([company.id]) == {}
        (stay,) = unit.enrollments.of_leads([bob])[bob]
    assert stay.state is not EnrollmentState.PAUSED
    assert [touch.step for touch in campaign.touches(bob) if touch.state is TouchState.SENT] == ["a", "b"]
