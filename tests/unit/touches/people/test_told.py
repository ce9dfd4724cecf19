"""Which rows made a lead what it is."""

from hypothesis import given
from hypothesis import strategies as st

from touches.people.told import BEFORE, Told

digests = st.lists(st.text("0123456789abcdef", min_size=1, max_size=4), max_size=6)


@given(rows=digests, before=digests)
def test_it_is_read_as_it_was_stored(rows: list[str], before: list[str]) -> None:
    text = Told(rows=rows, before=before).text
    again = Told.of(text)
    assert (again.rows, again.before, again.text) == (rows, before, text)


def test_the_first_row_that_says_something_else_ends_what_was_told_before() -> None:
    told = Told.of("a b c")
    told.lay("x", reached=1)
    assert told.text == "a x|b c"
    assert told.places() == {"a": 0, "x": 1, "b": BEFORE, "c": BEFORE}


def test_later_rows_of_the_same_list_come_behind_it() -> None:
    told = Told.of("a b")
    told.lay("x", reached=0)
    for digest in ("b", "b", "a"):
        told.lay(digest, reached=None)
    assert told.rows == ["x", "b", "a"]
