"""Long texts in short."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touches.care.hints import beginning


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("short", "short"),
        ("two\n\n  lines", "two lines"),
        ("one two three four five six seven", "one two three four …"),
        ("今天的会议改到星期四下午两点钟请带上合同和样品还有发票谢谢", "今天的会议改到星期四下午两点钟请带上 …"),
        ("Re: " + "x" * 40, "Re: xxxxxxxxxxxxxx …"),
    ],
)
def test_a_text_is_cut_at_a_word_where_it_has_words(text: str, hint: str) -> None:
    assert beginning(text, width=20) == hint


@given(st.text(), st.integers(min_value=4, max_value=40))
def test_it_is_one_line_no_longer_than_asked_and_begins_as_the_text(text: str, width: int) -> None:
    hint = beginning(text, width=width)
    assert len(hint) <= width
    assert " ".join(text.split()).startswith(hint.removesuffix(" …"))
