"""The last decision before a touch is composed."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from policies.times import DateRange
from tests.factories import (
    HOUSE,
    MAIL,
    MONDAY,
    PHONE,
    at,
    day,
    make_enrollment,
    make_item,
    make_lead,
    make_past,
    make_pool,
    make_situation,
    make_touch,
)
from touches.model.states import EnrollmentState
from touches.planning.departure import Cancel, Depart, Expire, Hold, Postpone, departure

POLICY = "policy: follow\ntouches:\n  - {id: a, day: 0, channel: [email, sms], news: any}\n"
POOL = make_pool(make_item("n"))


def test_a_touch_departs_with_news_its_lead_has_not_heard() -> None:
    verdict = departure(make_touch(), make_situation(POLICY), HOUSE, POOL, MONDAY)

    assert isinstance(verdict, Depart)
    assert (verdict.channel, verdict.item.id) == ("email", "n")
    assert verdict.open_until == at("2026-11-02T18:00")  # 20:00 in Helsinki


def test_a_stop_that_came_meanwhile_cancels() -> None:
    situation = make_situation(POLICY, enrollment=make_enrollment(state=EnrollmentState.STOPPED, reason="bought"))

    assert departure(make_touch(), situation, HOUSE, POOL, MONDAY) == Cancel(reason="the enrollment is stopped: bought")


def test_a_pause_holds() -> None:
    situation = make_situation(POLICY, enrollment=make_enrollment(state=EnrollmentState.PAUSED, reason="complaint"))

    assert departure(make_touch(), situation, HOUSE, POOL, MONDAY) == Hold(reason="paused: complaint")


@pytest.mark.parametrize("minds", [True, False])
def test_a_broken_promise_holds_where_the_policy_minds_it(minds: bool) -> None:
    policy = POLICY if minds else f"{POLICY}pause_on: [complaint]\n"

    verdict = departure(make_touch(), make_situation(policy, let_down=True), HOUSE, POOL, MONDAY)

    assert (verdict == Hold(reason="paused: broken promise")) is minds
    assert isinstance(verdict, Depart) is not minds


def test_nothing_new_to_tell_holds_and_never_sends_empty() -> None:
    verdict = departure(make_touch(), make_situation(POLICY, told={"n"}), HOUSE, POOL, MONDAY)

    assert isinstance(verdict, Hold)
    assert verdict.reason == "no news"


def test_outside_the_hours_it_waits_for_the_next_opening() -> None:
    night = at("2026-11-02T19:30")
    verdict = departure(make_touch(), make_situation(POLICY), HOUSE, POOL, night)

    assert isinstance(verdict, Postpone)
    assert verdict.due_at == at("2026-11-03T06:00")


def test_the_hours_are_half_open() -> None:
    situation = make_situation(POLICY)

    assert isinstance(departure(make_touch(), situation, HOUSE, POOL, at("2026-11-02T17:59:59")), Depart)
    assert isinstance(departure(make_touch(), situation, HOUSE, POOL, at("2026-11-02T18:00:00")), Postpone)


def test_too_late_it_moves_and_the_following_touches_with_it() -> None:
    touch = make_touch(latest_at=MONDAY + timedelta(hours=24))
    verdict = departure(touch, make_situation(POLICY), HOUSE, POOL, MONDAY + timedelta(days=3))

    assert isinstance(verdict, Postpone)
    assert verdict.shift == 3 * 24 * 3600


def test_too_late_it_expires_where_the_step_says_drop() -> None:
    policy = POLICY.replace("news: any", "news: any, late: drop, send_within: 2 hours")
    touch = make_touch(latest_at=MONDAY + timedelta(hours=2))

    assert isinstance(departure(touch, make_situation(policy), HOUSE, POOL, MONDAY + timedelta(hours=3)), Expire)


def test_at_the_last_moment_it_still_departs() -> None:
    touch = make_touch(latest_at=MONDAY)

    assert isinstance(departure(touch, make_situation(POLICY), HOUSE, POOL, MONDAY), Depart)


def test_an_opt_out_of_the_channel_takes_the_next_one() -> None:
    lead = make_lead(replace(MAIL, opted_out=frozenset({"email"})), PHONE)
    verdict = departure(make_touch(), make_situation(POLICY, lead=lead), HOUSE, POOL, MONDAY)

    assert isinstance(verdict, Postpone)
    assert verdict.channel == "sms"


def test_an_opt_out_of_everything_leaves_no_way() -> None:
    lead = make_lead(replace(MAIL, opted_out=frozenset({"all"})))

    assert departure(make_touch(), make_situation(POLICY, lead=lead), HOUSE, POOL, MONDAY).reason == "no channel"  # type: ignore[union-attr]


def test_the_gap_of_the_house_is_kept_over_all_policies() -> None:
    house = replace(HOUSE, min_gap=timedelta(hours=20))
    other = make_past("x", MONDAY - timedelta(hours=1), enrollment_id=9)
    verdict = departure(make_touch(), make_situation(POLICY, history=[other]), house, POOL, MONDAY)

    assert isinstance(verdict, Postpone)
    assert "20 hours after the touch before" in verdict.reason


def test_a_touch_of_a_colleague_today_waits_for_tomorrow_where_the_policy_says_so() -> None:
    policy = POLICY + "caps: {per_company: 1 per day}\n"
    verdict = departure(make_touch(), make_situation(policy, colleagues=[MONDAY]), HOUSE, POOL, MONDAY)

    assert isinstance(verdict, Postpone)
    assert verdict.due_at == at("2026-11-03T06:00")


def test_news_that_ends_today_closes_the_touchs_time_at_midnight() -> None:
    policy = POLICY + "hours: {email: any}\n"
    verdict = departure(
        make_touch(), make_situation(policy), HOUSE, make_pool(make_item("n", valid="..2026-11-02")), MONDAY
    )

    assert isinstance(verdict, Depart)
    assert verdict.open_until == at("2026-11-02T22:00")


def test_an_own_closed_day_is_skipped() -> None:
    house = replace(HOUSE, closed=(DateRange(day("2026-11-02"), day("2026-11-03")),))
    verdict = departure(make_touch(), make_situation(POLICY), house, POOL, MONDAY)

    assert isinstance(verdict, Postpone)
    assert verdict.due_at == at("2026-11-04T06:00")


def test_the_law_refuses_only_where_it_is_enforced() -> None:
    german = make_lead(country="DE", timezone="Europe/Berlin")
    situation = make_situation(POLICY, lead=german)

    assert isinstance(departure(make_touch(), situation, HOUSE, POOL, MONDAY), Depart)
    refused = departure(make_touch(), situation, replace(HOUSE, enforce=frozenset({"DE"})), POOL, MONDAY)
    assert isinstance(refused, Hold)
    assert "the law of DE" in str(refused.because)


@pytest.mark.parametrize(
    ("source", "evidence", "until", "leaves"),
    [
        ("trade fair", "recording 17", None, True),
        ("trade fair", "", None, False),
        ("", "leads.csv, line 3", None, False),  # written down, but nobody said where it was given
        ("trade fair", "recording 17", MONDAY, False),
        ("trade fair", "recording 17", MONDAY + timedelta(days=1), True),
    ],
)
def test_a_call_to_a_consumer_in_germany_needs_evidence_of_a_consent_that_lasts(
    source: str, evidence: str, until: datetime | None, leaves: bool
) -> None:
    agreed = replace(
        PHONE,
        consent="express",
        consent_at=MONDAY - timedelta(days=30),
        consent_source=source,
        consent_evidence=evidence,
        consent_until=until,
    )
    situation = make_situation(POLICY.replace("[email, sms]", "call"), lead=make_lead(agreed, country="DE"))
    touch = make_touch(channel="call")

    verdict = departure(touch, situation, replace(HOUSE, enforce=frozenset({"DE"})), POOL, MONDAY)

    assert isinstance(verdict, Hold) is not leaves


def test_with_consent_on_record_the_law_lets_it_go() -> None:
    agreed = replace(MAIL, consent="express", consent_at=MONDAY - timedelta(days=30), consent_source="web form")
    situation = make_situation(POLICY, lead=make_lead(agreed, country="DE", timezone="Europe/Berlin"))

    assert isinstance(
        departure(make_touch(), situation, replace(HOUSE, enforce=frozenset({"DE"})), POOL, MONDAY), Depart
    )
