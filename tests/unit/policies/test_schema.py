import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.amounts import DayRange, Percent
from policies.durations import Duration, Unit
from policies.schema import SAME_WORKING_DAY, Channel, Policy, Step
from policies.times import ClockTime
from tests.unit.policies.files import findings_of, loaded, policy_text

FULL = """
policy: new-lead
title: Seven touches to a decision
enroll_when:
  - new_lead: {segment: b2b-software}
  - purchase
  - lapsed: {segment: cafe, usual: 5 per week, silent_for: 3 days, warn_at: 80 %}
  - lapsed: {own_rhythm: 3x, at_least: 14 days, at_most: 6 months, where: {age: "> 18"}}
  - fading: {below: 50 %}
  - complaint_solved:
decision_window: 21-30 days
complexity: 2
hours:
  email: {days: mon-sat}
  call: {days: [mon, tue], from: "09:00", until: "18:00"}
  fax: any
holidays: ignore
channel_rules:
  - when: {age: "> 50", company_size: ">= 250", country: [FI, SE]}
    use: letter
    because: paper is felt
touches:
  - {id: welcome, day: 0, channel: email, news: welcome-pack, ask: Reply., at: "10:00"}
  - {id: call, after: 2 working days, channel: call, news: {kind: [case-study, schedule], pinned: x}, fixed: true}
  - id: seventh
    day: 26
    channel: [preferred, email, sms, letter]
    news: [a, b]
    send_within: 2 days
    late: drop
    variants: {long: 40, short: {share: 40, news: any, subject: Hi, ask: Go.}, holdout: 20}
    promises: [{text: A price, by: 2 days}]
then: {every: 1 week, channel: email, news: {kind: education}}
stop_on: [purchase, visit, opt_out]
pause_on: complaint
on_reply: {answer_by: 4 hours, stalled_after: 1 week}
caps: {per_lead: 2 per week, per_company: 1 per day, per_channel: {sms: 1 per week}, per_owner: unlimited}
re_enroll: after 90 days
priority: 70
expect: {never: {channel: call, from: "18:00", days: [sat, sun]}, at_most: 3 per week, always_new: true}
"""


def full() -> Policy:
    policy = loaded(FULL).policy
    assert policy is not None
    return policy


def test_a_policy_goes_to_json_and_back_unchanged() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for policy in (full(), loaded(policy_text()).policy):
            assert policy is not None
            assert Policy.model_validate_json(policy.model_dump_json()) == policy
            assert Policy.model_validate_json(policy.model_dump_json(by_alias=True)) == policy
            assert Policy.model_validate(policy.model_dump()) == policy


