"""News that has ended is never sent, whatever stood between the decision and the last byte; what waited too long
shifts."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from channels.protocol import Failure, Marker, Prepared, Refused, Result
from channels.recording import RecordingChannel
from tests.campaign import NEWS, Campaign
from touches.clock import VirtualClock
from touches.model.states import TouchState

AT_ALL_HOURS = """
policy: follow
hours: {email: {days: mon-sun, from: "00:00", until: "24:00"}}
touches:
  - {id: first, day: 0, channel: email, news: any, ask: Reply.}
"""
LATE_MONDAY = "2026-11-02T21:50:00+00:00"  # ten minutes to midnight in Helsinki
ENDS_ON_MONDAY = "---\nkind: education\nheadline: Today only\nvalid: ..2026-11-02\n---\nThe setup is free today.\n"
LATER = Refused(failure=Failure.GREYLIST, permanent=False, code="450", text="4.2.0 greylisted")


@pytest.fixture
def at_night(database_url: str, tmp_path: Path) -> Iterator[Campaign]:
    made = Campaign(database_url, tmp_path, start=LATE_MONDAY)
    yield made
    made.close()


def keeps(campaign: Campaign, lead_id: int) -> dict[str, str]:
    with campaign.store.read() as unit:
        return {entry.news: entry.status.value for entry in unit.ledger.told([lead_id])[lead_id].values()}


def test_a_retry_after_its_last_day_does_not_send_the_news(at_night: Campaign) -> None:
    mail = at_night.record(results=[LATER])
    at_night.publish(AT_ALL_HOURS, news={"today": ENDS_ON_MONDAY})
    ann = at_night.lead("ann")
    at_night.enroll(ann)

    at_night.tick()
    (tried,) = at_night.touches(ann)
    at_night.clock.advance(timedelta(minutes=12))
    at_night.tick()

    assert (tried.state, len(mail.offered)) == (TouchState.READY, 1)
    (touch,) = at_night.touches(ann)
    assert (touch.state, touch.reason) == (TouchState.HELD, "no news")
    assert mail.taken == []
    assert keeps(at_night, ann) == {}
    at_night.pass_days(3)
    assert mail.taken == []


def test_a_retry_after_its_last_day_takes_other_news(at_night: Campaign) -> None:
    mail = at_night.record(results=[LATER])
    at_night.publish(AT_ALL_HOURS, news={"today": ENDS_ON_MONDAY, "hours": NEWS["hours"]})
    ann = at_night.lead("ann")
    at_night.enroll(ann)

    at_night.tick()
    first = mail.offered[0].payload.decode()
    at_night.clock.advance(timedelta(minutes=12))
    at_night.tick()

    assert "setup is free" in first
    assert [NEWS["hours"] in prepared.payload.decode() for prepared in mail.taken] == [True]
    assert keeps(at_night, ann) == {"hours": "told"}


class SlowServer(RecordingChannel):
    """A server that takes its time before the message may be named: it is tomorrow by then."""

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__("email")
        self._clock = clock

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        if not self.offered:
            self._clock.advance(timedelta(minutes=12))
        return await super().hand_over(prepared, marker)


def test_midnight_between_composing_and_the_last_byte_keeps_the_news_back(at_night: Campaign) -> None:
    mail = SlowServer(at_night.clock)
    at_night.use(email=mail)
    at_night.publish(AT_ALL_HOURS, news={"today": ENDS_ON_MONDAY})
    ann = at_night.lead("ann")
    at_night.enroll(ann)

    at_night.tick()
    at_night.clock.advance(timedelta(minutes=30))
    at_night.tick()

    assert len(mail.offered) == 1
    assert mail.taken == []
    (touch,) = at_night.touches(ann)
    assert (touch.state, touch.reason) == (TouchState.HELD, "no news")


def test_a_held_touch_past_its_lateness_shifts_and_so_do_those_that_follow(campaign: Campaign) -> None:
    mail = campaign.record()
    steps = "\n".join(
        f"  - {{id: {step}, day: {day}, channel: email, news: any, ask: Reply.}}"
        for step, day in (("first", 0), ("second", 2), ("third", 4))
    )
    campaign.publish(f"policy: follow\ntouches:\n{steps}\n", news={"hello": NEWS["hello"]})
    ann = campaign.lead("ann")
    campaign.enroll(ann)
    campaign.pass_days(7)  # the second is due on Wednesday and held; its 24 hours have long passed
    waiting = campaign.touches(ann)[1]
    campaign.publish(f"policy: follow\ntouches:\n{steps}\n", news=NEWS)
    campaign.pass_days(3)

    assert (waiting.state, waiting.reason) == (TouchState.HELD, "no news")
    assert waiting.due_at is not None
    assert waiting.due_at < campaign.clock.now() - timedelta(days=7)
    first, second, third = campaign.touches(ann)
    assert [touch.state for touch in (first, second, third)] == [TouchState.SENT] * 3
    assert second.handed_over_at is not None
    assert third.handed_over_at is not None
    assert second.handed_over_at >= datetime.fromisoformat("2026-11-09T08:00:00+00:00")
    assert third.handed_over_at - second.handed_over_at >= timedelta(days=1, hours=12)  # two days apart, as written
    assert len(mail.taken) == 3
    with campaign.store.read() as unit:
        reasons = [event.because for event in unit.events.of_lead(ann)]
    assert any("late: this and the following touches move" in reason for reason in reasons)


def test_a_held_touch_that_is_dropped_when_late_tells_nothing(campaign: Campaign) -> None:
    mail = campaign.record()
    step = "  - {id: first, day: 0, channel: email, news: any, ask: Reply., send_within: 1 day, late: drop}\n"
    campaign.publish(f"policy: follow\ntouches:\n{step}", news={})
    ann = campaign.lead("ann")
    campaign.enroll(ann)
    campaign.pass_days(3)
    campaign.publish(f"policy: follow\ntouches:\n{step}", news=NEWS)
    campaign.pass_days(1)

    assert [touch.state for touch in campaign.touches(ann)] == [TouchState.EXPIRED]
    assert mail.taken == []
    assert keeps(campaign, ann) == {}
