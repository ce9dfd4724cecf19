"""Cells that a spreadsheet would run: guarded in an export, and themselves again in an import."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touches.people.formulas import all_unguarded, guarded, unguarded

FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(1)", " =1+1", "＝1+1", "=cmd|'/C calc'!A0", "+358401234567"]


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_is_a_text_to_a_spreadsheet_and_itself_again_to_us(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"
    assert unguarded([guarded(cell)]) == [cell]


@pytest.mark.parametrize("cell", ["", "O'Brien", "'t Hooft", "'", "''", "Ann"])
def test_an_apostrophe_of_a_name_stays(cell: str) -> None:
    assert guarded(cell) == cell
    assert unguarded([cell]) == [cell]


@given(st.text(alphabet=" =+-@'ab"))
def test_what_is_written_comes_back(cell: str) -> None:
    line = guarded(cell)
    known_loss = cell[:1] == "'" and cell[1:].lstrip(" ").startswith(("=", "+", "-", "@"))  # somebody guarded it before
    assert all_unguarded([[line]], [line]) == [[cell[1:] if known_loss else cell]]
