import pytest

from policies.findings import Severity
from policies.linter import LintContext, lint
from tests.unit.policies.files import SEVEN, codes, loaded, policy_text


def found(text: str) -> list[str]:
    return codes(lint([loaded(text)], LintContext()))


def test_a_policy_by_the_rules_has_no_finding() -> None:
    assert found(policy_text(head="decision_window: 21-30 days")) == []


def test_two_steps_of_one_id_are_an_error_at_the_second() -> None:
    steps = SEVEN + "\n  - {id: step-0, day: 28, channel: email, news: any, ask: Reply.}"
    finding = lint([loaded(policy_text(steps))], LintContext())[0]
    assert (finding.code, finding.severity, finding.line, finding.column) == ("duplicate-step", Severity.ERROR, 11, 10)
    assert "line 4, column 10" in finding.message


def test_a_step_may_not_take_the_id_of_the_repetition() -> None:
    steps = SEVEN.replace("step-24", "then")
    assert found(policy_text(steps, tail="then: {every: 1 week, channel: email, news: any, ask: R.}")) == [
        "duplicate-step"
    ]


def test_a_step_needs_a_time_unless_the_policy_spreads_its_steps() -> None:
    steps = SEVEN.replace("day: 8, ", "")
    assert found(policy_text(steps)) == ["step-without-time"]
    assert found(policy_text(steps, head="spread: even\ndecision_window: 21-30 days")) == []


def test_spreading_needs_a_window() -> None:
    assert found(policy_text(head="spread: even")) == ["spread-without-window"]


def test_days_that_go_back_are_a_warning() -> None:
    assert found(policy_text(SEVEN.replace("day: 20", "day: 3"))) == ["days-out-of-order"]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("", ["fewer-than-seven"]),
        ("enroll_when: [{new_lead: {}}]", ["fewer-than-seven"]),
        ("enroll_when: [{new_lead: {}}, purchase]", ["fewer-than-seven"]),
        ("enroll_when: [purchase]", []),
        ("enroll_when: [{lapsed: {silent_for: 3 days}}]", []),
    ],
)
def test_fewer_than_seven_touches_are_too_few_to_win_a_buyer(head: str, expected: list[str]) -> None:
    six = "\n".join(SEVEN.splitlines()[:6])
    assert found(policy_text(six, head=head)) == expected


def test_every_touch_asks_for_something_and_so_does_the_repetition() -> None:
    assert found(policy_text(SEVEN.replace("day: 8, ", "day: 8, ").replace(", ask: Reply.", "", 1))) == ["no-ask"]
    assert found(policy_text(tail="then: {every: 1 week, channel: email, news: any}")) == ["no-ask"]


def test_a_step_whose_variants_all_ask_needs_no_ask_of_its_own() -> None:
    arms = "variants: {a: {share: 50, ask: A.}, b: {share: 50, ask: B.}}"
    assert found(policy_text(SEVEN.replace("ask: Reply.", arms, 1))) == []