@given(
    st.lists(
        st.builds(
            "{{id: s{}, {}, channel: {}, news: {}}}".format,
            st.integers(0, 99),
            st.sampled_from(["day: 3", "after: 2 working days", "after: 12 hours", "day: 9, at: '10:00'"]),
            st.sampled_from(["email", "[sms, preferred]", "letter"]),
            st.sampled_from(["any", "a", "[a, b]", "{kind: price}", "{kind: [price, event], pinned: c}"]),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_every_mixture_of_steps_survives_json(steps: list[str]) -> None:
    policy = loaded(policy_text("\n".join(f"  - {step}" for step in steps))).policy
    assert policy is not None
    assert Policy.model_validate_json(policy.model_dump_json()) == policy


def test_what_is_left_out_has_the_defaults_of_the_reference() -> None:
    policy = loaded(policy_text()).policy
    assert policy is not None
    assert policy.decision_window is None
    assert policy.window is None
    assert policy.complexity == 1
    assert policy.enroll_when == ()
    assert policy.stop_on == ("purchase", "opt_out")
    assert policy.pause_on == ("complaint", "broken_promise")
    assert policy.on_reply.answer_by == Duration(1, Unit.WORKING_DAYS)
    assert policy.on_reply.stalled_after == Duration(5, Unit.DAYS)
    assert policy.priority == 50
    assert str(policy.re_enroll) == "never"
    assert policy.caps.per_lead is None


def test_hours_replace_only_the_channels_and_keys_they_name() -> None:
    hours = full().hours
    assert (hours[Channel.EMAIL].days, str(hours[Channel.EMAIL].until)) == ((0, 1, 2, 3, 4, 5), "20:00")
    assert str(hours[Channel.SMS].from_) == "09:00"
    assert hours[Channel.CALL].days == (0, 1)
    assert hours[Channel.FAX].until == ClockTime(1_440)
    assert set(hours) == set(Channel)


def test_the_window_of_a_complex_product_is_longer() -> None:
    assert full().window == DayRange(42, 60)


@pytest.mark.parametrize(
    ("rule", "purchases"),
    [
        ("{silent_for: 18 months}", 1),
        ("{silent_for: 3 days, usual: 5 per week}", 2),
        ("{own_rhythm: 3x}", 2),
        ("{silent_for: 3 days, purchases_at_least: 4}", 4),
    ],
)
def test_a_lapse_needs_two_purchases_and_one_where_only_silence_is_given(rule: str, purchases: int) -> None:
    policy = loaded(policy_text(head=f"enroll_when: [{{lapsed: {rule}}}]")).policy
    assert policy is not None
    lapsed = policy.enroll_when[0].lapsed
    assert lapsed is not None
    assert lapsed.purchases_at_least == purchases


def test_a_warning_before_a_lapse_is_a_time_or_a_share() -> None:
    lapsed = full().enroll_when[2].lapsed
    assert lapsed is not None
    assert lapsed.warn_at == Percent(80)


def test_a_trigger_says_its_kind_and_whom_it_concerns() -> None:
    triggers = full().enroll_when
    assert [trigger.kind for trigger in triggers] == [
        "new_lead", "purchase", "lapsed", "lapsed", "fading", "complaint_solved",
    ]  # fmt: skip
    assert triggers[0].rule.concerns({"segment": "B2B-Software"})
    assert not triggers[0].rule.concerns({"segment": "cafe"})
    assert triggers[1].rule.concerns({})
    assert not triggers[3].rule.concerns({"age": 18})


def test_how_late_a_touch_may_leave_depends_on_the_channel() -> None:
    welcome, _, seventh = full().touches
    assert welcome.send_within_on(Channel.EMAIL) == Duration(24, Unit.HOURS)
    assert welcome.send_within_on(Channel.SMS) == Duration(4, Unit.HOURS)
    assert welcome.send_within_on(Channel.CALL) == SAME_WORKING_DAY
    assert welcome.send_within_on(Channel.LETTER) is None
    assert seventh.send_within_on(Channel.LETTER) == Duration(2, Unit.DAYS)


def test_the_repetition_is_found_by_its_id_as_well() -> None:
    policy = full()
    assert isinstance(policy.step_by_id("seventh"), Step)
    assert policy.step_by_id("then") is policy.then
    assert policy.step_by_id("gone") is None


def test_a_news_choice_knows_what_it_allows() -> None:
    welcome, call, seventh = full().touches
    assert welcome.news.allows(item="welcome-pack", kind="product")
    assert not welcome.news.allows(item="other", kind="product")
    assert call.news.allows(item="other", kind="schedule")
    assert call.news.allows(item="x", kind="price")
    assert seventh.variants["short"].news is not None
    assert seventh.variants["short"].news.is_any


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (policy_text("  - {id: a, day: 1, after: 2 days, channel: email, news: any}"), "both day and after"),
        (policy_text("  - {id: a, day: 1, channel: email, news: any, variants: {a: 50, b: 40}}"), "share 90 %"),
        (policy_text("  []"), "at least one touch"),
        (policy_text("  - {id: a, day: 4000, channel: email, news: any}"), "between 0 and 3653"),
        (policy_text("  - {id: a, day: -1, channel: email, news: any}"), "between 0 and 3653"),
        (policy_text("  - {id: ../../x, day: 1, channel: email, news: any}"), "is no id"),
        (policy_text(tail="then: {every: 0 days, channel: email, news: any}"), "repeat without end"),
        (policy_text(head="priority: 101"), "between 0 and 100"),
        (policy_text(head="complexity: 0"), "between 1 and 10"),
        (policy_text(head="enroll_when: [{lapsed: {segment: cafe}}]"), "needs silent_for or own_rhythm"),
        (policy_text(head="enroll_when: [{lapsed: {own_rhythm: 3x, silent_for: 2 days}}]"), "and not both"),
        (policy_text(head="enroll_when: [{lapsed: {silent_for: 2 days, at_most: 3 days}}]"), "go with own_rhythm"),
        (policy_text(head="enroll_when: [{new_lead: {}, purchase: {}}]"), "stands in one trigger"),
        (policy_text(head="expect: [{never: {}}]"), "names nothing"),
        (policy_text(head="re_enroll: sometimes"), "never, always"),
    ],
)
def test_what_makes_no_sense_together_is_refused(text: str, part: str) -> None:
    assert any(part in finding.message for finding in findings_of(text)), findings_of(text)
