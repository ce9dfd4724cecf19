"""What performs: counted once a day from what leads did after being told, and fed into the choice of news."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from policies.news import NewsPool
from tests.campaign import Campaign
from touches.model.care import Activity
from touches.model.states import LedgerStatus
from touches.newsroom.listing import news_rows
from touches.newsroom.performing import learn_worth
from touches.planning.worth import Achieved

POLICY = """
policy: follow
touches:
  - {id: first, day: 0, channel: email, news: any, ask: Reply.}
"""
NEWS = {
    "a-fresh": "Support answers until ten in the evening.",
    "b-case": "A bakery halved its complaints.",
    "c-price": "The small plan costs nineteen euros.",
}


@pytest.fixture
def campaign(database_url: str, tmp_path: Path) -> Iterator[Campaign]:
    made = Campaign(database_url, tmp_path)
    made.record("email")
    made.publish(POLICY, news=NEWS)
    yield made
    made.close()


def tell(campaign: Campaign, news: str, leads: int, *, days_ago: int = 20) -> list[int]:
    """So many new leads were told it; their ids."""
    ids = [campaign.lead(f"{news}-{number}") for number in range(leads)]
    at = campaign.clock.now() - timedelta(days=days_ago)
    with campaign.store.write() as unit:
        for lead_id in ids:
            unit.ledger.reserve(
                lead_id=lead_id, news_class=news, news=news, touch_id=None, at=at, status=LedgerStatus.TOLD
            )
    return ids


def did(campaign: Campaign, lead_ids: list[int], kind: str, *, days_ago: int) -> None:
    at = campaign.clock.now() - timedelta(days=days_ago)
    with campaign.store.write() as unit:
        unit.activities.add([Activity(lead_id=lead_id, kind=kind, at=at) for lead_id in lead_ids])


def figures(campaign: Campaign) -> dict[str, Achieved | None]:
    with campaign.store.read() as unit:
        campaign.office.library.refresh(unit)
    return {item.id: item.achieved for item in campaign.office.library.pool.items}


def test_answers_and_new_purchases_count_by_lead_and_old_habits_do_not(campaign: Campaign) -> None:
    told = tell(campaign, "b-case", 30)
    did(campaign, told[:4], "reply", days_ago=19)
    did(campaign, told[3:7], "purchase", days_ago=15)
    did(campaign, told[3:7], "purchase", days_ago=14)
    did(campaign, told[10:20], "purchase", days_ago=21)  # who bought every week anyway
    did(campaign, told[10:20], "purchase", days_ago=14)
    did(campaign, told[20:25], "purchase", days_ago=3)  # too late to be put down to it
    learn_worth(campaign.office)
    assert figures(campaign) == {"a-fresh": None, "b-case": Achieved(told=30, followed=7), "c-price": None}


def test_a_telling_counts_once_it_had_the_time_to_be_followed(campaign: Campaign) -> None:
    tell(campaign, "b-case", 30, days_ago=13)
    learn_worth(campaign.office)
    assert figures(campaign)["b-case"] is None


def test_what_works_is_told_first_and_why_says_how_well_it_works(campaign: Campaign) -> None:
    did(campaign, tell(campaign, "b-case", 30)[:12], "reply", days_ago=18)
    tell(campaign, "a-fresh", 30)
    learn_worth(campaign.office)
    lead = campaign.lead("new")
    campaign.enroll(lead)
    campaign.tick()
    (touch,) = campaign.touches(lead)
    assert touch.news == "b-case"
    with campaign.store.read() as unit:
        because = unit.decisions.of([touch.id])[touch.id]
    assert because["news"] == "b-case is new to this lead: 12 of 30 answered or bought"


def test_it_is_counted_once_a_day_and_only_a_change_makes_anybody_read_again(campaign: Campaign) -> None:
    tell(campaign, "b-case", 30)
    assert learn_worth(campaign.office) == 1
    with campaign.store.read() as unit:
        stamp = unit.catalog.stamp()
    assert learn_worth(campaign.office) == 0
    campaign.clock.advance(timedelta(days=1))
    assert learn_worth(campaign.office) == 1
    with campaign.store.read() as unit:
        assert unit.catalog.stamp() == stamp


def test_news_list_shows_leads_never_more_than_were_told(campaign: Campaign) -> None:
    told = tell(campaign, "b-case", 25)
    for days_ago in range(6, 19):  # a coffee every day
        did(campaign, told, "purchase", days_ago=days_ago)
    learn_worth(campaign.office)
    with campaign.store.read() as unit:
        rows = {row["news"]: row for row in news_rows(unit, NewsPool(), campaign.clock.now().date())}
    assert (rows["b-case"]["told"], rows["b-case"]["purchases"], rows["b-case"]["worth"]) == (25, 25, 1.0)
    assert rows["c-price"]["worth"] is None
