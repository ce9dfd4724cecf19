"""`why`: every decision can be traced to a rule in a file, for what happened, what waits, and what did not happen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.campaign import NEWS, Campaign
from touches.care.deals import reassign
from touches.care.promises import add_promise
from touches.care.record import tell_news
from touches.commands.plain import shown
from touches.explaining.lead_story import explain
from touches.explaining.telling import tell
from touches.people.showing import card, card_text

POLICY = """
policy: follow
enroll_when:
  - new_lead: {segment: cafe}
touches:
  - id: first
    day: 0
    channel: [sms, email]
    news: {kind: [education]}
    ask: Reply.
  - id: second
    after: 2 days
    channel: email
    news: {kind: [education]}
    ask: Reply.
"""
OTHER = """
policy: buyers-only
enroll_when:
  - purchase: {}
touches:
  - {id: thanks, day: 0, channel: email, news: any, ask: Reply.}
"""


@pytest.fixture
def campaign(sqlite_url: str, tmp_path: Path) -> Iterator[Campaign]:
    made = Campaign(sqlite_url, tmp_path)
    made.record("email")
    made.publish(POLICY, OTHER)
    yield made
    made.close()


def story_of(campaign: Campaign, lead_id: int) -> dict[str, Any]:
    with campaign.store.read() as unit:
        return explain(unit, campaign.office, lead_id, campaign.clock.now())


def test_a_touch_that_left_names_its_rule_and_what_was_refused(campaign: Campaign) -> None:
    lead = campaign.lead("aino", segment="cafe")
    campaign.enroll(lead)
    campaign.tick()
    (enrollment,) = story_of(campaign, lead)["enrollments"]
    (first,) = enrollment["past"]
    assert first["state"] == "sent"
    assert first["rule"]["file"].endswith("p0.yaml")
    assert first["rule"]["line"] == 6
    assert first["rule"]["version"] == 1
    assert first["because"]["channels_refused"] == [["sms", "not set up here"]]
    assert "Europe/Helsinki" in first["because"]["zone"]
    assert first["because"]["due"] == "day 0 after enrollment"
    others = {"hello", "hours", "case", "price"} - {first["news"]}
    assert {name for name, _ in first["because"]["news_considered"]} == others


def test_what_waits_is_decided_again_and_what_follows_is_foretold(campaign: Campaign) -> None:
    lead = campaign.lead("aino", segment="cafe")
    campaign.enroll(lead)
    (enrollment,) = story_of(campaign, lead)["enrollments"]
    (waiting,) = enrollment["present"]
    assert waiting["as_of_now"]["verdict"] == "leaves"
    assert waiting["as_of_now"]["news"] == waiting["news"]
    assert waiting["as_of_now"]["reason"].startswith(f"{waiting['news']} is new to this lead")
    assert enrollment["next"]["step"] == "second"
    assert enrollment["next"]["due_at"] == campaign.clock.now() + timedelta(days=2)
    assert enrollment["next"]["news"] != waiting["as_of_now"]["news"]
    assert enrollment["next"]["rule"]["line"] == 11


def test_a_held_touch_says_why_and_what_was_considered(campaign: Campaign) -> None:
    campaign.publish(POLICY, OTHER, news={"only": "One thing to say."})
    lead = campaign.lead("aino", segment="cafe")
    campaign.enroll(lead)
    campaign.pass_days(3)
    (enrollment,) = story_of(campaign, lead)["enrollments"]
    (waiting,) = enrollment["present"]
    assert (waiting["state"], waiting["reason"]) == ("held", "no news")
    assert waiting["as_of_now"]["news_considered"] == [["only", "told already"]]


def test_a_lead_in_nothing_learns_why_not_of_each_policy(campaign: Campaign) -> None:
    lead = campaign.lead("aino", email="none", segment="furniture")
    story = story_of(campaign, lead)
    assert story["enrollments"] == []
    answers = {answer["policy"]: answer for answer in story["not_in"]}
    assert answers["follow"]["code"] == "no_channel"
    assert answers["follow"]["triggers"][0] | {"file": ""} == {
        "kind": "new_lead",
        "concerns": False,
        "file": "",
        "line": 4,
        "column": 5,
    }


def test_a_paused_enrollment_says_that_nothing_comes(campaign: Campaign) -> None:
    from touches.engine.stopping import pause

    lead = campaign.lead("aino", segment="cafe")
    campaign.enroll(lead)
    with campaign.store.write() as unit:
        running = unit.enrollments.of_leads([lead], running=True)[lead]
        pause(unit, running, because="a complaint", actor="test", at=campaign.clock.now())
    (enrollment,) = story_of(campaign, lead)["enrollments"]
    assert enrollment["next"] == {"step": "", "because": "the enrollment is paused: a complaint"}


def test_the_words_hold_every_reason(campaign: Campaign) -> None:
    lead = campaign.lead("aino", segment="cafe", first_name="Aino\x1b[31m")
    campaign.enroll(lead)
    campaign.tick()
    text = tell(story_of(campaign, lead), shown)
    assert "p0.yaml:6, version 1" in text
    assert "not by sms: not set up here" in text
    assert "then     second" not in text  # it waits already, nothing follows it
    assert "buyers-only@1" in text
    assert "\x1b" not in text


def test_what_the_law_has_against_a_touch_that_it_does_not_refuse_is_told(campaign: Campaign) -> None:
    lead = campaign.lead("gbert", segment="cafe", country="GB", timezone="Europe/London")
    campaign.enroll(lead)
    campaign.tick()
    text = tell(story_of(campaign, lead), shown)
    assert "law      warns: gb-mail-consumer: email and texts to individuals need consent" in text


def test_urgent_news_outside_the_policies_is_told_as_well(campaign: Campaign) -> None:
    urgent = (
        "---\nkind: event\nheadline: The line is down\nurgent: true\nvalid: 2026-11-03..2026-11-09\n---\nUntil noon.\n"
    )
    lead = campaign.lead("aino", segment="cafe")
    campaign.enroll(lead)
    campaign.publish(POLICY, OTHER, news={**NEWS, "outage": urgent})
    campaign.clock.advance(timedelta(hours=3))  # the day begins somewhere
    campaign.tick()
    (waiting,) = story_of(campaign, lead)["outside"]
    assert (waiting["news"], waiting["state"]) == ("outage", "planned")
    assert waiting["rule"]["file"].endswith("outage.md")
    assert waiting["as_of_now"]["verdict"] == "moves"  # from midnight to the hour at which mails may leave

    campaign.pass_days(2)
    (gone,) = story_of(campaign, lead)["outside"]
    assert gone["state"] == "sent"
    text = tell(story_of(campaign, lead), shown)
    assert "Urgent news, outside the policies:" in text
    assert 'urgent by email with "outage": sent' in text
    assert "outage is urgent and concerns this lead" in text


def test_what_happened_to_the_lead_is_told_too_and_who_looks_after_them(campaign: Campaign) -> None:
    lead = campaign.lead("aino", segment="cafe", owner="bea")
    with campaign.store.write() as unit:
        found = unit.leads.by_ids([lead])[lead]
        soon = campaign.clock.now() + timedelta(days=1)
        add_promise(unit, campaign.office, found, "Samples", by=soon, actor="bea")
        reassign(unit, campaign.office, "bea", "cleo", actor="boss")

    told = tell(story_of(campaign, lead), shown)
    with campaign.store.read() as unit:
        known = card(unit, unit.leads.by_ids([lead])[lead], campaign.office.house, campaign.clock.now())

    assert "promised by bea: Samples, by 2026-11-03" in told
    assert "reassigned by boss: from bea to cleo" in told
    assert [(one["what"], one["because"]) for one in known["handovers"]] == [("reassigned", "from bea to cleo")]
    assert f"reassigned: {shown(campaign.clock.now())} from bea to cleo, by boss" in card_text(known, shown)


def test_the_law_that_holds_a_waiting_touch_is_named(campaign: Campaign) -> None:
    campaign.office = replace(campaign.office, house=replace(campaign.office.house, enforce=frozenset({"DE"})))
    lead = campaign.lead("dora", segment="cafe", country="DE", timezone="Europe/Berlin")
    with campaign.store.write() as unit:
        (point,) = unit.leads.by_ids([lead])[lead].points
        unit.leads.update_point(point.id, consent="express")
    campaign.enroll(lead)
    with campaign.store.write() as unit:
        unit.leads.update_point(point.id, consent="")
    campaign.tick()

    told = tell(story_of(campaign, lead), shown)

    decided = told.partition("it is held: no channel\n")[2].splitlines()[0]
    assert "the law of DE" in decided
    assert "(de-email)" in decided


def test_news_that_was_chosen_anew_as_the_touch_left_says_so(campaign: Campaign) -> None:
    campaign.publish(POLICY, news={"hello": NEWS["hello"], "hours": NEWS["hours"]})
    lead = campaign.lead("aino", segment="cafe")
    campaign.enroll(lead)
    (planned,) = campaign.touches(lead)
    with campaign.store.write() as unit:
        found = unit.leads.by_ids([lead])[lead]
        tell_news(unit, found, [planned.news], actor="bea", at=campaign.clock.now())

    campaign.tick()

    other = "hours" if planned.news == "hello" else "hello"
    assert campaign.touches(lead)[0].news == other
    assert f"news_chosen: {other} instead of {planned.news}: {other} is new to this lead" in tell(
        story_of(campaign, lead), shown
    )
