"""Who was thought dead comes back late: what others have done with its touches stays."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from channels.protocol import Failure, Marker, Prepared, Refused, Result, Unknown
from channels.recording import RecordingChannel
from tests.campaign import Campaign
from touches.engine.committing import Committer
from touches.engine.dispatching import drain
from touches.engine.outbox import decide_doubts, resolve_by_hand
from touches.engine.passing import newest_touch, tick
from touches.engine.rescue import rescue
from touches.model.cadence import Touch
from touches.model.states import LedgerStatus, TouchState


class Frozen(RecordingChannel):
    """While it stands still, something else happens."""

    def __init__(self, meanwhile: Callable[[], Awaitable[None]], answer: Result | None) -> None:
        super().__init__("email")
        self._meanwhile = meanwhile
        self._answer = answer
        self.began = False

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        self.began = True
        await self._meanwhile()
        return self._answer or await super().hand_over(prepared, marker)


async def another_sends(campaign: Campaign, channel: RecordingChannel) -> None:
    """Another process takes over all that is in hand, and sends it."""
    office = replace(campaign.office, owner_name="test:2:2")
    rescue(office, alone=True)
    committer = Committer(office)
    committer.start()
    await drain(office, channel, committer, up_to_id=newest_touch(office), stopping=lambda: False)
    await committer.stop()


def tick_once(campaign: Campaign, frozen: Frozen) -> None:
    """A pass that claims nothing more after it has begun."""
    office = replace(campaign.office, desk=replace(campaign.office.desk, batch=1))
    asyncio.run(tick(office, campaign.channels, stopping=lambda: frozen.began))


def only_touch(campaign: Campaign, lead: int) -> tuple[Touch, Any]:
    touch = campaign.touches(lead)[0]
    with campaign.store.read() as unit:
        return touch, unit.ledger.told([lead])[lead].get(touch.news_class)


@pytest.mark.parametrize(
    "late",
    [None, Refused(failure=Failure.TEMPORARY, permanent=False, text="later"), Unknown(phase="connect")],
    ids=["withdrawn", "refused", "unknown before its marker"],
)
def test_a_late_answer_does_not_give_back_the_news_of_who_sent_it(campaign: Campaign, late: Result | None) -> None:
    other = RecordingChannel("email")
    frozen = Frozen(lambda: another_sends(campaign, other), late)
    campaign.use(email=frozen)
    campaign.publish()
    ann = campaign.lead("ann")
    campaign.enroll(ann)

    tick_once(campaign, frozen)

    touch, entry = only_touch(campaign, ann)
    assert (len(other.taken), len(frozen.taken)) == (1, 0)
    assert touch.state is TouchState.SENT
    assert entry is not None
    assert entry.status is LedgerStatus.TOLD


def test_what_arrived_after_all_left_when_it_was_marked_not_when_it_was_due(campaign: Campaign) -> None:
    campaign.record(results=[Unknown(phase="dot", text="the connection was lost")])
    campaign.publish()
    ann = campaign.lead("ann")
    campaign.enroll(ann)
    campaign.clock.advance(timedelta(hours=3))
    left_at = campaign.clock.now()
    campaign.tick()
    touch, _ = only_touch(campaign, ann)
    assert touch.due_at is not None
    assert touch.due_at < left_at

    campaign.clock.advance(timedelta(hours=1))
    with campaign.store.write() as unit:
        now = campaign.clock.now()
        resolve_by_hand(unit, [touch.id], arrived=True, because="they have it", actor="bea", at=now)

    touch, _ = only_touch(campaign, ann)
    assert (touch.state, touch.handed_over_at) == (TouchState.SENT, left_at)


def test_what_follows_is_planned_when_a_person_decides_that_it_arrived(campaign: Campaign) -> None:
    campaign.record(results=[Unknown(phase="dot", text="the connection was lost")])
    campaign.publish()
    ann = campaign.lead("ann")
    campaign.enroll(ann)
    campaign.tick()
    with campaign.store.write() as unit:
        (touch,) = campaign.touches(ann)
        decided = decide_doubts(unit, campaign.office, [touch.id], arrived=True, because="they have it", actor="bea")

    assert decided == 1
    assert [(each.step, each.state) for each in campaign.touches(ann)] == [
        ("first", TouchState.SENT),
        ("second", TouchState.PLANNED),
    ]
