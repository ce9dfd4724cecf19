"""Of two policies that want the same lead, the higher goes first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import HOUSE, MONDAY, at, make_item, make_past, make_policy, make_pool, make_situation, make_touch
from touches.model.cadence import PastTouch
from touches.model.states import TouchState
from touches.planning.departure import Depart, Postpone, departure
from touches.planning.situation import Rival, Situation

LOW = "policy: follow\ntouches:\n  - {id: a, day: 0, channel: email, news: any}\ncaps: {per_lead: 1 per day}\n"
HIGH = "policy: urgent\npriority: 80\ntouches:\n  - {id: b, day: 0, channel: email, news: any}\n"
POOL = make_pool(make_item("n"))
LATER = make_past("b", enrollment_id=2, policy="urgent", state=TouchState.PLANNED, handed_over_at=None)
LATER = replace(LATER, due_at=MONDAY + timedelta(hours=4))


def beside(waiting: PastTouch, *, priority: int = 80, policy: str = LOW) -> Situation:
    rival = Rival(enrollment_id=2, policy=make_policy(HIGH), priority=priority)
    return make_situation(policy, history=[waiting], rivals=[rival])


def verdict(situation: Situation) -> object:
    return departure(make_touch(), situation, HOUSE, POOL, MONDAY)


def test_under_a_cap_the_lower_policy_leaves_the_day_to_the_higher() -> None:
    found = verdict(beside(LATER))

    assert isinstance(found, Postpone)
    assert found.due_at == at("2026-11-03T06:00")
    assert found.reason.startswith("urgent goes first, by its priority: the cap of 1 per day per lead")


@pytest.mark.parametrize(
    "waiting",
    [
        replace(LATER, due_at=MONDAY + timedelta(days=1)),
        replace(LATER, state=TouchState.HELD),
        replace(LATER, state=TouchState.CANCELLED),
    ],
    ids=["tomorrow", "held", "cancelled"],
)
def test_nobody_waits_for_what_does_not_come_today(waiting: PastTouch) -> None:
    assert isinstance(verdict(beside(waiting)), Depart)


@pytest.mark.parametrize("priority", [50, 20])
def test_of_equals_the_first_goes_first(priority: int) -> None:
    assert isinstance(verdict(beside(LATER, priority=priority)), Depart)


def test_without_a_cap_or_a_gap_both_go() -> None:
    assert isinstance(verdict(beside(LATER, policy=LOW.replace("caps: {per_lead: 1 per day}\n", ""))), Depart)


def test_a_gap_is_kept_free_as_well() -> None:
    situation = beside(LATER, policy=LOW.replace("caps: {per_lead: 1 per day}\n", ""))
    house = replace(HOUSE, min_gap=timedelta(hours=20))

    found = departure(make_touch(), situation, house, POOL, MONDAY)

    assert isinstance(found, Postpone)
    assert found.due_at == LATER.due_at + timedelta(hours=20)  # type: ignore[operator]
