"""Text messages and delivery reports that come back: commands act at once, statuses only rise, replays do nothing."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from channels.inbound.webhooks.values import DeliveryReport, InboundSms, Status
from channels.protocol import Unknown
from tests.campaign import Campaign
from touches.inbound.doing import Taken
from touches.inbound.reports import handle_report, join_reports
from touches.inbound.texting import handle_inbound_sms
from touches.model.cadence import Touch
from touches.model.people import PointKind
from touches.model.states import EnrollmentState, TouchState
from touches.store.touches import Move
from touches.tokens import Purpose

POLICY = """
policy: follow
hours: {sms: {days: mon-sun, from: "00:00", until: "24:00"}}
touches:
  - {id: first, day: 0, channel: sms, news: any, ask: Reply.}
  - {id: second, after: 2 days, channel: [sms, email], news: any, ask: Reply.}
  - {id: third, after: 2 days, channel: [sms, email], news: any, ask: Reply.}
"""
PHONE = "+358401234567"
_numbers = itertools.count(1)


@pytest.fixture
def campaign(database_url: str, tmp_path: Path) -> Iterator[Campaign]:
    made = Campaign(database_url, tmp_path)
    made.record("sms")
    made.record("email")
    made.publish(POLICY)
    yield made
    made.close()


def sent(campaign: Campaign, key: str = "ann", phone: str = PHONE) -> tuple[int, Touch]:
    lead_id = campaign.lead(key, phone=phone)
    campaign.enroll(lead_id)
    campaign.tick()
    return lead_id, campaign.touches(lead_id)[0]


def text(campaign: Campaign, words: str, sender: str = PHONE, event: str = "") -> Taken:
    event = event or f"SM{next(_numbers)}"
    sms = InboundSms(source="twilio", event_id=event, sender=sender, to="+1", text=words, at=campaign.clock.now())
    return handle_inbound_sms(campaign.office, sms)


def report(campaign: Campaign, touch: Touch, status: Status, **values: str) -> Taken:
    token = campaign.office.signer.token(Purpose.TOUCH, touch.id)
    found = {"key": token, "reference": "", "text": status.value, "event_id": f"{touch.id}:{status}", **values}
    return handle_report(
        campaign.office, DeliveryReport(source="twilio", status=status, at=campaign.clock.now(), **found)
    )


def closed(campaign: Campaign, lead_id: int) -> dict[PointKind, set[str]]:
    with campaign.store.read() as unit:
        return {point.kind: set(point.opted_out) for point in unit.leads.by_ids([lead_id])[lead_id].points}


def state_of(campaign: Campaign, lead_id: int) -> tuple[EnrollmentState, str]:
    with campaign.store.read() as unit:
        enrollment = unit.enrollments.of_leads([lead_id])[lead_id][-1]
    return enrollment.state, enrollment.reason


@pytest.mark.parametrize("sender", ["+4915112345003", "4915112345003", "004915112345003"])
def test_stop_reaches_its_lead_however_the_gateway_writes_the_number(campaign: Campaign, sender: str) -> None:
    campaign.office = replace(campaign.office, house=replace(campaign.office.house, country="DE"))
    ann, _ = sent(campaign, phone="+4915112345003")
    text(campaign, "STOP please", sender=sender)
    assert closed(campaign, ann)[PointKind.PHONE] == {"sms"}


@pytest.mark.parametrize("words", ["STOP", "stop!", "Lopeta", "Abmelden", "please stop texting me"])
def test_stop_closes_sms_at_once_and_no_other_channel(campaign: Campaign, words: str) -> None:
    ann, _ = sent(campaign)

    text(campaign, words)

    assert closed(campaign, ann) == {PointKind.PHONE: {"sms"}, PointKind.EMAIL: set()}
    campaign.pass_days(4)
    assert {touch.channel for touch in campaign.touches(ann) if touch.state is TouchState.SENT} == {"sms", "email"}


def test_start_opens_sms_again(campaign: Campaign) -> None:
    ann, _ = sent(campaign)
    text(campaign, "STOP")

    text(campaign, "START")

    assert closed(campaign, ann)[PointKind.PHONE] == set()


def test_stop_from_a_number_that_nobody_has_closes_it_for_the_future(campaign: Campaign) -> None:
    text(campaign, "STOP", sender="+358407654321")

    bob = campaign.lead("bob", phone="+358407654321")
    assert closed(campaign, bob)[PointKind.PHONE] == {"sms"}


def test_start_from_a_number_that_nobody_has_opens_what_it_closed_itself(campaign: Campaign) -> None:
    text(campaign, "STOP", sender="+358409999999")
    assert "open for sms again" in text(campaign, "START", sender="+358409999999").handled
    lead_id = campaign.lead("later", phone="+358409999999")
    with campaign.store.read() as unit:
        assert unit.leads.by_ids([lead_id])[lead_id].points_for("sms")
    assert "was not closed" in text(campaign, "START", sender="+358408888888").handled


def test_stop_closes_the_number_for_all_who_share_it(campaign: Campaign) -> None:
    ann, _ = sent(campaign)
    bob = campaign.lead("bob", phone=PHONE)

    text(campaign, "STOP")

    assert [closed(campaign, lead)[PointKind.PHONE] for lead in (ann, bob)] == [{"sms"}, {"sms"}]


@pytest.mark.parametrize("words", ["Yes, call me tomorrow", "HELP", "Who is this? I will call the police"])
def test_whatever_else_is_said_stops_sending_and_asks_a_person(campaign: Campaign, words: str) -> None:
    ann, touch = sent(campaign)

    taken = text(campaign, words)

    assert (taken.lead_id, taken.touch_id) == (ann, touch.id)
    assert state_of(campaign, ann) == (EnrollmentState.PAUSED, "conversation")
    with campaign.store.read() as unit:
        (said,) = unit.interactions.of_leads([ann])[ann]
    assert (said.channel, said.said) == ("sms", words)


def test_of_two_leads_with_one_number_nobody_knows_who_wrote(campaign: Campaign) -> None:
    ann, _ = sent(campaign)
    bob, _ = sent(campaign, "bob")

    taken = text(campaign, "Hello there")

    assert (taken.kind, taken.lead_id) == ("unmatched", None)
    assert {state_of(campaign, lead)[1] for lead in (ann, bob)} == {"unclear answer"}


def test_the_same_message_twice_is_one(campaign: Campaign) -> None:
    ann, _ = sent(campaign)
    text(campaign, "Hello", event="SM-same")

    assert text(campaign, "Hello", event="SM-same").again
    with campaign.store.read() as unit:
        assert len(unit.interactions.of_leads([ann])[ann]) == 1


@pytest.mark.parametrize("order", list(itertools.permutations([Status.QUEUED, Status.SENT, Status.DELIVERED])))
def test_statuses_in_any_order_end_delivered(campaign: Campaign, order: tuple[Status, ...]) -> None:
    ann, touch = sent(campaign)

    for status in order:
        report(campaign, touch, status)

    assert campaign.touches(ann)[0].state is TouchState.DELIVERED


def test_a_failed_sms_gives_its_news_back(campaign: Campaign) -> None:
    ann, touch = sent(campaign)

    report(campaign, touch, Status.UNDELIVERED, text="30005 Unknown destination handset")

    assert campaign.touches(ann)[0].state is TouchState.BOUNCED
    with campaign.store.read() as unit:
        assert unit.ledger.told([ann])[ann] == {}


def test_failed_after_delivered_changes_nothing(campaign: Campaign) -> None:
    ann, touch = sent(campaign)

    report(campaign, touch, Status.DELIVERED)
    report(campaign, touch, Status.FAILED)

    assert campaign.touches(ann)[0].state is TouchState.DELIVERED


def test_delivered_after_failed_counts_the_news_as_told(campaign: Campaign) -> None:
    ann, touch = sent(campaign)
    report(campaign, touch, Status.FAILED)

    report(campaign, touch, Status.DELIVERED)

    with campaign.store.read() as unit:
        assert set(unit.ledger.told([ann])[ann]) == {touch.news_class}


def test_a_report_settles_a_doubt(campaign: Campaign) -> None:
    campaign.record("sms", results=[Unknown(phase="answer", text="cut")])
    ann, touch = sent(campaign)
    assert touch.state is TouchState.IN_DOUBT

    report(campaign, touch, Status.SENT)

    assert campaign.touches(ann)[0].state is TouchState.SENT


def test_a_report_finds_its_touch_by_the_providers_name(campaign: Campaign) -> None:
    ann, touch = sent(campaign)

    report(campaign, touch, Status.DELIVERED, key="", reference=touch.reference)

    assert campaign.touches(ann)[0].state is TouchState.DELIVERED


def test_a_report_with_a_guessed_key_touches_nothing(campaign: Campaign) -> None:
    ann, touch = sent(campaign)

    taken = report(campaign, touch, Status.FAILED, key=f"t{touch.id}-aaaaaaaaaaaaaaaa")

    assert taken.touch_id is None
    assert campaign.touches(ann)[0].state is TouchState.SENT


def test_a_report_for_a_touch_by_another_channel_touches_nothing(campaign: Campaign) -> None:
    campaign.publish(POLICY.replace("channel: sms", "channel: email"))
    ann, touch = sent(campaign)

    report(campaign, touch, Status.FAILED)

    assert campaign.touches(ann)[0].state is TouchState.SENT


def test_a_report_that_comes_before_our_own_note_waits_and_is_joined(campaign: Campaign) -> None:
    ann = campaign.lead("ann", phone=PHONE)
    campaign.enroll(ann)
    with campaign.store.write() as unit:
        (touch,) = unit.touches.of_leads([ann])[ann]
        owner = {"lease_owner": "somebody#1"}
        for old, new in itertools.pairwise(
            [TouchState.PLANNED, TouchState.CLAIMED, TouchState.PREPARED, TouchState.COMMITTING]
        ):
            unit.touches.move([Move(touch_id=touch.id, old=old, new=new, values=owner)])

    report(campaign, touch, Status.DELIVERED)
    assert (join_reports(campaign.office), campaign.touches(ann)[0].state) == (0, TouchState.COMMITTING)
    with campaign.store.write() as unit:
        sent_at = {"handed_over_at": campaign.clock.now()}
        unit.touches.move([Move(touch_id=touch.id, old=TouchState.COMMITTING, new=TouchState.SENT, values=sent_at)])

    assert (join_reports(campaign.office), campaign.touches(ann)[0].state) == (1, TouchState.DELIVERED)


def test_the_provider_that_knows_an_opt_out_closes_sms(campaign: Campaign) -> None:
    ann, touch = sent(campaign)

    report(campaign, touch, Status.FAILED, text="21610 Attempt to send to unsubscribed recipient")

    assert closed(campaign, ann)[PointKind.PHONE] == {"sms"}


def test_a_replayed_report_does_nothing(campaign: Campaign) -> None:
    _, touch = sent(campaign)
    report(campaign, touch, Status.DELIVERED)

    assert report(campaign, replace(touch), Status.DELIVERED).again
