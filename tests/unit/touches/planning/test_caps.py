"""Caps of lead, company, channel and owner, also those of other policies in which the lead runs."""

from datetime import timedelta

import pytest

from tests.factories import HOUSE, MONDAY, at, make_lead, make_past, make_policy, make_situation
from touches.planning.caps import Defer, deferral
from touches.planning.situation import Rival, Situation

CALLS = "policy: follow\ntouches:\n  - {id: a, day: 0, channel: call, news: any}\n"
OTHER = "policy: other\ntouches:\n  - {id: a, day: 0, channel: email, news: any}\n"
HELSINKI = "Europe/Helsinki"


def asked(situation: Situation, channel: str = "call") -> Defer | None:
    return deferral(situation, channel, HOUSE, MONDAY, HELSINKI, MONDAY)


def test_an_owner_gets_no_more_calls_than_the_policy_allows() -> None:
    morning = [MONDAY - timedelta(hours=2), MONDAY - timedelta(hours=1)]
    situation = make_situation(CALLS + "caps: {per_owner: 2 per day}\n", owner_calls=morning)

    assert asked(situation) == Defer(until=at("2026-11-02T22:00"), because="the cap of 2 per day per owner is reached")
    assert asked(make_situation(CALLS + "caps: {per_owner: 3 per day}\n", owner_calls=morning)) is None


def test_the_cap_of_an_owner_binds_calls_and_meetings_alone() -> None:
    situation = make_situation(CALLS + "caps: {per_owner: 0}\n", owner_calls=[])

    assert asked(situation, "email") is None
    assert asked(situation, "meeting") == Defer(until=None, because="the cap 0 per owner allows none")


@pytest.mark.parametrize("written", ["", "caps: {per_owner: unlimited}\n"])
def test_without_a_cap_an_owner_gets_all(written: str) -> None:
    assert asked(make_situation(CALLS + written, owner_calls=[MONDAY] * 1000)) is None


def running_beside(caps: str, own: str = "") -> Situation:
    other = Rival(enrollment_id=2, policy=make_policy(OTHER + f"caps: {caps}\n"), priority=50)
    history = [make_past("b", MONDAY - timedelta(hours=1), enrollment_id=2)]
    return make_situation(CALLS + own, history=history, rivals=[other])


def test_the_cap_of_another_policy_in_which_the_lead_runs_binds_as_well() -> None:
    found = asked(running_beside("{per_lead: 1 per day}"))

    assert found == Defer(until=at("2026-11-02T22:00"), because="the cap of 1 per day per lead of other is reached")


def test_zero_absent_and_unlimited_differ() -> None:
    """Absent: others' caps hold; unlimited: not even those; 0 of another policy is what that policy does not do."""
    assert asked(running_beside("{per_lead: 1 per day}", "caps: {per_lead: unlimited}\n")) is None
    assert asked(running_beside("{per_lead: 0}")) is None
    assert asked(running_beside("{}", "caps: {per_lead: 0}\n")) == Defer(
        until=None, because="the cap 0 per lead allows none"
    )


def test_the_stricter_of_two_policies_caps_decides() -> None:
    found = asked(running_beside("{per_lead: 1 per day}", "caps: {per_lead: 5 per week}\n"))

    assert found is not None
    assert "of other" in found.because


def test_a_cap_per_company_counts_colleagues() -> None:
    lead = make_lead()
    situation = make_situation(CALLS + "caps: {per_company: 1 per day}\n", lead=lead, colleagues=[MONDAY])

    assert asked(situation) == Defer(
        until=at("2026-11-02T22:00"), because="the cap of 1 per day per company is reached"
    )
