import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.errors import Refused
from policies.schema.conditions import Condition, Operator, all_match, parse_condition


@pytest.mark.parametrize(
    ("written", "fact", "met"),
    [
        ("> 50", 51, True),
        ("> 50", 50, False),
        ("> 50", "63", True),
        (">= 250", 250, True),
        ("< 10", 9.5, True),
        ("<= 9", 10, False),
        ("FI", "fi", True),
        ("= FI", "FI", True),
        ("!= FI", "SE", True),
        ("!= FI", "FI", False),
        (["FI", "SE"], "se", True),
        (["FI", "SE"], "DE", False),
        ("50", 50, True),
        ("50", "50.0", True),
        ("cafe", ["bakery", "cafe"], True),
        ("> 50", "unknown", False),
        ("> 50", True, False),
    ],
)
def test_a_comparison_holds_or_not(written: object, fact: object, met: bool) -> None:
    assert parse_condition("field", written).matches({"field": fact}) is met


@pytest.mark.parametrize("written", ["> 50", "!= FI", "FI", ["FI"]])
def test_a_lead_of_whom_the_field_is_not_known_never_meets_it(written: object) -> None:
    assert not parse_condition("field", written).matches({})
    assert not parse_condition("field", written).matches({"field": ""})
    assert not parse_condition("field", written).matches({"field": None})


def test_all_comparisons_must_hold_and_none_are_met_by_everybody() -> None:
    both = (parse_condition("age", "> 50"), parse_condition("country", "FI"))
    assert all_match(both, {"age": 60, "country": "FI"})
    assert not all_match(both, {"age": 60, "country": "SE"})
    assert all_match((), {})


@pytest.mark.parametrize("written", ["> fifty", ">= ", None, "", [], {"a": 1}, [""]])
def test_what_is_no_comparison_is_refused(written: object) -> None:
    with pytest.raises(Refused):
        parse_condition("age", written)


@given(st.sampled_from(Operator), st.integers(-999, 999))
def test_a_printed_comparison_is_read_back(operator: Operator, number: int) -> None:
    condition = Condition("age", operator, (str(number),))
    assert parse_condition("age", condition.text) == condition
