"""Who leaves first when more is due than may leave: what we owe, then the news that cannot wait, nurture last."""

from dataclasses import replace
from datetime import timedelta

from channels.protocol import Marker, Prepared, Result
from channels.recording import RecordingChannel
from tests.campaign import Campaign
from touches.model.cadence import Lane, lane_of
from touches.store.notices import Notice

FOLLOW = """
policy: follow
hours: {email: {days: mon-sun, from: "00:00", until: "24:00"}}
holidays: ignore
touches:
  - {id: only, day: 0, channel: email, news: any, ask: Reply.}
then: {every: 1 week, channel: email, news: any, ask: Read.}
"""


def notice(campaign: Campaign, key: str) -> None:
    with campaign.store.write() as unit:
        unit.notices.add(
            Notice(key=key, purpose="interim", recipient="ann@customer.test", subject="Soon", body="By ten tonight."),
            at=campaign.clock.now(),
        )


def lanes_left(campaign: Campaign) -> list[int]:
    """Lanes in the order of hand-over."""
    statement = "SELECT rank FROM touch WHERE handed_over_at IS NOT NULL ORDER BY handed_over_at, fence, id"
    with campaign.store.read() as unit:
        return [lane_of(row[0]) for row in unit.connection.exec_driver_sql(statement)]


def slowly(campaign: Campaign, minutes: int) -> None:
    """One mail a minute."""
    campaign.office = replace(campaign.office, desk=replace(campaign.office.desk, per_minute={"email": 1}))
    for _ in range(minutes):
        campaign.tick()
        campaign.clock.advance(timedelta(seconds=61))


def test_what_we_owe_leaves_before_the_cadence_and_nurture_last(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish(FOLLOW)
    campaign.enroll(*(campaign.lead(f"old{number}") for number in range(3)))
    campaign.tick()
    campaign.tick()
    campaign.clock.advance(timedelta(days=8))
    campaign.enroll(*(campaign.lead(f"new{number}") for number in range(3)))
    notice(campaign, "a")
    notice(campaign, "b")
    before = len(lanes_left(campaign))

    slowly(campaign, 8)

    order = lanes_left(campaign)[before:]
    assert order == [Lane.OWED] * 2 + [Lane.CADENCE] * 3 + [Lane.NURTURE] * 3


def test_the_higher_priority_leaves_first_however_many_wait_of_the_lower(campaign: Campaign) -> None:
    """More are due than one claim takes: what is due later overtakes them all the same."""
    mails = campaign.record()
    campaign.publish(FOLLOW, FOLLOW.replace("policy: follow", "policy: warm\npriority: 70"))
    campaign.enroll(*(campaign.lead(f"cold{number}") for number in range(60)))
    campaign.clock.advance(timedelta(hours=1))
    campaign.enroll(*(campaign.lead(f"warm{number}") for number in range(3)), policy="warm")
    campaign.office = replace(campaign.office, desk=replace(campaign.office.desk, batch=10))

    campaign.clock.advance(timedelta(minutes=1))
    campaign.tick()

    left = [message.address for message in mails.taken]
    assert sorted(left[:3]) == [f"warm{number}@customer.test" for number in range(3)]
    assert len(left) == 63


class Slow(RecordingChannel):
    """A mail a second; while the third leaves, somebody is owed one."""

    def __init__(self, campaign: Campaign) -> None:
        super().__init__("email")
        self.concurrency = 1
        self._campaign = campaign

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        self._campaign.clock.advance(timedelta(seconds=1))
        if len(self.taken) == 2:
            notice(self._campaign, "now")
        return await super().hand_over(prepared, marker)


def test_what_is_owed_meanwhile_does_not_wait_for_the_end_of_a_long_pass(campaign: Campaign) -> None:
    campaign.office = replace(campaign.office, steady=campaign.clock.monotonic)
    slow = Slow(campaign)
    campaign.use(email=slow)
    campaign.publish(FOLLOW)
    campaign.enroll(*(campaign.lead(f"l{number}") for number in range(200)))

    campaign.tick()

    addresses = [message.address for message in slow.taken]
    assert len(addresses) == 201
    assert addresses.index("ann@customer.test") < 60
