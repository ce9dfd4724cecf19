"""Several daemons on one PostgreSQL: shared work leaves once, rates hold for all, and single work has one doer."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from channels.recording import RecordingChannel
from tests.campaign import Campaign
from touches.engine.committing import Committer
from touches.engine.dispatching import drain
from touches.engine.office import Office
from touches.engine.passing import newest_touch
from touches.store.locks import alone
from touches.store.units import Store

LEADS = 120


@pytest.fixture
def campaign(postgresql_url: str, tmp_path: Path) -> Iterator[Campaign]:
    made = Campaign(postgresql_url, tmp_path)
    made.record()
    made.publish()
    made.enroll(*(made.lead(f"l{number}") for number in range(LEADS)))
    yield made
    made.close()


@pytest.fixture
def other(postgresql_url: str) -> Iterator[Store]:
    store = Store(postgresql_url)
    yield store
    store.close()


def drain_in_a_thread(office: Office, channel: RecordingChannel) -> None:
    async def run() -> None:
        committer = Committer(office)
        committer.start()
        try:
            await drain(office, channel, committer, up_to_id=newest_touch(office), stopping=lambda: False)
        finally:
            await committer.stop()

    asyncio.run(run())


def drain_together(campaign: Campaign, other: Store) -> list[RecordingChannel]:
    channels = [RecordingChannel("email"), RecordingChannel("email")]
    desk = replace(campaign.office.desk, batch=10)
    offices = [
        replace(campaign.office, desk=desk, owner_name="test:1:1"),
        replace(campaign.office, desk=desk, owner_name="test:2:2", store=other),
    ]
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(drain_in_a_thread, offices, channels))
    return channels


def test_two_daemons_share_what_is_due_and_send_nothing_twice(campaign: Campaign, other: Store) -> None:
    channels = drain_together(campaign, other)

    keys = [prepared.key for channel in channels for prepared in channel.taken]
    assert len(keys) == len(set(keys)) == LEADS
    assert all(channel.taken for channel in channels)


def test_a_rate_holds_for_all_daemons_in_all(campaign: Campaign, other: Store) -> None:
    campaign.office = replace(campaign.office, desk=replace(campaign.office.desk, per_minute={"email": 30}))

    first = drain_together(campaign, other)
    campaign.clock.advance(timedelta(seconds=61))
    second = drain_together(campaign, other)

    assert sum(len(channel.taken) for channel in first) == 30
    assert sum(len(channel.taken) for channel in second) == 30


def test_only_one_daemon_is_at_a_single_work_and_then_another_may(campaign: Campaign, other: Store) -> None:
    with alone(campaign.store, "lapse") as mine, alone(other, "lapse") as theirs, alone(other, "digest") as more:
        assert (mine, theirs, more) == (True, False, True)
    with alone(other, "lapse") as later:
        assert later


def test_whoever_is_at_it_keeps_it_while_its_work_commits(campaign: Campaign, other: Store) -> None:
    with alone(campaign.store, "lapse"):
        with campaign.store.write() as unit:
            unit.switches.set("x", "1", at=campaign.clock.now())
        with alone(other, "lapse") as theirs:
            assert not theirs
