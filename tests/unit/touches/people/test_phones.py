"""The quick way agrees with the library, on every plan of the world."""

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touches.people.phones import library_number, phone_of, quick_number

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
EXAMPLES = [
    number
    for region in REGIONS
    for kind in range(11)
    if (number := phonenumbers.example_number_for_type(region, kind)) is not None
]


@st.composite
def spellings(draw: st.DrawFn) -> str:
    """A real number or a near miss, as people write it."""
    number = draw(st.sampled_from(EXAMPLES))
    form = draw(st.sampled_from([0, 1, 2]))
    text = phonenumbers.format_number(number, form)
    if draw(st.booleans()):
        at = draw(st.integers(0, len(text) - 1))
        text = text[:at] + draw(st.sampled_from("0123456789")) + text[at + 1 :]
    changed = (text, text.replace("+", "00"), text.replace("+", ""), text.replace(" ", "-"), text[:-1])
    return draw(st.sampled_from(changed))


@settings(max_examples=3000)
@given(text=spellings(), country=st.sampled_from(REGIONS))
def test_the_quick_way_never_says_anything_else_than_the_library(text: str, country: str) -> None:
    quick = quick_number(text, country)
    assert quick in ("", library_number(text, country).number)


@given(text=st.text(st.sampled_from("+0123456789 ()-./٣x;"), max_size=25), country=st.sampled_from(REGIONS))
def test_nonsense_is_judged_alike(text: str, country: str) -> None:
    assert quick_number(text, country) in ("", library_number(text, country).number)


def test_most_real_numbers_take_the_quick_way() -> None:
    """Else the import would be slow: the library parses some 50,000 numbers a second, the quick way ten times that."""
    texts = [phonenumbers.format_number(number, 0) for number in EXAMPLES if number.country_code not in (800, 808)]
    assert sum(bool(quick_number(text, "FI")) for text in texts) > 0.9 * len(texts)


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("040 123 4567", "FI", "+358401234567"),
        ("(212) 555-1234", "US", "+12125551234"),
        ("00491701234567", "DE", "+491701234567"),
        ("+49 (0)170 1234567", "FI", "+491701234567"),
        ("358401234567", "FI", "+358401234567"),
        ("1-800-FLOWERS", "US", "+18003569377"),
        ("٠٤٠١٢٣٤٥٦٧", "FI", "+358401234567"),
        ("+39 06 1234 5678", "FI", "+390612345678"),
    ],
)
def test_numbers_as_people_write_them(text: str, country: str, number: str) -> None:
    assert phone_of(text, country).number == number


def test_an_extension_is_kept_apart() -> None:
    found = phone_of("+1 212 555 1234 ext. 5", "FI")
    assert (found.number, found.extension) == ("+12125551234", "5")


@pytest.mark.parametrize(
    ("text", "country", "word"),
    [
        ("123", "FI", "too short"),
        ("1" * 40, "FI", "too long"),
        ("hello", "FI", "no phone number"),
        ("+999 123 4567", "FI", "country code"),
        ("040 1234567", "", "no country"),
        ("+1 555 010 0000", "US", "not a number in use in US"),
    ],
)
def test_what_is_no_number_says_why(text: str, country: str, word: str) -> None:
    found = phone_of(text, country)
    assert not found.number
    assert word in found.problem
