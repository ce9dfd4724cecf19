import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.composing import read_yaml
from policies.reading import Document


def read(text: str) -> Document:
    return read_yaml(text, file="f.yaml")


def test_scalars_are_taken_literally() -> None:
    text = "a: NO\nb: on\nc: 12:30\nd: 010\ne: 1_000\nf: 2026-02-30\ng: yes\nh: 0x1F\ni: .inf\nj: Yes"
    assert read(text).data == {
        "a": "NO", "b": "on", "c": "12:30", "d": "010", "e": "1_000", "f": "2026-02-30", "g": "yes", "h": "0x1F",
        "i": ".inf", "j": "Yes",
    }  # fmt: skip


def test_only_plain_true_false_and_nothing_are_more_than_text() -> None:
    assert read("a: true\nb: 'true'\nc:\nd: ~\ne: 'null'\nf: false\ng: ''").data == {
        "a": True, "b": "true", "c": None, "d": None, "e": "null", "f": False, "g": "",
    }  # fmt: skip


def test_every_key_and_value_has_its_line_and_column() -> None:
    document = read("a: 1\nb:\n  - x\n  - {c: 3}\n")
    assert document.keys[("a",)] == (1, 1)
    assert document.values[("b", 1, "c")] == (4, 9)
    assert document.place(("b", 1, "missing", "deeper")) == (4, 5)


def test_places_count_from_the_line_the_text_begins_on() -> None:
    assert read_yaml("a: 1", file="f", first_line=7).values[("a",)] == (7, 4)


HOSTILE = {
    "brackets": ("[" * 20_000, "too-deep"),
    "balanced brackets": ("[" * 20_000 + "]" * 20_000, "too-deep"),
    "braces": ("{" * 20_000, "too-deep"),
    "dashes": ("- " * 20_000, "too-deep"),
    "question marks": ("? " * 20_000, "too-deep"),
    "opened lists": ("[a," * 20_000, "too-deep"),
    "many keys": ("\n".join(f"k{number}: 1" for number in range(20_000)), "too-many-values"),
    "a key twice": ("a: 1\na: 2", "duplicate-key"),
    "a key twice in flow style": ("{a: 1, a: {b: [2]}}", "duplicate-key"),
    "an alias bomb": ("a: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]", "alias"),
    "an alias to itself": ("&a [*a]", "alias"),
    "an anchor in a key": ("&x a: 1", "alias"),
    "an alias as key": ("*x : 1", "alias"),
    "a merge key": ("a: {x: 1}\n<<: {y: 1}", "merge-key"),
    "a python tag": ("a: !!python/object/apply:os.system [id]", "tag"),
    "a binary tag": ("a: !!binary aGk=", "tag"),
    "a local tag": ("a: !thing x", "tag"),
    "a tab": ("a:\n\tb: 1", "tab"),
    "a tab at the start": ("\ta: 1", "tab"),
    "two documents": ("a: 1\n---\nb: 1", "several-documents"),
    "a directive": ("%YAML 1.1\n---\na: NO", "bad-yaml"),
    "an open quote": ("a: 'b\nc: d", "bad-yaml"),
    "two colons": ("a: b: c", "bad-yaml"),
    "an open bracket": ("a: [1, 2", "bad-yaml"),
    "a wrong indentation": ("a:\n   b: 1\n  c: 2", "bad-yaml"),
    "an impossible character": ('a: "\\U00110000"', "bad-yaml"),
    "a lone surrogate": ('a: "\\uD800"', "control-character"),
    "an escaped NUL": ('a: "\\0"', "control-character"),
    "a list as key": ("? [a]\n: b", "bad-key"),
    "an empty key": (": b", "bad-key"),
    "a reserved character": ("a: @b", "bad-yaml"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_yaml_is_a_finding_with_a_place(name: str) -> None:
    text, code = HOSTILE[name]
    started = time.perf_counter()
    findings = read(text).findings
    assert code in [finding.code for finding in findings]
    assert all(finding.line >= 1 and finding.column >= 1 for finding in findings)
    assert time.perf_counter() - started < 5


def test_reading_goes_on_after_a_duplicate_key_and_keeps_the_first() -> None:
    document = read("a: 1\na: [2, {b: 3}]\nc: 4")
    assert document.data == {"a": "1", "c": "4"}
    assert [(finding.line, finding.column) for finding in document.findings] == [(2, 1)]


def test_sixty_four_levels_are_fine_and_one_more_is_not() -> None:
    assert not read("[" * 64 + "]" * 64).findings
    assert read("[" * 66 + "]" * 66).findings


YAML_LETTERS = st.sampled_from(list("abcNO01-:?,[]{}#&*!|>'\"%@` \n\t~<=.é\u2028\x85\\"))


@settings(max_examples=400, deadline=None)
@given(st.text(YAML_LETTERS, max_size=80) | st.text(max_size=60))
def test_any_text_gives_data_or_findings_and_never_a_traceback(text: str) -> None:
    document = read(text)
    lines = text.count("\n") + text.count("\r") + text.count("\x85") + text.count("\u2028") + text.count("\u2029")
    assert all(1 <= finding.line <= lines + 2 and finding.column >= 1 for finding in document.findings)


PLAIN = st.text(st.sampled_from("abcdefgNOyes019_"), min_size=1, max_size=8)


@given(st.dictionaries(PLAIN, PLAIN, min_size=1, max_size=8))
def test_plain_mappings_are_read_as_they_are_written(mapping: dict[str, str]) -> None:
    text = "\n".join(f"'{key}': '{value}'" for key, value in mapping.items())
    assert read(text).data == mapping
