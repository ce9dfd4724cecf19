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


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (";=1+1", "';'=1+1"),
        (",=1+1", "','=1+1"),
        ("a; =cmd|'/C calc'!A0;b", "'a; '=cmd|'/C calc'!A0;b"),
        ("x|@SUM(1)", "'x|'@SUM(1)"),
        ("Ann\n=1+1", "'Ann\n'=1+1"),
        ("red, －1", "'red, '－1"),
        ("Katu 1, B-2", "Katu 1, B-2"),
        ("a;b = c", "a;b = c"),
    ],
)
def test_a_formula_behind_the_mark_by_which_another_spreadsheet_parts_cells_is_none(cell: str, shown: str) -> None:
    """As in countries that write 1,5: there a comma parts nothing, and a semicolon does."""
    assert guarded(cell) == shown
    assert unguarded([shown]) == [cell]


def test_an_apostrophe_that_guards_nothing_behind_a_semicolon_stays() -> None:
    assert unguarded(["'; DROP TABLE lead;--"]) == ["'; DROP TABLE lead;--"]


@given(cell=st.text(alphabet=" =+-@'ab;,\n"), mark=st.sampled_from([",", ";", "|", "\t"]))
def test_no_cell_begins_with_a_formula_however_cells_are_parted(cell: str, mark: str) -> None:
    for part in guarded(cell).replace("\n", mark).split(mark):
        assert not part.lstrip(" ").startswith(("=", "+", "-", "@"))


@given(st.text(alphabet=" =+-@ab;,|\t\n"))
def test_what_is_written_comes_back(cell: str) -> None:
    line = guarded(cell)
    assert all_unguarded([[line]], [line]) == [[cell]]


@given(st.text(alphabet=" =+-@'ab"))
def test_so_does_what_has_an_apostrophe_unless_somebody_guarded_it_before(cell: str) -> None:
    line = guarded(cell)
    known_loss = cell[:1] == "'" and cell[1:].lstrip(" ").startswith(("=", "+", "-", "@"))
    assert all_unguarded([[line]], [line]) == [[cell[1:] if known_loss else cell]]
