"""Who may enter a policy, and why not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import HOUSE, MAIL, MONDAY, make_enrollment, make_lead, make_policy
from touches.model.states import EnrollmentState
from touches.planning.entry import admission, takes
from touches.planning.facts import facts_of

POLICY = make_policy(
    "policy: follow\nenroll_when:\n  - new_lead: {segment: cafe}\nre_enroll: after 90 days\n"
    "touches:\n  - {id: a, day: 0, channel: email, news: any}\n"
)


def code(lead: object = None, *, enrollments: object = (), **changes: object) -> str:
    person = make_lead() if lead is None else lead
    return admission(person, POLICY, enrollments, HOUSE, now=MONDAY, **changes).code  # type: ignore[arg-type]


def test_a_lead_with_an_address_is_taken() -> None:
    assert code() == "enrolled"


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        (make_lead(dead="died"), "dead"),
        (make_lead(replace(MAIL, opted_out=frozenset({"all"}))), "suppressed"),
        (make_lead(replace(MAIL, broken="550")), "no_channel"),
        (make_lead(bought_at=MONDAY), "customer"),
    ],
)
def test_the_reason_against_has_a_stable_code(lead: object, expected: str) -> None:
    assert code(lead) == expected


def test_where_the_law_forbids_every_way_the_reason_names_it() -> None:
    strict = replace(HOUSE, enforce=frozenset({"DE"}))

    answer = admission(make_lead(country="DE"), POLICY, (), strict, now=MONDAY)

    assert answer.code == "no_channel"
    assert "not by email: the law of DE" in answer.because
    assert "(de-email)" in answer.because


def test_excluded_by_hand() -> None:
    assert code(excluded={1}) == "excluded"


def test_whoever_is_in_it_is_not_taken_twice() -> None:
    assert code(enrollments=[make_enrollment()]) == "already_in"


def test_re_entry_waits_for_its_time() -> None:
    ended = make_enrollment(state=EnrollmentState.FINISHED, ended_at=MONDAY - timedelta(days=89))

    assert code(enrollments=[ended]) == "before"
    assert code(enrollments=[replace(ended, ended_at=MONDAY - timedelta(days=91))]) == "enrolled"


def test_a_policy_that_never_takes_anybody_back() -> None:
    ended = make_enrollment(state=EnrollmentState.STOPPED, ended_at=MONDAY - timedelta(days=900))
    never = make_policy("policy: follow\ntouches:\n  - {id: a, day: 0, channel: email, news: any}\n")

    assert admission(make_lead(), never, [ended], HOUSE, now=MONDAY).code == "before"


def test_a_trigger_takes_those_it_concerns() -> None:
    assert takes(POLICY, "new_lead", facts_of(make_lead(), MONDAY))
    assert not takes(POLICY, "new_lead", facts_of(make_lead(segment="furniture"), MONDAY))
    assert not takes(POLICY, "purchase", facts_of(make_lead(), MONDAY))
