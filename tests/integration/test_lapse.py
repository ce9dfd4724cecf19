"""Silences are found once, by both databases, and a purchase arms the watch again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.campaign import Campaign
from touches.engine.office import Colleague
from touches.engine.reacting import react_to_activities
from touches.lapse.watching import detect_lapses
from touches.model.care import Activity

WIN_BACK = """
policy: win-back
enroll_when:
  - lapsed: {segment: cafe, usual: 5 per week, silent_for: 3 days, warn_at: 2 days}
  - fading: {segment: bakery, below: 50 %}
touches:
  - {id: miss-you, day: 0, channel: email, news: any, ask: Reply.}
stop_on: [purchase, opt_out]
re_enroll: always
"""
OTHER = """
policy: second-win-back
priority: 10
enroll_when:
  - lapsed: {segment: cafe, silent_for: 4 days}
touches:
  - {id: hello, day: 0, channel: email, news: any, ask: Reply.}
re_enroll: always
"""


@pytest.fixture
def campaign(database_url: str, tmp_path: Path) -> Iterator[Campaign]:
    made = Campaign(database_url, tmp_path, start="2026-11-13T12:00:00+00:00")  # a Friday
    made.record("email")
    made.office = replace(made.office, colleagues={"aino": Colleague(name="Aino", email="aino@cafe.test")})
    made.publish(WIN_BACK, OTHER)
    yield made
    made.close()


def buy(campaign: Campaign, lead: int, *instants: datetime) -> None:
    with campaign.store.write() as unit:
        unit.activities.add(Activity(lead_id=lead, kind="purchase", at=at) for at in instants)


def regular(campaign: Campaign, key: str = "aino", segment: str = "cafe") -> int:
    """A guest of two weeks of working days until today."""
    lead = campaign.lead(key, segment=segment, owner="aino")
    today = campaign.clock.now()
    buy(campaign, lead, *[today - timedelta(days=back) for back in (11, 10, 9, 8, 7, 4, 3, 2, 1, 0)])
    return lead


def policies_of(campaign: Campaign, lead: int) -> list[str]:
    with campaign.store.read() as unit:
        return [one.policy for one in unit.enrollments.of_leads([lead])[lead]]


def test_a_regular_guest_who_stays_away_is_enrolled_once(campaign: Campaign) -> None:
    lead = regular(campaign)
    assert detect_lapses(campaign.office) == 0
    campaign.clock.advance(timedelta(days=2, hours=23))
    assert detect_lapses(campaign.office) == 0
    campaign.clock.advance(timedelta(hours=1))
    assert detect_lapses(campaign.office) == 1
    assert detect_lapses(campaign.office) == 0
    assert policies_of(campaign, lead) == ["win-back"]


def test_nobody_is_won_back_by_two_policies_at_a_time(campaign: Campaign) -> None:
    lead = regular(campaign)
    campaign.clock.advance(timedelta(days=6))
    assert detect_lapses(campaign.office) == 1
    assert policies_of(campaign, lead) == ["win-back"]


def test_a_purchase_arms_the_watch_again(campaign: Campaign) -> None:
    lead = regular(campaign)
    campaign.clock.advance(timedelta(days=3))
    assert detect_lapses(campaign.office) == 1
    start = campaign.clock.now()
    buy(campaign, lead, *[start + timedelta(days=day, hours=1) for day in range(5)])
    campaign.clock.advance(timedelta(days=5))
    react_to_activities(campaign.office)
    assert detect_lapses(campaign.office) == 0
    campaign.clock.advance(timedelta(days=3))
    assert detect_lapses(campaign.office) == 1
    assert policies_of(campaign, lead) == ["win-back", "win-back"]


def test_the_owner_is_warned_once_before_the_limit(campaign: Campaign) -> None:
    regular(campaign)
    campaign.clock.advance(timedelta(days=2))
    for _ in range(2):
        detect_lapses(campaign.office)
    with campaign.store.read() as unit:
        notices = [touch for touch in unit.touches.page(after=0, limit=100) if touch.kind == "notice"]
    assert [notice.address for notice in notices] == ["aino@cafe.test"]


def test_other_segments_are_left_alone(campaign: Campaign) -> None:
    lead = regular(campaign, segment="furniture")
    campaign.clock.advance(timedelta(days=30))
    assert detect_lapses(campaign.office) == 0
    assert policies_of(campaign, lead) == []


def test_who_buys_less_often_is_noticed_while_still_buying(campaign: Campaign) -> None:
    lead = campaign.lead("baker", segment="bakery")
    now = campaign.clock.now()
    buy(campaign, lead, *[now - timedelta(days=day) for day in (70, 60, 50, 40, 30, 20, 10)])
    buy(campaign, lead, now + timedelta(days=15))
    detect_lapses(campaign.office)
    campaign.clock.advance(timedelta(days=29))
    assert detect_lapses(campaign.office) == 0
    campaign.clock.advance(timedelta(days=2))
    assert detect_lapses(campaign.office) == 1
    assert policies_of(campaign, lead) == ["win-back"]


def test_a_new_rule_is_asked_about_everybody_and_an_old_one_forgotten(campaign: Campaign) -> None:
    lead = regular(campaign)
    detect_lapses(campaign.office)
    campaign.publish(WIN_BACK.replace("silent_for: 3 days", "silent_for: 2 days").replace(", warn_at: 2 days", ""))
    campaign.clock.advance(timedelta(days=2))
    assert detect_lapses(campaign.office) == 1
    assert policies_of(campaign, lead) == ["win-back"]
