"""Passes of cron: a clock that was set between two of them is noticed, and nothing leaves until it is steady."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.campaign import Campaign
from touches.engine.between_passes import FILE, clock_jumped

HOUR = timedelta(hours=1)


@pytest.fixture
def campaign(sqlite_url: str, tmp_path: Path) -> Iterator[Campaign]:
    made = Campaign(sqlite_url, tmp_path)
    yield made
    made.close()


def held(campaign: Campaign) -> str:
    with campaign.store.read() as unit:
        return unit.switches.get("hold")


def test_passes_of_a_steady_clock_send_however_far_apart_they_are(campaign: Campaign, tmp_path: Path) -> None:
    for apart in (timedelta(0), HOUR, timedelta(days=3)):
        campaign.clock.advance(apart)
        assert clock_jumped(campaign.office, tmp_path, boot="b") == ""
    assert held(campaign) == ""


@pytest.mark.parametrize(
    ("by", "words", "hold"), [(HOUR / 2, "forward by 0:30:00", False), (-3 * HOUR, "back by 3:00:00", False),
                              (365 * 24 * HOUR, "forward by 365 days", True)],
)  # fmt: skip
def test_a_clock_that_was_set_stops_one_pass(
    campaign: Campaign, tmp_path: Path, by: timedelta, words: str, hold: bool
) -> None:
    clock_jumped(campaign.office, tmp_path, boot="b")
    campaign.clock.advance(HOUR)
    campaign.clock.set(campaign.clock.now() + by)

    assert words in clock_jumped(campaign.office, tmp_path, boot="b")
    assert bool(held(campaign)) is hold
    campaign.clock.advance(HOUR)
    assert clock_jumped(campaign.office, tmp_path, boot="b") == ""


@pytest.mark.parametrize("boot", ["", "another"])
def test_after_a_start_of_the_machine_nobody_can_know(campaign: Campaign, tmp_path: Path, boot: str) -> None:
    clock_jumped(campaign.office, tmp_path, boot="b")
    campaign.clock.set(campaign.clock.now() + 5 * HOUR)

    assert clock_jumped(campaign.office, tmp_path, boot=boot) == ""


@pytest.mark.parametrize("torn", ["", "{", "[]", '{"boot": "b"}', '{"boot": "b", "wall": 3, "monotonic": "x"}'])
def test_a_torn_look_proves_nothing(campaign: Campaign, tmp_path: Path, torn: str) -> None:
    (tmp_path / FILE).write_text(torn, encoding="utf-8")

    assert clock_jumped(campaign.office, tmp_path, boot="b") == ""
