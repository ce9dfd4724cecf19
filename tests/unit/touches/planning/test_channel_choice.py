"""Which channel a touch takes."""

from dataclasses import replace

from policies.schema import Policy
from tests.factories import HOUSE, MAIL, MONDAY, PHONE, POST, make_lead, make_policy
from touches.model.people import Company, Lead
from touches.planning.channel_choice import ChannelChoice, choose_channel

PAPER = (
    'policy: p\nchannel_rules:\n  - when: {age: "> 50", company_size: ">= 250"}\n    use: letter\n'
    "    because: paper is felt\ntouches:\n  - {id: a, day: 0, channel: [preferred, email, sms], news: any}\n"
)


def choose(policy: Policy, lead: Lead, last: tuple[str, ...] = ()) -> ChannelChoice:
    return choose_channel(policy.touches[0], policy, lead, HOUSE, now=MONDAY, last=last)


def elder(**changes: object) -> Lead:
    lead = make_lead(MAIL, POST, birth_year=1970, company=Company(id=1, name="Big", size=900))
    return replace(lead, **changes)  # type: ignore[arg-type]


def test_a_rule_goes_first_and_its_reason_is_kept() -> None:
    choice = choose(make_policy(PAPER), elder())

    assert (choice.channel, choice.because) == ("letter", "paper is felt")


def test_a_rule_that_does_not_match_changes_nothing() -> None:
    assert choose(make_policy(PAPER), elder(birth_year=2000)).channel == "email"


def test_a_fixed_step_keeps_rules_out() -> None:
    policy = make_policy(PAPER.replace("news: any", "news: any, fixed: true"))

    assert choose(policy, elder()).channel == "email"


def test_a_rule_without_an_address_falls_back_to_the_steps_own() -> None:
    choice = choose(make_policy(PAPER), elder(points=(MAIL,)))

    assert choice.channel == "email"
    assert ("letter", "no address") in choice.refused


def test_the_leads_preferred_channel_stands_for_preferred() -> None:
    assert choose(make_policy(PAPER), make_lead(MAIL, PHONE, preferred_channel="sms")).channel == "sms"


def test_a_third_time_in_a_row_is_avoided_where_another_way_is_open() -> None:
    policy = make_policy(PAPER)

    assert choose(policy, make_lead(MAIL, PHONE), ("email", "email")).channel == "sms"
    assert choose(policy, make_lead(MAIL, PHONE), ("email", "sms")).channel == "email"
    assert choose(policy, make_lead(MAIL), ("email", "email")).channel == "email"


def test_a_channel_that_is_not_set_up_drops_out() -> None:
    lead = make_lead(MAIL, PHONE)
    policy = make_policy(PAPER)
    choice = choose_channel(policy.touches[0], policy, lead, replace(HOUSE, channels=frozenset({"sms"})), now=MONDAY)

    assert choice.channel == "sms"
    assert ("email", "not set up here") in choice.refused


def test_with_nothing_left_the_first_candidate_is_named_with_all_reasons() -> None:
    lead = make_lead(replace(MAIL, broken="bounced"), replace(PHONE, opted_out=frozenset({"sms"})))
    choice = choose(make_policy(PAPER), lead)

    assert not choice.usable
    assert choice.channel == "email"
    assert choice.because == "no channel (email: bounced; sms: opted out)"
