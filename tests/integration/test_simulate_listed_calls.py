"""Calls that stood on a list and were not made, when the days ahead are played."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.campaign import Campaign
from touches.model.states import TouchState
from touches.simulation.chances import Rates
from touches.simulation.played import Played
from touches.simulation.playing import Order, Simulation, summary_of
from touches.simulation.scripts import Script
from touches.store.types import from_micros

CALLS = """
policy: calls
touches:
  - {id: ring, day: 0, channel: call, news: any, ask: Agree.}
"""
MAILS = """
policy: mails
priority: 30
touches:
  - {id: note, day: 2, channel: email, news: any, ask: Reply.}
"""
BEFORE_DAWN = datetime(2026, 11, 4, 2, 30, tzinfo=UTC)  # half past four in Helsinki, two days later
NINE = datetime(2026, 11, 4, 7, 0, tzinfo=UTC)


@pytest.fixture
def campaign(sqlite_url: str, tmp_path: Path) -> Iterator[Campaign]:
    """A call that nobody made, on the list since Monday."""
    made = Campaign(sqlite_url, tmp_path)
    for name in ("email", "call"):
        made.record(name).concurrency = 1
    made.publish(CALLS, MAILS)
    lead = made.lead("ann", phone="+358401234567")
    made.enroll(lead, policy="calls")
    made.enroll(lead, policy="mails")
    made.tick()
    assert TouchState.OFFERING in {touch.state for touch in made.touches(lead)}
    made.clock.set(BEFORE_DAWN)
    yield made
    made.close()


def played(campaign: Campaign, rates: Rates | None = None) -> list[Played]:
    order = Order(days=5, start=campaign.clock.now(), rates=rates or Rates())
    with campaign.store.read() as unit:
        return list(Simulation(campaign.office, Script(unit), order).run(unit))


def test_a_late_call_on_a_list_is_made_when_its_hours_open(campaign: Campaign) -> None:
    summary = summary_of(campaign.office, letter_cost=0.0)
    lines = played(campaign)
    for line in lines:
        summary.add(line)
    assert [from_micros(line.at) for line in lines if line.channel == "call"] == [NINE]
    assert summary.totals()["outside_hours"] == 0


def test_a_late_call_leaves_the_list_with_a_purchase_before_its_hours(campaign: Campaign) -> None:
    lines = played(campaign, Rates(purchase=1.0))
    assert [line.channel for line in lines] == ["email"]
