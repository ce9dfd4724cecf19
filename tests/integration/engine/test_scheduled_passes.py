"""Passes of cron do what the schedule asks for: once when its time has come, however many passes there are."""

from datetime import time, timedelta

from tests.campaign import Campaign
from touches.engine.office import Office
from touches.engine.passing import prepare_pass
from touches.engine.scheduled import Scheduled
from touches.settings.schedule import Weekly


def test_a_scheduled_chore_is_done_once_for_all_the_times_that_came(campaign: Campaign) -> None:
    done: list[Office] = []

    def digest(office: Office) -> int:
        done.append(office)
        return 1

    mondays = Scheduled(name="digest", line=Weekly(frozenset({0}), time(7, 30)), chore=digest)

    def passes(after: timedelta) -> int:
        campaign.clock.advance(after)
        prepare_pass(campaign.office, (mondays,))
        return len(done)

    assert passes(timedelta()) == 0  # Monday, 10 o'clock
    assert passes(timedelta(days=6)) == 0
    assert passes(timedelta(days=1)) == 1
    assert passes(timedelta(minutes=5)) == 1
    assert passes(timedelta(days=21)) == 2
    assert passes(timedelta(minutes=5)) == 2
