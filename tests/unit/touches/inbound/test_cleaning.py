"""Texts of strangers, made safe."""

from hypothesis import given
from hypothesis import strategies as st

from touches.inbound.cleaning import clean_line, clean_text


@given(st.text(alphabet=st.characters(codec=None), max_size=500))
def test_whatever_comes_can_be_stored_and_shown(text: str) -> None:
    for cleaned in (clean_text(text), clean_line(text)):
        cleaned.encode("utf-8")
        assert all(letter.isprintable() or letter in "\n\t" for letter in cleaned)
    assert "\n" not in clean_line(text)


@given(st.text(alphabet=st.characters(codec=None), max_size=200))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)


def test_ordinary_text_stays() -> None:
    assert clean_text("Hei Äiti,\r\n\r\nsoita 茶馆!\t😀") == "Hei Äiti,\n\nsoita 茶馆!\t😀"


def test_long_texts_are_cut() -> None:
    assert len(clean_text("x" * 100_000)) == 20_000
    assert len(clean_line("y" * 100_000)) == 300
