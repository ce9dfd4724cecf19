"""A day's calls: as many as fit, the urgent ones first, the surplus where there is room."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

from policies.times import DateRange
from tests.campaign import Campaign
from touches.care.call_in_hand import CallResult
from touches.care.calls import finish_call
from touches.care.outcomes import Outcome
from touches.engine.office import Colleague
from touches.model.cadence import Touch
from touches.model.states import TouchState

CALL = """
policy: {name}
priority: {priority}
touches:
  - {{id: call, day: 0, channel: call, news: any, ask: Agree., {more}}}
{caps}
"""


def policy(name: str = "follow", *, priority: int = 50, more: str = "late: shift", caps: str = "") -> str:
    return CALL.format(name=name, priority=priority, more=more, caps=caps)


def office_of(campaign: Campaign, *, per_day: int, absent: str = "") -> None:
    campaign.record("call")
    days = (DateRange(date.fromisoformat(absent), date.fromisoformat(absent)),) if absent else ()
    colleague = Colleague(name="Aino", email="aino@cafe.test", per_day=per_day, absent=days)
    campaign.office = replace(campaign.office, colleagues={"aino": colleague})


def lead(campaign: Campaign, number: int) -> int:
    return campaign.lead(f"lead-{number}", email="none", phone=f"+35840123{number:04d}", owner="aino")


def calls(campaign: Campaign, *states: TouchState) -> list[Touch]:
    with campaign.store.read() as unit:
        return unit.touches.in_states(states or [TouchState.OFFERING])


def days_of(touches: list[Touch]) -> Counter[date]:
    return Counter(touch.due_at.date() for touch in touches if touch.due_at is not None)


def make(campaign: Campaign, touch: Touch, outcome: Outcome = Outcome.REACHED) -> None:
    with campaign.store.write() as unit:
        finish_call(unit, campaign.office, touch.id, CallResult(outcome=outcome), actor="aino")


def test_the_surplus_is_spread_over_the_days_that_have_room(campaign: Campaign) -> None:
    office_of(campaign, per_day=2)
    campaign.publish(policy())
    campaign.enroll(*(lead(campaign, number) for number in range(5)))

    campaign.tick()

    assert len(calls(campaign)) == 2
    monday = campaign.clock.now().date()
    assert days_of(calls(campaign, TouchState.PLANNED)) == {
        monday + timedelta(days=1): 2,
        monday + timedelta(days=2): 1,
    }
    reasons = {touch.reason for touch in calls(campaign, TouchState.PLANNED)}
    assert "the list of aino for 2026-11-02 is full: 2 calls a day" in reasons


def test_a_call_that_was_made_has_had_its_place_on_the_day(campaign: Campaign) -> None:
    office_of(campaign, per_day=2)
    campaign.publish(policy())
    campaign.enroll(*(lead(campaign, number) for number in range(2)))
    campaign.tick()
    for touch, outcome in zip(calls(campaign), (Outcome.REACHED, Outcome.WRONG_NUMBER), strict=True):
        make(campaign, touch, outcome)

    campaign.enroll(lead(campaign, 7))
    campaign.tick()

    assert calls(campaign) == []
    assert days_of(calls(campaign, TouchState.PLANNED)) == {campaign.clock.now().date() + timedelta(days=1): 1}


def test_what_was_left_from_yesterday_fills_today(campaign: Campaign) -> None:
    office_of(campaign, per_day=2)
    campaign.publish(policy())
    campaign.enroll(*(lead(campaign, number) for number in range(2)))
    campaign.tick()
    campaign.clock.advance(timedelta(days=1))

    campaign.enroll(lead(campaign, 7))
    campaign.tick()

    assert len(calls(campaign)) == 2
    assert days_of(calls(campaign, TouchState.PLANNED)) == {date(2026, 11, 4): 1}


def test_the_higher_policy_and_then_the_less_patient_touch_get_the_day(campaign: Campaign) -> None:
    office_of(campaign, per_day=2)
    campaign.publish(
        policy("low"), policy("patient", priority=70, more="send_within: 5 days"), policy("high", priority=70)
    )
    people = [lead(campaign, number) for number in range(3)]
    for each, name in zip(people, ("low", "patient", "high"), strict=True):
        campaign.enroll(each, policy=name)

    campaign.tick()

    assert {touch.policy for touch in calls(campaign)} == {"high", "patient"}

    make_room = calls(campaign)
    for touch in make_room:
        make(campaign, touch)
    campaign.clock.advance(timedelta(days=1))
    office_of(campaign, per_day=1)
    campaign.enroll(lead(campaign, 4), policy="patient")
    campaign.enroll(lead(campaign, 5), policy="high")
    campaign.tick()

    assert [touch.policy for touch in calls(campaign)] == ["high"]


def test_nobody_who_is_away_gets_calls(campaign: Campaign) -> None:
    office_of(campaign, per_day=5, absent="2026-11-02")
    campaign.publish(policy())
    campaign.enroll(lead(campaign, 1))

    campaign.tick()

    planned = calls(campaign, TouchState.PLANNED)
    assert [touch.reason for touch in planned] == ["aino is away on 2026-11-02"]
    assert days_of(planned) == {date(2026, 11, 3): 1}


def test_a_cap_per_owner_defers_with_its_reason_and_loses_nothing(campaign: Campaign) -> None:
    office_of(campaign, per_day=40)
    campaign.publish(policy(caps="caps: {per_owner: 1 per day}"))
    campaign.enroll(*(lead(campaign, number) for number in range(3)))
    listed = []
    for _ in range(5):
        campaign.tick()
        listed.append(len(calls(campaign)))
        for touch in calls(campaign):
            make(campaign, touch)
        campaign.clock.advance(timedelta(days=1))

    assert listed == [1, 1, 1, 0, 0]
    assert len(calls(campaign, TouchState.SENT)) == 3


def test_a_capped_call_says_why_and_until_when(campaign: Campaign) -> None:
    office_of(campaign, per_day=40)
    campaign.publish(policy(caps="caps: {per_owner: 1 per day}"))
    campaign.enroll(*(lead(campaign, number) for number in range(2)))
    campaign.tick()

    [planned] = calls(campaign, TouchState.PLANNED)
    assert planned.reason == "the cap of 1 per day per owner is reached; moved to the next open hour"
    assert planned.due_at is not None
    assert planned.latest_at is not None
    assert planned.due_at.date() == date(2026, 11, 3)


def test_a_call_that_is_due_at_midnight_belongs_to_the_day_that_begins(campaign: Campaign) -> None:
    office_of(campaign, per_day=5)
    hours = 'hours: {call: {days: any, from: "00:00", until: "24:00"}}'
    campaign.publish(policy(caps=hours).replace("day: 0", "day: 1"))
    campaign.enroll(lead(campaign, 1))
    campaign.clock.set(datetime.fromisoformat("2026-11-02T23:30:00+02:00"))
    campaign.tick()

    assert calls(campaign) == []

    campaign.clock.set(datetime.fromisoformat("2026-11-03T00:00:00+02:00"))
    campaign.tick()

    assert len(calls(campaign)) == 1


def test_a_call_back_keeps_its_hour_also_on_a_full_day(campaign: Campaign) -> None:
    office_of(campaign, per_day=1)
    campaign.publish(policy())
    campaign.enroll(lead(campaign, 1))
    campaign.tick()
    agreed = datetime.fromisoformat("2026-11-03T15:00:00+02:00")
    with campaign.store.write() as unit:
        result = CallResult(outcome=Outcome.CALL_BACK, call_back=agreed)
        finish_call(unit, campaign.office, calls(campaign)[0].id, result, actor="aino")
    campaign.clock.advance(timedelta(days=1))
    campaign.enroll(lead(campaign, 2))
    campaign.tick()

    assert agreed in {touch.due_at for touch in calls(campaign)}
