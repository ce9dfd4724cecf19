from datetime import date

import pytest

from policies.linter import LintContext, lint
from tests.unit.policies.files import SEVEN, codes, loaded, policy_text

CALL = SEVEN.replace("channel: [email, letter]", "channel: call", 1)


def found(text: str, context: LintContext | None = None) -> list[str]:
    return codes(lint([loaded(text)], context or LintContext()))


@pytest.mark.parametrize(
    "hours",
    ['{from: "09:00", until: "09:00"}', '{from: "24:00", until: "08:00"}'],
)
def test_hours_without_an_open_minute_are_an_error(hours: str) -> None:
    assert found(policy_text(head=f"hours: {{email: {hours}}}")) == ["window-never-opens"]


def test_hours_past_midnight_open() -> None:
    assert found(policy_text(head='hours: {email: {from: "20:00", until: "08:00"}}')) == []


@pytest.mark.parametrize(("at", "errors"), [("10:00", 0), ("08:00", 0), ("20:00", 1), ("24:00", 1), ("07:59", 1)])
def test_a_time_outside_the_hours_of_its_channel_is_an_error(at: str, errors: int) -> None:
    steps = SEVEN.replace("channel: [email, letter]", f'channel: email, at: "{at}"', 1)
    assert found(policy_text(steps)) == ["window-never-opens"] * errors


def test_a_time_that_one_of_the_channels_allows_is_fine() -> None:
    assert found(policy_text(SEVEN.replace("news: any", 'news: any, at: "23:00"', 1))) == []


def test_a_touch_after_the_window_is_a_warning() -> None:
    assert found(policy_text(head="decision_window: 14-20 days")) == ["outside-window"]
    assert found(policy_text(head="decision_window: 14-20 days\ncomplexity: 2")) == []


def test_times_after_the_touch_before_are_added_up() -> None:
    steps = SEVEN.replace("day: 24", "after: 2 weeks")
    assert found(policy_text(steps, head="decision_window: 21-30 days")) == ["outside-window"]


@pytest.mark.parametrize(
    ("hours", "warnings"),
    [
        ('{from: "09:00", until: "18:00"}', 0),
        ('{until: "18:01"}', 1),
        ('{from: "08:59"}', 1),
        ("{days: mon-sat}", 1),
        ('{days: any, until: "20:00"}', 2),
    ],
)
def test_calls_keep_to_the_agreed_hours(hours: str, warnings: int) -> None:
    assert found(policy_text(CALL, head=f"hours: {{call: {hours}}}")) == ["call-hours"] * warnings


def test_hours_of_calls_that_nobody_makes_do_not_matter() -> None:
    assert found(policy_text(head='hours: {call: {until: "20:00"}}')) == []


def test_a_calendar_that_ends_soon_is_a_warning() -> None:
    context = LintContext(today=date(2026, 11, 22), calendar_ends={"FI": date(2026, 12, 31), "SE": date(2027, 12, 31)})
    findings = lint([loaded(policy_text())], context)
    assert codes(findings) == ["calendar-ends"]
    assert "FI" in findings[0].message
