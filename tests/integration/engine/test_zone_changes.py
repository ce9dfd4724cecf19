"""When a government moves its clocks, what is planned keeps its local time."""

from datetime import datetime, timedelta

from tests.campaign import Campaign
from touches.engine.zone_changes import ZONE_DATA, follow_zone_data
from touches.model.states import TouchState
from touches.store.touches import Move

POLICY = 'policy: follow\ntouches:\n  - {id: a, day: 3, at: "10:00", channel: email, news: any, ask: Reply.}\n'


def planned_by_old_data(campaign: Campaign, lead: int) -> datetime:
    """The touch as older zone data would have had it, by which Helsinki stayed at +03:00; the instant it has now."""
    [touch] = campaign.touches(lead)
    assert touch.due_at is not None
    early = touch.due_at - timedelta(hours=1)
    local = touch.local_time.replace("+02:00", "+03:00")
    with campaign.store.write() as unit:
        values = {"due_at": early, "local_time": local}
        move = Move(touch_id=touch.id, old=TouchState.PLANNED, new=TouchState.PLANNED, values=values)
        assert unit.touches.move([move])
        unit.switches.set(ZONE_DATA, "2025a", at=campaign.clock.now())
    return touch.due_at


def test_a_planned_touch_keeps_its_local_time(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish(POLICY)
    ann = campaign.lead("ann")
    campaign.enroll(ann)
    meant = planned_by_old_data(campaign, ann)

    assert follow_zone_data(campaign.office, "2027z") == 1

    [touch] = campaign.touches(ann)
    assert touch.due_at == meant
    assert touch.reason.startswith("the clocks of Europe/Helsinki changed (zone data 2027z): 2026-11-05 10:00 there")
    assert follow_zone_data(campaign.office, "2027z") == 0


def test_the_first_pass_of_all_moves_nothing_and_remembers_the_version(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish(POLICY)
    ann = campaign.lead("ann")
    campaign.enroll(ann)

    campaign.tick()

    with campaign.store.read() as unit:
        assert unit.switches.get(ZONE_DATA)
    assert campaign.touches(ann)[0].reason == ""


def test_what_was_moved_since_is_left_to_the_open_hours(campaign: Campaign) -> None:
    campaign.record()
    campaign.publish(POLICY)
    ann = campaign.lead("ann")
    campaign.enroll(ann)
    meant = planned_by_old_data(campaign, ann)
    with campaign.store.write() as unit:
        [touch] = campaign.touches(ann)
        values = {"due_at": meant + timedelta(days=1)}
        unit.touches.move([Move(touch_id=touch.id, old=TouchState.PLANNED, new=TouchState.PLANNED, values=values)])

    assert follow_zone_data(campaign.office, "2027z") == 0
