"""Which touch comes next, and when."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import (
    HOUSE,
    MAIL,
    MONDAY,
    PHONE,
    POST,
    at,
    make_enrollment,
    make_item,
    make_lead,
    make_past,
    make_policy,
    make_pool,
    make_situation,
)
from touches.model.states import EnrollmentState, Phase, TouchState
from touches.planning.next_touch import Finish, PlanTouch, Wait, next_touch
from touches.planning.situation import Situation

POOL = make_pool(*(make_item(f"n{number}") for number in range(9)))
TWO = """
policy: follow
touches:
  - {id: a, day: 0, channel: email, news: any}
  - {id: b, after: 2 days, channel: email, news: any}
"""
WITH_THEN = TWO + "decision_window: 21-30 days\nthen: {every: 1 week, channel: email, news: any}\n"


def planned(situation: Situation, now: object = MONDAY) -> PlanTouch:
    plan = next_touch(situation, HOUSE, POOL, now)  # type: ignore[arg-type]
    assert isinstance(plan, PlanTouch), plan
    return plan


def test_the_first_step_is_due_at_once_in_open_hours() -> None:
    draft = planned(make_situation(TWO)).draft

    assert (draft.step, draft.due_at, draft.state) == ("a", MONDAY, TouchState.PLANNED)


def test_on_a_saturday_the_first_step_waits_for_monday_morning() -> None:
    saturday = at("2026-11-07T10:00")
    situation = make_situation(TWO, enrollment=make_enrollment(entered_at=saturday))

    assert planned(situation, saturday).draft.due_at == at("2026-11-09T06:00")  # 08:00 in Helsinki


def test_after_counts_from_the_hand_over_and_keeps_the_local_clock_time() -> None:
    situation = make_situation(TWO, history=[make_past("a", at("2026-11-03T12:34"))])

    assert planned(situation, at("2026-11-03T12:34")).draft.due_at == at("2026-11-05T12:34")


def test_after_a_clock_change_the_local_time_stays() -> None:
    entered = at("2026-10-23T07:00")  # Friday, 10:00 summer time in Helsinki
    policy = TWO.replace("after: 2 days", "after: 3 days")
    situation = make_situation(
        policy, enrollment=make_enrollment(entered_at=entered), history=[make_past("a", entered)]
    )

    assert planned(situation, entered).draft.due_at == at("2026-10-26T08:00")  # 10:00 winter time


def test_a_holiday_of_the_leads_country_is_skipped() -> None:
    eve = at("2026-12-04T08:00")  # Friday; Sunday the 6th is Independence Day, Monday is open
    policy = TWO.replace("after: 2 days", "day: 21")  # Friday the 25th of December
    situation = make_situation(policy, enrollment=make_enrollment(entered_at=eve), history=[make_past("a", eve)])

    assert planned(situation, eve).draft.due_at == at("2026-12-28T06:00")


def test_holidays_are_days_like_others_where_the_policy_ignores_them() -> None:
    eve = at("2026-12-04T08:00")
    policy = TWO.replace("after: 2 days", "day: 21") + "holidays: ignore\n"
    situation = make_situation(policy, enrollment=make_enrollment(entered_at=eve), history=[make_past("a", eve)])

    assert planned(situation, eve).draft.due_at == at("2026-12-25T06:00")


def test_a_letter_is_posted_so_many_days_before_its_day() -> None:
    policy = TWO.replace("after: 2 days, channel: email", "day: 10, channel: letter")
    situation = make_situation(policy, lead=make_lead(MAIL, POST), history=[make_past("a")])

    assert planned(situation).draft.due_at == at("2026-11-09T22:00")  # midnight, the 10th: it arrives on the 12th


def test_what_follows_a_letter_is_counted_from_its_arrival() -> None:
    situation = make_situation(TWO, history=[make_past("a", channel="letter")])

    assert planned(situation).draft.due_at == MONDAY + timedelta(days=4)


def test_spread_places_the_touches_inside_the_window_denser_at_first() -> None:
    steps = "\n".join(f"  - {{id: s{number}, channel: email, news: any}}" for number in range(7))
    policy = make_policy(f"policy: follow\ndecision_window: 21-30 days\nspread: front-loaded\ntouches:\n{steps}\n")
    history, days = [], []
    for number in range(7):
        draft = planned(make_situation(policy, history=history)).draft
        assert draft.due_at is not None
        days.append((draft.due_at - MONDAY).days)
        history.append(make_past(draft.step, draft.due_at, number=number + 1))

    assert days[0] == 0
    assert 21 <= days[-1] <= 30
    assert days == sorted(set(days))


def test_after_the_last_step_the_nurture_begins_when_the_window_closes() -> None:
    history = [make_past("a"), make_past("b", MONDAY + timedelta(days=2), number=2)]
    plan = planned(make_situation(WITH_THEN, history=history), MONDAY + timedelta(days=2))

    assert (plan.phase, plan.draft.step, plan.draft.round) == (Phase.THEN, "then", 1)
    assert plan.draft.due_at == at("2026-12-03T06:00")  # day 31, at the opening hour


def test_the_nurture_of_a_lost_deal_begins_an_interval_after_the_last_touch() -> None:
    situation = make_situation(
        WITH_THEN,
        lead=make_lead(lost_at=MONDAY),
        enrollment=make_enrollment(phase=Phase.THEN),
        history=[make_past("a")],
    )

    assert planned(situation).draft.due_at == MONDAY + timedelta(days=7)


def test_rounds_of_the_nurture_count_up() -> None:
    history = [make_past("a"), make_past("b"), make_past("then", at("2026-12-03T06:00"), number=3)]
    draft = planned(make_situation(WITH_THEN, history=history), at("2026-12-03T06:00")).draft

    assert (draft.round, draft.number, draft.due_at) == (2, 4, at("2026-12-10T06:00"))


def test_without_then_the_enrollment_is_finished() -> None:
    plan = next_touch(make_situation(TWO, history=[make_past("a"), make_past("b")]), HOUSE, POOL, MONDAY)

    assert isinstance(plan, Finish)


def test_nothing_is_planned_while_a_touch_is_open() -> None:
    waiting = make_past("a", None, state=TouchState.PLANNED, finished_at=None)

    assert isinstance(next_touch(make_situation(TWO, history=[waiting]), HOUSE, POOL, MONDAY), Wait)


@pytest.mark.parametrize("state", [EnrollmentState.PAUSED, EnrollmentState.STOPPED, EnrollmentState.FINISHED])
def test_only_an_active_enrollment_is_planned(state: EnrollmentState) -> None:
    situation = make_situation(TWO, enrollment=make_enrollment(state=state))

    assert isinstance(next_touch(situation, HOUSE, POOL, MONDAY), Wait)


def test_a_step_that_a_newer_version_put_in_before_is_not_made_up_for() -> None:
    newer = TWO.replace("touches:\n", "touches:\n  - {id: zero, day: 0, channel: email, news: any}\n")

    assert planned(make_situation(newer, history=[make_past("a")])).draft.step == "b"


def test_without_any_way_the_touch_is_held_and_says_why() -> None:
    broken = replace(MAIL, broken="550 no such user")
    draft = planned(make_situation(TWO, lead=make_lead(broken))).draft

    assert (draft.state, draft.reason) == (TouchState.HELD, "no channel")
    assert "550 no such user" in str(draft.because["channel"])


def test_a_cap_moves_the_touch_and_keeps_the_reason() -> None:
    policy = TWO.replace("after: 2 days", "after: 0 days") + "caps: {per_lead: 1 per day}\n"
    plan = planned(make_situation(policy, history=[make_past("a")]))

    assert plan.draft.due_at == at("2026-11-03T06:00")
    assert "cap of 1 per day" in plan.because


def test_a_cap_of_none_at_all_holds_the_touch() -> None:
    draft = planned(make_situation(TWO + "caps: {per_lead: 0}\n")).draft

    assert draft.state is TouchState.HELD
    assert "allows none" in draft.reason


def test_hours_that_never_open_hold_the_touch() -> None:
    policy = TWO + 'hours: {email: {days: mon-fri, from: "10:00", until: "10:00"}}\n'

    assert "never open" in planned(make_situation(policy)).draft.reason


def test_an_arm_of_a_test_is_fixed_for_ever_and_a_holdout_gets_no_touch() -> None:
    policy = make_policy(
        "policy: follow\ntouches:\n"
        "  - {id: a, day: 0, channel: email, news: any, variants: {one: 40, two: 40, holdout: 20}}\n"
    )
    arms = {}
    for number in range(300):
        lead = make_lead(id=number)
        drafts = [planned(make_situation(policy, lead=lead)).draft for _ in range(2)]
        assert drafts[0] == drafts[1]
        arms.setdefault(drafts[0].variant, []).append(drafts[0].state)

    assert set(arms) == {"one", "two", "holdout"}
    assert set(arms["holdout"]) == {TouchState.CANCELLED}
    assert set(arms["one"]) == {TouchState.PLANNED}
    assert 30 < len(arms["holdout"]) < 90


def test_calls_fit_every_zone_in_which_a_number_may_lie() -> None:
    phone = replace(PHONE, address="+18005550100")  # toll-free: any zone of North America
    lead = make_lead(phone, timezone="", country="US")
    policy = "policy: follow\ntouches:\n  - {id: a, day: 0, channel: call, news: any}\n"
    draft = planned(make_situation(policy, lead=lead), MONDAY).draft

    assert draft.due_at is not None
    assert draft.due_at >= at("2026-11-02T17:00")  # nine o'clock in California; earlier anywhere east


@given(days=st.integers(0, 60), hour=st.integers(0, 23))
def test_a_planned_touch_is_never_before_now_and_always_in_open_hours(days: int, hour: int) -> None:
    now = at("2026-10-20T00:00") + timedelta(days=days, hours=hour)
    draft = planned(make_situation(TWO, enrollment=make_enrollment(entered_at=now)), now).draft

    assert draft.due_at is not None
    local = draft.due_at.astimezone(__import__("zoneinfo").ZoneInfo("Europe/Helsinki"))
    assert draft.due_at >= now
    assert local.weekday() < 5
    assert 8 <= local.hour < 20
