"""Caps hold also between channels that decide at the same instant: the marker's transaction counts anew."""

from datetime import timedelta

import pytest

from tests.campaign import Campaign
from touches.model.states import TouchState

POLICY = """
policy: {name}
touches:
  - {{id: a, day: 0, channel: {channel}, news: any, ask: Reply.}}
caps: {{{cap}}}
"""


def policies(cap: str) -> list[str]:
    return [POLICY.format(name=channel, channel=channel, cap=cap) for channel in ("email", "sms")]


def states(campaign: Campaign, *leads: int) -> list[TouchState]:
    return sorted(touch.state for lead in leads for touch in campaign.touches(lead))


@pytest.mark.parametrize("number", range(3))
def test_a_lead_gets_one_touch_a_day_by_whatever_channel(campaign: Campaign, number: int) -> None:
    mail, sms = campaign.record("email"), campaign.record("sms")
    campaign.publish(*policies("per_lead: 1 per day"))
    ann = campaign.lead("ann", phone=f"+35840123000{number}")
    campaign.enroll(ann, policy="email")
    campaign.enroll(ann, policy="sms")

    campaign.pass_days(1, every=timedelta(hours=6))

    assert len(mail.taken) + len(sms.taken) == 1
    assert states(campaign, ann) == [TouchState.PLANNED, TouchState.SENT]


@pytest.mark.parametrize("number", range(3))
def test_two_colleagues_are_not_touched_on_one_day_by_different_channels(campaign: Campaign, number: int) -> None:
    mail, sms = campaign.record("email"), campaign.record("sms")
    campaign.publish(*policies("per_company: 1 per day"))
    ann = campaign.lead("ann", company="Cafe")
    bob = campaign.lead("bob", email="none", phone=f"+35840123000{number}", company="Cafe")
    campaign.enroll(ann, policy="email")
    campaign.enroll(bob, policy="sms")

    campaign.pass_days(1, every=timedelta(hours=6))

    assert len(mail.taken) + len(sms.taken) == 1
    assert states(campaign, ann, bob) == [TouchState.PLANNED, TouchState.SENT]


def test_colleagues_of_one_batch_do_not_hold_each_other_up(campaign: Campaign) -> None:
    mail = campaign.record("email")
    campaign.publish(*policies("per_company: 3 per day"))
    people = [campaign.lead(f"lead-{number}", company="Cafe") for number in range(5)]
    campaign.enroll(*people, policy="email")

    report = campaign.tick()

    assert (len(mail.taken), report.claimed) == (3, 5)


def test_strangers_do_not_hold_each_other_up(campaign: Campaign) -> None:
    mail, sms = campaign.record("email"), campaign.record("sms")
    campaign.publish(*policies("per_company: 1 per day, per_lead: 1 per day"))
    campaign.enroll(*(campaign.lead(f"mail-{number}") for number in range(4)), policy="email")
    numbers = (f"+35840123000{number}" for number in range(4))
    campaign.enroll(*(campaign.lead(phone, email="none", phone=phone) for phone in numbers), policy="sms")

    campaign.tick()

    assert (len(mail.taken), len(sms.taken)) == (4, 4)
