import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.rendering import guard
from policies.variables import FILTERS, TESTS, Variable, template_use


def asked(source: str) -> list[Variable]:
    use = template_use(source)
    assert use.faults == ()
    return list(use.variables)


def test_a_text_says_which_variables_it_asks_for_and_where() -> None:
    assert asked("Hi {{ lead.first_name }},\n\n{{ owner['name'] }}") == [
        Variable(1, "lead.first_name"), Variable(3, "owner.name"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "source",
    [
        "{{ lead.x | default('a') }}",
        "{{ lead.x | d('a') | upper }}",
        "{{ lead.x or 'a' }}",
        "{% if lead.x %}{{ lead.x }}{% endif %}",
        "{{ lead.x if lead.x else 'a' }}",
        "{% if lead.x is defined %}{{ lead.x | upper }}{% endif %}",
    ],
)
def test_a_use_with_a_way_out_is_guarded(source: str) -> None:
    assert all(variable == Variable(1, "lead.x", guarded=True) for variable in asked(source))


@pytest.mark.parametrize("source", ["{{ lead.x }}", "{{ lead.x | upper }}", "{% if lead.y %}{{ lead.x }}{% endif %}"])
def test_a_use_without_a_way_out_is_not_guarded(source: str) -> None:
    assert Variable(1, "lead.x", guarded=False) in asked(source)


def test_names_of_a_loop_are_not_asked_for() -> None:
    source = "{% for one in lead.list %}{{ one }}{{ loop.index }}{% endfor %}"
    assert [variable.name for variable in asked(source)] == ["lead.list"]


@pytest.mark.parametrize(
    ("source", "line", "code"),
    [
        ("a\n{{ lead.x", 2, "template-error"),
        ("{{ }", 1, "template-error"),
        ("a\n\n{% for %}", 3, "template-error"),
        ("{{ lead.x | uper }}", 1, "template-error"),
        ("{{ lead.x is strange }}", 1, "template-error"),
        ("{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}", 1, "template-error"),
        ("{{ " + "9" * 6_000 + " }}", 1, "template-error"),
        ("{{ lead.x" + " | upper" * 5_000 + " }}", 1, "template-not-allowed"),
        ("{{ 'x' * 10**10 }}", 1, "template-not-allowed"),
        ("{{ 9 ** (9 ** 9) }}", 1, "template-not-allowed"),
        ("{% include '/etc/passwd' %}", 1, "template-not-allowed"),
        ("{% import 'os' as o %}", 1, "template-not-allowed"),
        ("{% extends 'a' %}", 1, "template-not-allowed"),
        ("{% macro m() %}{{ m() }}{% endmacro %}", 1, "template-not-allowed"),
        ("{% set a = 1 %}", 1, "template-not-allowed"),
        ("{{ range(10) }}", 1, "template-not-allowed"),
        ("{{ ''.__class__ }}", 1, "template-not-allowed"),
        ("{{ lead.x | attr('__class__') }}", 1, "template-error"),
    ],
)
def test_what_cannot_be_rendered_is_a_fault_with_its_line(source: str, line: int, code: str) -> None:
    fault = template_use(source).faults[0]
    assert (fault.line, fault.code) == (line, code)


def test_the_filters_and_tests_are_those_of_the_renderer() -> None:
    assert frozenset(guard.FILTERS) == FILTERS
    assert frozenset(guard.TESTS) == TESTS


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(["{{", "}}", "{%", "%}", "{#", "#}", "lead.x", "|", "(", ")", "if", "endif", "'", "\n", "a"])
    )
)
def test_any_text_has_variables_or_faults_and_never_a_traceback(parts: list[str]) -> None:
    use = template_use(" ".join(parts))
    assert not (use.variables and use.faults)
