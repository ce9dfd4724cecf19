"""What stood against writing to a person stands after a merge, before anything else leaves; and what one person's case
held for others ends with that person's erasure."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from policies.durations import Duration
from policies.durations import Unit as Span
from tests.integration.care_campaign import CareCampaign
from touches.care.complaints import open_complaint, solve_complaint
from touches.care.conversations import open_conversation
from touches.care.deals import hand_over
from touches.care.one_person import join_records
from touches.care.promises import add_promise
from touches.engine.passing import tick
from touches.engine.stopping import pause
from touches.inbound.acts import AskPerson
from touches.inbound.doing import take
from touches.inbound.review import dismiss, review_rows
from touches.inbound.values import By, Incoming, Match
from touches.model.care import CareState
from touches.model.states import EnrollmentState, TouchState
from touches.people.draft import Defaults
from touches.people.editing import Hand, set_fields
from touches.people.erasing import erase_lead
from touches.people.joining import merge_leads
from touches.people.opt_out import opt_out
from touches.store.units import Unit

AT_ONCE = Duration(0, Span.DAYS)
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


def answers(unit: Unit, campaign: CareCampaign, lead_id: int) -> None:
    open_conversation(unit, campaign.office, lead_id, because="a mail", at=campaign.clock.now(), said="Call me.")


def join(campaign: CareCampaign, gone: int, kept: int) -> None:
    with campaign.changing() as unit:
        leads = unit.leads.by_ids([gone, kept])
        join_records(unit, campaign.office, leads[gone], leads[kept], actor="test")


def sells(campaign: CareCampaign) -> int:
    """What a daemon hands over before its next look at people's clocks."""
    return asyncio.run(tick(campaign.office, campaign.channels)).sent


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


@pytest.mark.parametrize("deed", [dies, complains, waits_for_us, says_stop, answers])
def test_what_held_either_holds_both_from_the_merge_on(campaign: CareCampaign, deed: Deed) -> None:
    gone, kept = campaign.lead("gone", owner="aino"), campaign.lead("kept", owner="aino")
    with campaign.changing() as unit:
        deed(unit, campaign, gone)
    sells(campaign)  # what colleagues are told of it
    campaign.enroll(kept)
    join(campaign, gone, kept)
    assert sells(campaign) == 0
    assert {touch.state for touch in campaign.touches(kept)} <= {TouchState.HELD, TouchState.CANCELLED, TouchState.SENT}


@pytest.mark.parametrize("younger", [False, True])
def test_what_a_person_paused_for_either_stays_paused_for_both(campaign: CareCampaign, younger: bool) -> None:
    gone, kept = campaign.lead("gone"), campaign.lead("kept")
    campaign.enroll(gone, kept)
    paused = kept if younger else gone
    with campaign.changing() as unit:
        running = unit.enrollments.of_leads([paused], running=True)[paused]
        pause(unit, running, because="asked for time", actor="aino", at=campaign.clock.now())
    join(campaign, gone, kept)
    with campaign.store.read() as unit:
        (running_on,) = unit.enrollments.of_leads([kept], running=True)[kept]
    assert (running_on.state, running_on.reason) == (EnrollmentState.PAUSED, "asked for time")
    assert sells(campaign) == 0


def test_nothing_runs_on_for_who_is_merged_into_somebody_dead(campaign: CareCampaign) -> None:
    gone, kept = campaign.lead("gone"), campaign.lead("kept")
    campaign.enroll(gone)
    with campaign.changing() as unit:
        dies(unit, campaign, kept)
    join(campaign, gone, kept)
    with campaign.store.read() as unit:
        assert unit.enrollments.of_leads([kept], running=True) == {kept: []}
    assert [touch.state for touch in campaign.touches(kept)] == [TouchState.CANCELLED]


def test_who_waited_as_one_record_for_a_message_that_nobody_can_place_goes_on_as_the_other(
    campaign: CareCampaign,
) -> None:
    gone, kept = campaign.lead("gone"), campaign.lead("kept")
    campaign.enroll(gone)
    mail = Incoming(
        source="mail",
        source_id="1",
        channel="email",
        kind="human_reply",
        because="words",
        sender="zoe@customer.test",
        subject="Your mail",
        text="Not this year.",
        at=campaign.clock.now(),
    )
    asked = AskPerson(may_be=(gone,), because="somebody else at the domain of a lead")
    with campaign.changing() as unit:
        take(unit, campaign.office, mail, Match(by=By.NOBODY, because="nobody known"), [asked])
    join(campaign, gone, kept)
    with campaign.changing() as unit:
        (row,) = review_rows(unit)
        dismiss(unit, campaign.office, row["message"], because="spam", actor="aino")
    sells(campaign)
    assert row["waiting"] == ["kept"]
    assert campaign.touches(kept)[0].state is TouchState.SENT


def test_who_leaves_a_company_in_the_middle_of_its_complaint_goes_on_when_it_has_ended(campaign: CareCampaign) -> None:
    ann, bob = (campaign.lead(key, company="Acme", owner="aino") for key in ("ann", "bob"))
    campaign.enroll(bob)
    with campaign.changing() as unit:
        lead = unit.leads.by_ids([ann])[ann]
        case = open_complaint(unit, campaign.office, lead, "Broken", actor="aino", company=True)
        unit.leads.update(bob, company_id=unit.leads.company("Other"))  # as a list of leads does it
        solve_complaint(unit, campaign.office, case.id, note_text="mended", actor="aino", cool_off=AT_ONCE)
    with campaign.store.read() as unit:
        assert [one.state for one in unit.enrollments.of_leads([bob])[bob]] == [EnrollmentState.ACTIVE]


def test_a_handover_that_was_announced_to_one_record_is_the_others(campaign: CareCampaign) -> None:
    gone, kept = campaign.lead("gone", owner="aino"), campaign.lead("kept", owner="aino")
    with campaign.changing() as unit:
        hand_over(unit, campaign.office, unit.leads.by_ids([gone])[gone], "bo", actor="boss")
    join(campaign, gone, kept)
    campaign.tick()
    campaign.tick()
    assert (campaign.person(gone).owner, campaign.person(kept).owner) == ("", "bo")


def test_nobody_is_handed_over_who_was_erased_after_the_announcement(campaign: CareCampaign) -> None:
    lead = campaign.lead("ann", owner="aino")
    with campaign.changing() as unit:
        hand_over(unit, campaign.office, unit.leads.by_ids([lead])[lead], "bo", actor="boss")
        erase_lead(unit, campaign.office.signer, unit.leads.by_ids([lead])[lead], actor="x", at=campaign.clock.now())
    campaign.tick()
    campaign.tick()
    assert campaign.person(lead).owner == ""
    assert campaign.notices("list") == []


def test_a_broken_promise_ends_with_the_erasure_of_whom_it_was_made_to(campaign: CareCampaign) -> None:
    lead = campaign.lead("ann", owner="aino")
    with campaign.changing() as unit:
        waits_for_us(unit, campaign, lead)
    campaign.tick()
    with campaign.changing() as unit:
        erase_lead(unit, campaign.office.signer, unit.leads.by_ids([lead])[lead], actor="x", at=campaign.clock.now())
        assert unit.promises.running() == []


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
