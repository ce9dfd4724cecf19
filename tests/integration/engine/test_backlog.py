"""After an outage: no flood, no lead written to twice in a gap, and nothing held back after a short break."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from tests.campaign import Campaign
from touches.engine.backlog import LONGEST_BREAK, begin_pass, end_backlogs, pace_backlog
from touches.model.cadence import Touch

ANY_TIME = """
policy: follow
hours: {email: {days: mon-sun, from: "00:00", until: "24:00"}}
holidays: ignore
touches:
  - {id: first, day: 0, channel: email, news: any, ask: Reply.}
  - {id: second, day: 1, channel: email, news: any, ask: Reply.}
"""
OTHER = ANY_TIME.replace("policy: follow", "policy: other")
DAYS_OFF = timedelta(days=3)


@pytest.fixture
def leads(campaign: Campaign) -> list[int]:
    """Thirty-five an hour for three hours, then three days off, in which the second touch of all became due."""
    campaign.record()
    campaign.publish(ANY_TIME, OTHER)
    made = []
    for hour in range(3):
        batch = [campaign.lead(f"l{hour}x{number}") for number in range(35)]
        campaign.enroll(*batch)
        campaign.tick()
        made += batch
        beat(campaign)
        campaign.clock.advance(timedelta(hours=1))
    campaign.clock.advance(DAYS_OFF)
    return made


def beat(campaign: Campaign) -> None:
    with campaign.store.write() as unit:
        unit.switches.beat(name="d", host="h", pid=1, at=campaign.clock.now())


def left(campaign: Campaign, leads: Sequence[int]) -> list[Touch]:
    with campaign.store.read() as unit:
        touches = unit.touches.of_leads(leads)
    return sorted(
        (one for each in touches.values() for one in each if one.handed_over_at is not None),
        key=lambda one: (one.handed_over_at, one.id),
    )


def most_in(instants: Sequence[datetime], span: timedelta) -> int:
    return max(sum(end - span < at <= end for at in instants) for end in instants)


def drain_for(campaign: Campaign, hours: int, *, every: timedelta) -> None:
    for _ in range(int(timedelta(hours=hours) / every)):
        campaign.tick()
        beat(campaign)
        end_backlogs(campaign.office)
        campaign.clock.advance(every)


def test_three_days_of_backlog_drain_at_twice_the_normal_hourly_rate(campaign: Campaign, leads: list[int]) -> None:
    assert pace_backlog(campaign.office) == {"email": 70}
    came_back = campaign.clock.now()

    drain_for(campaign, 2, every=timedelta(minutes=1))

    after = [
        one.handed_over_at for one in left(campaign, leads) if one.handed_over_at and one.handed_over_at >= came_back
    ]
    assert len(after) == 105
    assert most_in(after, timedelta(hours=1)) <= 70
    assert most_in(after, timedelta(minutes=1)) <= 2


def test_a_drained_backlog_sets_its_channel_free_again(campaign: Campaign, leads: list[int]) -> None:
    pace_backlog(campaign.office)
    drain_for(campaign, 2, every=timedelta(minutes=1))
    campaign.clock.advance(DAYS_OFF)
    end_backlogs(campaign.office)
    fresh = [campaign.lead(f"n{number}") for number in range(200)]
    campaign.enroll(*fresh)

    campaign.tick()

    assert len(left(campaign, fresh)) == 200


def test_a_restart_after_a_minute_paces_nothing(campaign: Campaign, leads: list[int]) -> None:
    beat(campaign)
    campaign.clock.advance(timedelta(minutes=1))

    assert pace_backlog(campaign.office) == {}
    campaign.tick()
    assert len(left(campaign, leads)) == 210


def test_passes_of_cron_take_an_hours_share_at_once_and_no_more(campaign: Campaign, leads: list[int]) -> None:
    assert begin_pass(campaign.office) == {"email": 70}
    came_back = campaign.clock.now()
    for _ in range(4):
        campaign.tick()
        campaign.clock.advance(timedelta(minutes=21))
        assert begin_pass(campaign.office) == {}

    after = [
        one.handed_over_at for one in left(campaign, leads) if one.handed_over_at and one.handed_over_at >= came_back
    ]
    assert Counter(at - came_back for at in after) == {timedelta(0): 70, timedelta(minutes=63): 35}


def test_a_daily_pass_of_cron_is_no_outage(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish(ANY_TIME)
    begin_pass(campaign.office)
    campaign.clock.advance(LONGEST_BREAK)
    campaign.enroll(*(campaign.lead(f"l{number}") for number in range(100)))

    assert begin_pass(campaign.office) == {}


def test_no_lead_is_touched_twice_within_the_gap_while_a_backlog_drains(campaign: Campaign, leads: list[int]) -> None:
    gap = timedelta(hours=20)
    campaign.office = replace(campaign.office, house=replace(campaign.office.house, min_gap=gap))
    campaign.enroll(*leads, policy="other")
    pace_backlog(campaign.office, evenly=False)

    drain_for(campaign, 72, every=timedelta(minutes=61))

    by_lead: dict[int | None, list[datetime]] = {}
    for one in left(campaign, leads):
        assert one.handed_over_at is not None
        by_lead.setdefault(one.lead_id, []).append(one.handed_over_at)
    assert min(later - sooner for ats in by_lead.values() for sooner, later in pairwise(ats)) >= gap
    assert {len(ats) for ats in by_lead.values()} == {4}
