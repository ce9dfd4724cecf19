"""The last look before the irrevocable byte."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touches.model.states import EnrollmentState
from touches.planning.gates import Fresh, Passing, why_not_now

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
FREE = Fresh(stopped="", enrollments={7: EnrollmentState.ACTIVE}, dead={}, closed={})
TOUCH = Passing(
    touch_id=1, lead_id=3, enrollment_id=7, channel="email", address_hash="h", open_until=NOW + timedelta(hours=1)
)
NOTICE = replace(TOUCH, enrollment_id=None, address_hash="", open_until=None, sells=False)


def test_what_nothing_forbids_may_leave() -> None:
    assert why_not_now(TOUCH, FREE, NOW) == ""


@pytest.mark.parametrize(
    ("fresh", "why"),
    [
        (replace(FREE, stopped="everything is paused: by aino"), "everything is paused: by aino"),
        (replace(FREE, dead={3: "died"}), "died"),
        (replace(FREE, closed={"h": frozenset({"email"})}), "opted out"),
        (replace(FREE, closed={"h": frozenset({"all"})}), "opted out"),
        (replace(FREE, enrollments={7: EnrollmentState.PAUSED}), "the enrollment is paused"),
        (replace(FREE, enrollments={}), "the enrollment is stopped"),
        (replace(FREE, crowded=frozenset({1})), "another touch came first"),
    ],
)
def test_each_gate_has_its_reason(fresh: Fresh, why: str) -> None:
    assert why_not_now(TOUCH, fresh, NOW) == why


@pytest.mark.parametrize(("minds", "why"), [(True, "paused: broken promise"), (False, "")])
def test_a_promise_that_has_just_been_broken_forbids_where_it_is_minded(minds: bool, why: str) -> None:
    passing = replace(TOUCH, minds_promises=minds)

    assert why_not_now(passing, replace(FREE, let_down=frozenset({3})), NOW) == why
    assert why_not_now(passing, replace(FREE, let_down=frozenset({4})), NOW) == ""


def test_an_opt_out_of_another_channel_or_address_forbids_nothing() -> None:
    closed = {"h": frozenset({"sms"}), "other": frozenset({"all"})}

    assert why_not_now(TOUCH, replace(FREE, closed=closed), NOW) == ""


@pytest.mark.parametrize(("late", "why"), [(timedelta(seconds=-1), ""), (timedelta(0), "the open hours have ended")])
def test_open_hours_end_exactly(late: timedelta, why: str) -> None:
    assert why_not_now(TOUCH, FREE, NOW + timedelta(hours=1) + late) == why


@given(st.sampled_from(EnrollmentState), st.booleans(), st.booleans())
def test_a_notice_passes_every_gate_but_a_stop_of_everything(
    state: EnrollmentState, closed: bool, crowded: bool
) -> None:
    fresh = Fresh(
        stopped="",
        enrollments={7: state},
        dead={},
        closed={"": frozenset({"all"})} if closed else {},
        crowded=frozenset({1}) if crowded else frozenset(),
    )

    assert why_not_now(NOTICE, fresh, NOW) == ""
    assert why_not_now(NOTICE, replace(fresh, stopped="in hold: a copy"), NOW) == "in hold: a copy"
