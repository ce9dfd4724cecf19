import pytest

from policies.linter import LeadFacts, LintContext, lint
from tests.unit.policies.files import SEVEN, codes, loaded, policy_text

EMAIL = SEVEN.replace("[email, letter]", "email")
OLDER = LintContext(leads=LeadFacts(total=3, segments={"firms": 2, "cafe": 1}, over_50={"firms": 1}))


def test_the_third_touch_in_a_row_by_one_channel_is_a_warning() -> None:
    steps = SEVEN.replace("[email, letter]", "email", 3)
    findings = lint([loaded(policy_text(steps))], LintContext())
    assert [(finding.code, finding.line) for finding in findings] == [("channel-three-times", 6)]


def test_a_list_leaves_the_engine_a_choice() -> None:
    assert lint([loaded(policy_text())], LintContext()) == []


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        (policy_text(EMAIL), True),
        (policy_text(EMAIL, head="enroll_when: [{new_lead: {segment: firms}}]"), True),
        (policy_text(EMAIL, head="enroll_when: [{new_lead: {segment: cafe}}]"), False),
        (policy_text(EMAIL, head="channel_rules: [{when: {age: '> 50'}, use: letter}]"), False),
        (policy_text(), False),
    ],
)
def test_a_segment_with_leads_over_50_gets_paper(text: str, warned: bool) -> None:
    assert ("no-paper" in codes(lint([loaded(text)], OLDER))) is warned


def test_a_step_whose_channels_are_not_set_up_is_a_warning() -> None:
    assert codes(lint([loaded(policy_text())], LintContext(channels=frozenset({"sms"})))) == ["channel-not-set-up"] * 7
    assert lint([loaded(policy_text())], LintContext(channels=frozenset({"letter"}))) == []
