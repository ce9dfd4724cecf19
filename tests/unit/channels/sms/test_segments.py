"""Counting as the operators do, at every border."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.sms.segments import Encoding, segments, straightened


@pytest.mark.parametrize(
    ("length", "parts", "left"),
    [
        (0, 1, 160),
        (1, 1, 159),
        (160, 1, 0),
        (161, 2, 145),
        (306, 2, 0),
        (307, 3, 152),
        (459, 3, 0),
        (918, 6, 0),
    ],
)
def test_plain_letters_fill_160_alone_and_153_in_each_of_several(length: int, parts: int, left: int) -> None:
    counted = segments("a" * length)
    assert (counted.encoding, counted.parts, counted.left) == (Encoding.GSM7, parts, left)


@pytest.mark.parametrize(("length", "parts", "left"), [(70, 1, 0), (71, 2, 63), (134, 2, 0), (135, 3, 66)])
def test_other_alphabets_fill_70_alone_and_67_in_each_of_several(length: int, parts: int, left: int) -> None:
    counted = segments("я" * length)
    assert (counted.encoding, counted.parts, counted.left) == (Encoding.UCS2, parts, left)


def test_an_extension_character_counts_double() -> None:
    assert segments("€" * 80).parts == 1
    assert segments("€" * 80 + "a").parts == 2


def test_an_extension_character_is_not_split_over_a_border() -> None:
    """152 + 2 septets do not fit into 153, so the second part begins with the euro sign."""
    text = "a" * 152 + "€" + "a" * 152
    assert (segments(text).parts, segments(text).left) == (3, 152)


def test_a_surrogate_pair_is_not_split_over_a_border() -> None:
    text = "я" * 66 + "😀" + "я" * 65
    assert (segments(text).parts, segments(text).left) == (2, 0)
    assert segments(text + "я").parts == 3


def test_offenders_are_named_once_in_order() -> None:
    assert segments("a–b…c–d").offenders == ("–", "…")


def test_the_escape_character_itself_is_no_text() -> None:
    assert segments("\x1b").offenders == ("\x1b",)


def test_typographic_signs_are_straightened_when_that_saves_the_alphabet() -> None:
    assert straightened("“Neue Röstung” – ab\u00a0Montag…") == '"Neue Röstung" - ab Montag...'


def test_nothing_is_straightened_when_the_alphabet_is_lost_anyway() -> None:
    assert straightened("“Привет” – мир…") == "“Привет” – мир…"


def test_a_combining_accent_becomes_the_letter_of_the_alphabet() -> None:
    assert straightened("Cafe\u0301") == "Café"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=1200))
def test_the_parts_hold_the_whole_text_and_no_part_too_many(text: str) -> None:
    counted = segments(text)
    alone, joined = (160, 153) if counted.encoding is Encoding.GSM7 else (70, 67)
    units = (
        sum(2 if char in "^{}\\[~]|€\f" else 1 for char in text)
        if counted.encoding is Encoding.GSM7
        else len(text.encode("utf-16-le")) // 2
    )
    if counted.parts == 1:
        assert units + counted.left == alone
    else:
        lost = counted.parts * joined - counted.left - units
        assert units > alone
        assert 0 <= lost < counted.parts


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_straightening_never_costs_parts_and_settles_at_once(text: str) -> None:
    straight = straightened(text)
    assert straightened(straight) == straight
    if segments(straight).encoding is Encoding.UCS2:
        assert segments(text).encoding is Encoding.UCS2
