import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.explaining import known_keys
from policies.findings import Finding, Severity, has_errors
from policies.loader import load_policies, load_policy, load_policy_text
from policies.schema import Policy
from tests.unit.policies.files import PATH, codes, findings_of, loaded, policy_text

BROKEN = """\
policy: new lead
titel: x
hours:
  emial: {days: mon-fri}
  call: {days: mon-fry, untill: 9}
enroll_when:
  - lapsd: {segment: cafe}
touches:
  - id: a
    day: NO
    channel: [sms, emial]
    news: any
  - day: 010
    channel: email
    limitt: 3
    news: {kind: }
  - id: c
    after: 3 dayz
    channel: email
    news: {kin: d}
  - x
"""


def test_all_errors_of_a_file_come_at_once_each_at_its_place() -> None:
    assert [(finding.line, finding.column, finding.code) for finding in findings_of(BROKEN)] == [
        (1, 9, "bad-value"),
        (2, 1, "unknown-key"),
        (4, 3, "unknown-channel"),
        (5, 16, "bad-value"),
        (5, 25, "unknown-key"),
        (7, 5, "unknown-key"),
        (10, 10, "bad-value"),
        (11, 20, "unknown-channel"),
        (13, 5, "missing-key"),
        (13, 10, "bad-value"),
        (15, 5, "unknown-key"),
        (16, 12, "empty-value"),
        (16, 17, "bad-value"),
        (18, 12, "bad-value"),
        (20, 12, "unknown-key"),
        (21, 5, "bad-value"),
    ]


def test_a_finding_is_printed_as_file_line_column_severity_and_message() -> None:
    finding = findings_of(policy_text(head="titel: x"))[0]
    assert str(finding) == 'test.yaml:2:1: error: unknown key "titel"; did you mean "title"?'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (policy_text("  - {id: a, day: 1, channel: emial, news: any}"), 'did you mean "email"?'),
        (policy_text("  - {id: a, after: 3, channel: email, news: any}"), '"3" has no unit'),
        (policy_text(head="stop_on: purchas"), 'did you mean "purchase"?'),
        (policy_text(head="caps: {per_laed: 1 per day}"), 'in caps; did you mean "per_lead"?'),
        (policy_text("  - {id: a, day: 1, channel: email, news: any, fixed: yes}"), "neither true nor false"),
        (policy_text("  - {id: a, day: 1, channel: [], news: any}"), '"an empty list" stands where'),
        ("policy: a", 'the key "touches" is missing'),
        (policy_text(head="hours: [1]"), 'hours: "a list" stands where a mapping (key: value) is expected'),
        (policy_text(head="hours: {email: {from_: '08:00'}}"), 'unknown key "from_"'),
        (policy_text(head="title:"), "title: no value; write one, or delete the line"),
        ("- a\n- b", '"a list" stands where a mapping'),
        ("", "the file is empty"),
    ],
)
def test_a_message_says_what_was_found_and_what_is_expected(text: str, message: str) -> None:
    assert message in "\n".join(finding.message for finding in findings_of(text))


def test_a_policy_is_none_exactly_when_there_is_a_finding() -> None:
    assert load_policy_text(BROKEN, path=PATH).policy is None
    assert load_policy_text(policy_text(), path=PATH).findings == ()


def test_places_are_known_by_path_and_by_step() -> None:
    policy = loaded(policy_text("  - id: welcome\n    day: 0\n    channel: email\n    news: any"))
    assert policy.places["touches[0].channel"] == (6, 14)
    assert policy.places["step:welcome"] == (4, 9)
    assert policy.place("touches[0].ask", "touches[0]") == (4, 5)


def test_the_digest_changes_with_the_text() -> None:
    assert loaded(policy_text()).digest == loaded(policy_text()).digest
    assert loaded(policy_text()).digest != loaded(policy_text(head="title: x")).digest


def test_two_files_of_one_name_are_an_error_in_both_with_the_other_place(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yml"):
        (tmp_path / name).write_text(policy_text(), encoding="utf-8")
    (tmp_path / ".hidden.yaml").write_text("nonsense", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("nonsense", encoding="utf-8")
    first, second = load_policies(tmp_path)
    assert codes(first.findings) == codes(second.findings) == ["duplicate-policy"]
    assert f"{tmp_path / 'b.yml'}:1:9" in first.findings[0].message


def test_an_empty_folder_is_a_warning_and_a_missing_one_an_error(tmp_path: Path) -> None:
    assert not has_errors(load_policies(tmp_path)[0].findings)
    assert codes(load_policies(tmp_path)[0].findings) == ["no-policies"]
    assert has_errors(load_policies(tmp_path / "gone")[0].findings)


@pytest.mark.parametrize("raw", [b"policy: \xff", b"\0", b"policy: a\n---\npolicy: b", "policy: ä".encode("utf-16")])
def test_a_file_that_cannot_be_read_is_findings(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(raw)
    result = load_policy(path)
    assert result.policy is None
    assert has_errors(result.findings)


def test_a_folder_named_like_a_policy_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "cafe.yaml").mkdir()
    assert codes(load_policies(tmp_path)[0].findings) == ["not-a-file"]


def test_known_keys_are_found_through_lists_and_mappings() -> None:
    assert "from" in known_keys(Policy, ("hours", "email"))
    assert "share" in known_keys(Policy, ("touches", 0, "variants", "a"))
    assert "kind" in known_keys(Policy, ("touches", 3, "news"))
    assert known_keys(Policy, ("nonsense",)) == ()


def test_a_normal_policy_is_loaded_in_50_milliseconds(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(policy_text(), encoding="utf-8")
    load_policy(path)
    took = []
    for _ in range(5):
        started = time.perf_counter()
        load_policy(path)
        took.append(time.perf_counter() - started)
    assert min(took) < 0.05


VALUES = st.recursive(
    st.sampled_from(["any", "email", "3 days", "-1", "0", "true", "''", "NO", "2026-02-30", "9" * 400, "x: y", "50 %"])
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=8).map(repr),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(st.sampled_from(["id", "kind", "share", "x", "from"]), inner, max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}"
        )
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(Policy.model_fields)), VALUES)
def test_any_value_of_any_key_is_taken_or_found(key: str, value: str) -> None:
    result = load_policy_text(
        f"policy: a\ntouches: [{{id: a, day: 1, channel: email, news: any}}]\n{key}: {value}\n", path=PATH
    )
    assert (result.policy is None) == bool(result.findings)
    assert all(finding.severity is Severity.ERROR and finding.line >= 1 for finding in result.findings)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["day", "after", "channel", "news", "ask", "at", "late", "fixed", "variants", "promises", "id"]),
    VALUES,
)
def test_any_value_of_any_key_of_a_step_is_taken_or_found(key: str, value: str) -> None:
    result = load_policy_text(
        f"policy: a\ntouches:\n  - channel: email\n    news: any\n    {key}: {value}\n", path=PATH
    )
    assert (result.policy is None) == bool(result.findings)


def test_findings_are_sorted_by_place() -> None:
    later = Finding("a", 2, 1, Severity.ERROR, "x", "m")
    sooner = Finding("a", 1, 9, Severity.WARNING, "y", "m")
    assert sorted([later, sooner]) == [sooner, later]
