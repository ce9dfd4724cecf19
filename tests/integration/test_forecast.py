"""What the coming days bring: load, want of news, windows that close too soon."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.campaign import Campaign
from touches.forecast.outlook import forecast

POLICY = """
policy: follow
enroll_when:
  - new_lead: {}
decision_window: 3-5 days
touches:
  - {id: first, day: 0, channel: email, news: {kind: education}, ask: Reply.}
  - {id: second, day: 2, channel: email, news: {kind: education}, ask: Reply.}
  - {id: third, day: 9, channel: email, news: {kind: education}, ask: Reply.}
"""


@pytest.fixture
def campaign(sqlite_url: str, tmp_path: Path) -> Iterator[Campaign]:
    made = Campaign(sqlite_url, tmp_path)
    made.record("email")
    yield made
    made.close()


def ahead(campaign: Campaign, days: int = 20) -> dict[str, Any]:
    with campaign.store.read() as unit:
        return forecast(unit, campaign.office, days=days, start=campaign.clock.now())


def test_the_load_of_the_days_is_counted_by_channel(campaign: Campaign) -> None:
    campaign.publish(POLICY)
    for number in range(5):
        campaign.lead(f"l{number}")
    assert [(row["day"].isoformat(), row["email"]) for row in ahead(campaign)["load"]] == [
        ("2026-11-02", 5),
        ("2026-11-04", 5),
        ("2026-11-11", 5),
    ]


def test_it_says_who_runs_dry_when_and_of_what(campaign: Campaign) -> None:
    campaign.publish(POLICY, news={"one": "The only thing we know."})
    for number in range(4):
        campaign.lead(f"l{number}", segment="cafe" if number else "bakery", language="fi")
    found = ahead(campaign)
    assert [(row["step"], row["touch"], row["segment"], row["leads"]) for row in found["without_news"]] == [
        ("second", 2, "bakery", 1),
        ("second", 2, "cafe", 3),
    ]
    assert found["without_news"][0]["from"].isoformat() == "2026-11-04"
    assert found["kinds_wanted"] == [{"kind": "education", "touches": 4}]


def test_a_step_after_the_window_is_named(campaign: Campaign) -> None:
    campaign.publish(POLICY)
    campaign.lead("late")
    (missed,) = ahead(campaign)["windows_missed"]
    assert (missed["step"], missed["enrollments"], missed["such_as"]) == ("third", 1, ["late"])
