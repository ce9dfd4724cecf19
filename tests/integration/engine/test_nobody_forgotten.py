"""Whoever runs without a next touch gets one, by passes that each look at a part."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.campaign import Campaign
from touches.engine.library import Library
from touches.engine.passing import plan_missing, plan_some_missing
from touches.engine.planner import plan_enrollments
from touches.model.states import TouchState


def _forget(campaign: Campaign, leads: list[int]) -> None:
    """What waits for these leads is gone, as after a plan that was never made."""
    with campaign.store.write() as unit:
        for lead_id in leads:
            unit.connection.exec_driver_sql(f"DELETE FROM touch WHERE lead_id = {lead_id}")


def _planned(campaign: Campaign, leads: list[int]) -> list[bool]:
    return [any(one.state is TouchState.PLANNED for one in campaign.touches(lead_id)) for lead_id in leads]


@pytest.fixture
def enrolled(campaign: Campaign) -> list[int]:
    campaign.record()
    campaign.publish()
    leads = [campaign.lead(f"lead{number}") for number in range(7)]
    campaign.enroll(*leads)
    return leads


def test_all_at_once_plans_for_everybody(campaign: Campaign, enrolled: list[int]) -> None:
    _forget(campaign, enrolled)

    assert plan_missing(campaign.office) == 7
    assert _planned(campaign, enrolled) == [True] * 7


def test_a_pass_looks_at_a_part_and_the_next_one_goes_on(campaign: Campaign, enrolled: list[int]) -> None:
    _forget(campaign, enrolled)

    planned = [plan_some_missing(campaign.office, most=3) for _ in range(3)]

    assert planned == [3, 3, 1]
    assert _planned(campaign, enrolled) == [True] * 7


def test_behind_the_last_it_begins_again(campaign: Campaign, enrolled: list[int]) -> None:
    for _ in range(3):
        plan_some_missing(campaign.office, most=3)
    _forget(campaign, enrolled[:1])

    assert plan_some_missing(campaign.office, most=3) == 1
    assert _planned(campaign, enrolled[:1]) == [True]


def test_two_who_plan_for_the_same_one_on_a_server_do_not_stop_each_other(postgresql_url: str, tmp_path: Path) -> None:
    """The second waits for the first, finds that it came first, and goes on with its pass."""
    campaign = Campaign(postgresql_url, tmp_path)
    campaign.record()
    campaign.publish()
    lead = campaign.lead("ann")
    campaign.enroll(lead)
    _forget(campaign, [lead])
    second = ThreadPoolExecutor(1)
    with campaign.store.write() as unit:
        ids = unit.touches.unplanned(after=0, up_to=9, limit=9)
        plan_enrollments(unit, campaign.office.library, campaign.office.house, ids, now=campaign.clock.now())
        unit.touches.newest_id()  # what was posted is there
        other = replace(campaign.office, library=Library())
        planning = second.submit(plan_missing, other)
        while not _waits(campaign):
            assert not planning.done()

    assert planning.result(timeout=30) == 0
    assert _planned(campaign, [lead]) == [True]
    second.shutdown()
    campaign.close()


def _waits(campaign: Campaign) -> bool:
    """Whether somebody waits for a row of somebody else's."""
    with campaign.store.read() as unit:
        asked = unit.connection.exec_driver_sql("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(asked.scalar_one())
