"""What is printed on a terminal: tables that fit, prose that is broken between words."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touches.commands.output import Document, Lines, Result, Table, print_result
from touches.commands.wrapping import broken, fitted, size

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
COLUMNS = ("touch", "lead", "news", "due_at", "reason")
ROW = {
    "touch": 17,
    "lead": "ann",
    "news": "case-harbour",
    "due_at": "2026-11-24",
    "reason": "paused: a conversation is open with somebody of the company",
}


class Screen(io.StringIO):
    """A terminal of a test's own."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def width(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setenv("COLUMNS", str(request.param))
    return int(request.param)


def shown_on_screen(result: Result) -> list[str]:
    screen = Screen()
    print_result(result, as_json=False, out=screen)
    return COLOURS.sub("", screen.getvalue()).splitlines()


@pytest.mark.parametrize("width", [120], indirect=True)
def test_a_table_that_fits_has_a_line_for_each_row(width: int) -> None:
    assert shown_on_screen(Table(COLUMNS, [ROW])) == [
        "touch  lead  news          due at      reason",
        "─" * 98,
        "17     ann   case-harbour  2026-11-24  paused: a conversation is open with somebody of the company",
    ]


@pytest.mark.parametrize("width", [60], indirect=True)
def test_text_in_a_narrow_table_goes_on_below_itself(width: int) -> None:
    assert shown_on_screen(Table(COLUMNS, [ROW])) == [
        "touch  lead  news          due at      reason",
        "─" * 60,
        "17     ann   case-harbour  2026-11-24  paused: a",
        "                                       conversation is open",
        "                                       with somebody of the",
        "                                       company",
    ]


@pytest.mark.parametrize("width", [40], indirect=True)
def test_columns_that_do_not_fit_stand_below_the_others(width: int) -> None:
    assert shown_on_screen(Table(COLUMNS, [ROW, {"touch": 18, "lead": "bob"}])) == [
        "touch  lead  news          due at",
        "    reason",
        "─" * 40,
        "17     ann   case-harbour  2026-11-24",
        "    paused: a conversation is open with",
        "    somebody of the company",
        "18     bob",
    ]


@pytest.mark.parametrize("width", [30], indirect=True)
def test_no_row_of_a_table_is_wider_than_the_terminal(width: int) -> None:
    rows = [{**ROW, "lead": "a.very.long.address.without.any.blank@customer.example", "reason": "读者的回答 " * 9}]
    assert max(map(size, shown_on_screen(Table(COLUMNS, rows)))) <= width


@pytest.mark.parametrize("width", [30], indirect=True)
def test_an_empty_table_says_so_on_a_terminal(width: int) -> None:
    assert shown_on_screen(Table(COLUMNS, [], empty="Nobody.")) == ["Nobody."]


@pytest.mark.parametrize("width", [30], indirect=True)
def test_only_prose_is_broken(width: int) -> None:
    line = "    Call, listen, do not argue with anybody."
    assert shown_on_screen(Lines([{}], lambda row: line, prose=True)) == [
        "    Call, listen, do not argue",
        "    with anybody.",
    ]
    assert shown_on_screen(Document({}, line)) == [line]


def test_a_line_goes_on_under_its_text() -> None:
    assert fitted("  law      warns of this and that\n[12] answer: Ann, Kahvila", 24) == (
        "  law      warns of this\n           and that\n[12] answer: Ann,\n    Kahvila"
    )


@given(st.text(alphabet="ab 读\n", max_size=200), st.integers(min_value=12, max_value=40))
def test_what_is_fitted_keeps_every_word_and_fits(text: str, width: int) -> None:
    lines = fitted(text, width).split("\n")
    assert all(size(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")


@given(st.text(alphabet="ab 读", max_size=80), st.integers(min_value=2, max_value=20))
def test_broken_text_keeps_every_word(text: str, width: int) -> None:
    lines = broken(text, width)
    assert all(size(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
