"""A letter with boxes instead of letters is refused before it is printed, and the script is named."""

import pytest

from channels.errors import UnsendableError
from channels.letter.fonts import characters, font_files
from channels.letter.glyphs import refuse_unset, script_name


@pytest.mark.parametrize(
    "text", ["Äänekoski", "Ελλάδα", "Кузнецова", "王小明", "山田さん", "김민준", "Đặng Łukasz", "€ ₽ – … “”"]
)
def test_the_scripts_of_our_fonts_can_be_set(text: str) -> None:
    refuse_unset([text], characters())


@pytest.mark.parametrize(
    ("text", "script"),
    [("สมชาย", "Thai"), ("محمد", "Arabic"), ("שלום", "Hebrew"), ("Հայ", "Armenian"), ("தமிழ்", "Tamil")],
)
def test_another_script_is_refused_by_name(text: str, script: str) -> None:
    with pytest.raises(UnsendableError) as refused:
        refuse_unset(["Hello", text], characters())
    assert refused.value.reason == "script cannot be set"
    assert script in refused.value.detail
    assert text[0] in refused.value.detail


def test_all_scripts_are_named_at_once() -> None:
    with pytest.raises(UnsendableError, match=r"Thai .*; Hebrew .*; grinning face"):
        refuse_unset(["ก ש 😀"], characters())


def test_what_draws_nothing_needs_no_glyph() -> None:
    refuse_unset(["a\u200db\ufe0f \u200e\n\t\u00adc"], characters())


def test_a_nameless_character_is_named_by_its_number() -> None:
    assert script_name("\U0010ffff") == "u+10ffff"


def test_the_fonts_come_from_packages_alone() -> None:
    assert {path.suffix for path in font_files()} == {".ttf", ".otf"}
    assert all("site-packages" in path.parts for path in font_files())


def test_our_reader_of_fonts_agrees_with_a_whole_library() -> None:
    fonts = pytest.importorskip("fontTools.ttLib")
    found: set[int] = set()
    for path in font_files():
        if "Italic" not in path.name:
            with fonts.TTFont(path, lazy=True) as font:
                found |= set(font.getBestCmap())
    assert found == characters()
