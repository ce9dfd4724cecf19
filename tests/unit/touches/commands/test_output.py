"""What a command returns, as text and as JSON."""

import io
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from touches.commands.output import Document, Lines, Result, Table, Text, print_result
from touches.commands.plain import encoded, shown


class Colour(Enum):
    """For the tests."""

    RED = "red"


def printed(result: object, *, as_json: bool = False) -> str:
    out = io.StringIO()
    print_result(result, as_json=as_json, out=out)
    return out.getvalue()


ROWS = [{"lead": "ann", "due": None, "extra": 1}, {"lead": "bob", "due": "now", "extra": 2}]


@pytest.mark.parametrize(
    ("result", "text", "lines"),
    [
        (Document({"a": 1, "b": True}), "a: 1\nb: yes\n", [{"a": 1, "b": True}]),
        (Document({"a": 1}, "One a."), "One a.\n", [{"a": 1}]),
        (Text("Done."), "Done.\n", [{"text": "Done."}]),
        (Text("Done.", {"touches": 3}), "Done.\n", [{"touches": 3}]),
        (Lines(ROWS, lambda row: f"- {row['lead']}"), "- ann\n- bob\n", ROWS),
        (Table(("lead", "due"), ROWS), "lead\tdue\nann\t\nbob\tnow\n", ROWS),
        (Table(("lead",), [], empty="Nobody."), "lead\n", []),
        ({"a": 1}, "a: 1\n", [{"a": 1}]),
        ("Done.", "Done.\n", [{"text": "Done."}]),
        (None, "", []),
    ],
)
def test_a_result_is_text_for_people_and_json_for_programs(
    result: object, text: str, lines: list[Mapping[str, Any]]
) -> None:
    assert printed(result) == text
    assert [json.loads(line) for line in printed(result, as_json=True).splitlines()] == lines


def test_what_is_no_result_is_a_defect() -> None:
    with pytest.raises(TypeError, match="a command returned int"):
        printed(3)


def test_rows_are_printed_as_they_come() -> None:
    out = io.StringIO()

    def rows() -> Iterator[Mapping[str, Any]]:
        yield {"n": 1}
        assert out.getvalue() == '{"n": 1}\n'
        yield {"n": 2}

    print_result(Lines(rows(), str), as_json=True, out=out)
    assert out.getvalue() == '{"n": 1}\n{"n": 2}\n'


def test_a_stream_may_find_its_exit_code_on_the_way() -> None:
    found: list[int] = []
    result: Result = Lines(({"n": found.append(n) or n} for n in range(2)), str, exit_code=lambda: len(found))
    assert print_result(result, as_json=True, out=io.StringIO()) == 2
    assert print_result(Text("x", exit_code=1), as_json=False, out=io.StringIO()) == 1


def test_json_is_readable_where_the_stream_is_not_utf_8() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="latin-1")
    print_result({"name": "喫茶店"}, as_json=True, out=out)
    assert json.loads(raw.getvalue()) == {"name": "喫茶店"}


def test_instants_are_utc_in_json_and_a_naive_one_is_a_defect() -> None:
    helsinki = timezone(timedelta(hours=2))
    assert encoded(datetime(2027, 3, 1, 10, 0, tzinfo=helsinki)) == "2027-03-01T08:00:00+00:00"
    with pytest.raises(ValueError, match="no time zone"):
        encoded(datetime(2027, 3, 1))
    with pytest.raises(ValueError, match="no time zone"):
        shown(datetime(2027, 3, 1))


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (date(2027, 3, 1), "2027-03-01"),
        (timedelta(minutes=2), 120.0),
        (Colour.RED, "red"),
        (frozenset({"b", "a"}), ["a", "b"]),
        (Decimal("4.20"), "4.20"),
        (Path("/var"), "/var"),
    ],
)
def test_values_have_a_json_form(value: object, form: object) -> None:
    assert encoded(value) == form


def test_what_has_no_json_form_is_a_defect() -> None:
    with pytest.raises(TypeError, match="no JSON form"):
        encoded(object())


def test_a_cell_never_steers_the_terminal() -> None:
    assert shown("Bob\x1b[2J\x07\n\tx") == "Bob�[2J�  x"
    assert shown(["a", None, Colour.RED]) == "a, , red"


def test_a_time_in_text_is_to_the_minute_with_its_offset() -> None:
    text = shown(datetime(2027, 3, 1, 8, 0, 30, tzinfo=UTC))
    assert datetime.fromisoformat(text) == datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
