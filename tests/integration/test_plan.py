"""`plan` says before what `publish --move` then does."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from policies.loader import load_policy_text
from tests.campaign import Campaign
from touches.model.cadence import Touch
from touches.model.states import OPEN
from touches.preview.effects import PolicyEffect, effect_of
from touches.preview.moving import Moving, move_running, would_move
from touches.simulation.scripts import Script

OLD = """
policy: follow
touches:
  - {id: first, day: 0, channel: email, news: any, ask: Reply.}
  - {id: second, day: 3, channel: email, news: any, ask: Reply.}
  - {id: third, day: 7, channel: email, news: any, ask: Reply.}
  - {id: fourth, day: 11, channel: email, news: any, ask: Reply.}
"""
NEW = """
policy: follow
touches:
  - {id: first, day: 0, channel: email, news: any, ask: Reply.}
  - {id: between, day: 2, channel: email, news: any, ask: Reply.}
  - {id: second, day: 4, channel: email, news: any, ask: Reply.}
  - {id: third, day: 5, channel: email, news: any, ask: Reply.}
caps: {per_lead: 2 per week}
"""


@pytest.fixture
def campaign(database_url: str, tmp_path: Path) -> Iterator[Campaign]:
    made = Campaign(database_url, tmp_path)
    made.record("email")
    made.publish(OLD)
    made.enroll(*[made.lead(f"lead-{number}") for number in range(8)])
    made.tick()
    yield made
    made.close()


def effect(campaign: Campaign, text: str) -> PolicyEffect:
    with campaign.store.read() as unit:
        script = Script(unit)
        name = script.take_policy(load_policy_text(text, path=Path("new.yaml")))
        return effect_of(unit, campaign.office, script, name, script.drafts[name])


def waiting(campaign: Campaign) -> list[Touch]:
    with campaign.store.read() as unit:
        return unit.touches.in_states(OPEN)


def move(campaign: Campaign, how: Moving) -> int:
    with campaign.store.write() as unit:
        campaign.office.library.refresh(unit)
        number = campaign.office.library.current["follow"]
        assert would_move(unit, "follow", number) == 8
        return move_running(unit, campaign.office, "follow", number, how, actor="test")


def test_every_step_says_who_gets_it_sooner_later_newly_or_no_longer(campaign: Campaign) -> None:
    found = effect(campaign, NEW)
    assert (found.running, found.affected) == (8, 8)
    counts = {name: dict(step.counts) for name, step in found.steps.items()}
    assert counts["between"] == {"new": 8}
    assert counts["second"] == {"later": 8, "caps": 8}
    assert counts["fourth"] == {"no_longer": 8}
    assert len(found.steps["between"].samples["new"]) == 5


def test_the_same_text_has_no_effect(campaign: Campaign) -> None:
    found = effect(campaign, OLD + "title: Another name\n")
    assert (found.running, found.affected, found.steps) == (8, 0, {})


def test_what_was_foretold_is_planned_when_all_are_moved(campaign: Campaign) -> None:
    campaign.publish(NEW)
    assert move(campaign, Moving.ALL) == 8
    planned = waiting(campaign)
    assert {touch.step for touch in planned} == {"between"}
    assert {touch.due_at for touch in planned} == {datetime(2026, 11, 4, 6, tzinfo=UTC)}
    campaign.pass_days(12)
    with campaign.store.read() as unit:
        steps = [touch.step for touch in unit.touches.of_leads([1])[1]]
    assert steps == ["first", "between", "second", "third"]


def test_from_the_next_step_on_what_is_planned_stays_when_it_is(campaign: Campaign) -> None:
    before = {(touch.id, touch.step, touch.due_at) for touch in waiting(campaign)}
    campaign.publish(NEW)
    assert move(campaign, Moving.NEXT_STEP) == 8
    assert {(touch.id, touch.step, touch.due_at) for touch in waiting(campaign)} == before


def test_without_a_move_everybody_keeps_the_version(campaign: Campaign) -> None:
    campaign.publish(NEW)
    assert move(campaign, Moving.NEW_ONLY) == 0
    with campaign.store.read() as unit:
        assert unit.enrollments.count_running("follow") == {1: 8}


def test_a_held_touch_is_planned_anew_as_well(campaign: Campaign) -> None:
    later = "---\nkind: education\nheadline: Later\nvalid: 2027-05-01..\n---\nNot yet.\n"
    campaign.publish(OLD, news={"later": later})
    campaign.clock.advance(timedelta(days=3))
    campaign.tick()
    assert {touch.reason for touch in waiting(campaign)} == {"no news"}
    campaign.publish(NEW)
    move(campaign, Moving.ALL)
    assert {(touch.step, str(touch.state)) for touch in waiting(campaign)} == {("between", "planned")}


def test_a_cap_per_company_is_seen_with_what_colleagues_had(campaign: Campaign) -> None:
    """Ann was touched today; a version that spares colleagues moves Bob's touch of today to tomorrow."""
    step = "  - {id: first, day: 0, channel: email, news: any, ask: Reply.}\n"
    late = step.replace("day: 0", "after: 1 hours")
    campaign.publish(f"policy: follow\ntouches:\n{step}")
    campaign.enroll(campaign.lead("ann", company="Cafe"))
    campaign.tick()
    campaign.publish(f"policy: follow\ntouches:\n{late}")
    campaign.enroll(campaign.lead("bob", company="Cafe"))
    campaign.publish(f"policy: follow\ntouches:\n{late}caps: {{per_company: 1 per day}}\n")

    with campaign.store.read() as unit:
        campaign.office.library.refresh(unit)
        number = campaign.office.library.current["follow"]
        found = effect_of(unit, campaign.office, campaign.office.library, "follow", number)

    assert found.steps["first"].counts["later"] == 1
    assert found.steps["first"].counts["caps"] == 1


def test_moving_leaves_urgent_news_as_it_is(campaign: Campaign) -> None:
    urgent = "---\nkind: event\nheadline: {name}\nurgent: true\nvalid: 2026-11-20..2026-11-30\n---\n{name}.\n"
    campaign.publish(OLD, news={name: urgent.format(name=name) for name in ("outage", "recall")})
    campaign.clock.advance(timedelta(days=17, hours=4))
    campaign.tick()
    before = {touch.id: (touch.news, touch.due_at) for touch in waiting(campaign) if touch.step == "urgent"}
    assert len(before) == 16
    campaign.publish(NEW, news={name: urgent.format(name=name) for name in ("outage", "recall")})
    move(campaign, Moving.ALL)
    assert {touch.id: (touch.news, touch.due_at) for touch in waiting(campaign) if touch.step == "urgent"} == before


def test_nothing_is_foretold_after_a_step_that_has_no_channel(campaign: Campaign) -> None:
    ringing = NEW.replace("{id: between, day: 2, channel: email,", "{id: between, day: 2, channel: call,")
    found = effect(campaign, ringing)
    counts = {name: dict(step.counts) for name, step in found.steps.items()}
    assert counts == {
        "between": {"new": 8, "never": 8},
        "second": {"no_longer": 8},
        "third": {"no_longer": 8},
        "fourth": {"no_longer": 8},
    }
