"""The window of the envelope."""

from dataclasses import replace

import pytest

from channels.errors import UnsendableError
from channels.letter.address import Form, form_for, script_of, window_lines
from tests.unit.channels.outgoing import POSTAL


def test_at_home_the_country_is_left_out() -> None:
    lines = window_lines(POSTAL, home="FI", form=Form.DIN)
    assert lines == ("Ville Mäkinen", "Mannerheimintie 5 A 12", "00100 Helsinki")


def test_abroad_the_country_stands_last_in_capitals() -> None:
    assert window_lines(POSTAL, home="DE", form=Form.DIN)[-1] == "FINLAND"


def test_without_a_known_home_no_country_is_added() -> None:
    assert window_lines(POSTAL, home="", form=Form.DIN)[-1] == "00100 Helsinki"


def test_lines_are_single_and_without_gaps() -> None:
    crooked = replace(POSTAL, name=" Ville \t Mäkinen ", postal_lines=("", " A\nB ", "  "))
    assert window_lines(crooked, home="", form=Form.DIN) == ("Ville Mäkinen", "A B")


@pytest.mark.parametrize("lines", [(), ("",), (" ", "\n")])
def test_a_letter_needs_an_address(lines: tuple[str, ...]) -> None:
    with pytest.raises(UnsendableError, match="no postal address"):
        window_lines(replace(POSTAL, postal_lines=lines), home="FI", form=Form.DIN)


@pytest.mark.parametrize(("form", "most"), [(Form.DIN, 6), (Form.US, 5)])
def test_what_the_window_does_not_show_is_refused(form: Form, most: int) -> None:
    fitting = replace(POSTAL, postal_lines=("x",) * (most - 1))
    assert len(window_lines(fitting, home="FI", form=form)) == most
    with pytest.raises(UnsendableError, match="address too long"):
        window_lines(fitting, home="DE", form=form)


@pytest.mark.parametrize(
    ("setting", "country", "form"),
    [
        ("auto", "US", Form.US),
        ("auto", "ca", Form.US),
        ("auto", "FI", Form.DIN),
        ("auto", "", Form.DIN),
        ("din", "US", Form.DIN),
        ("us", "FI", Form.US),
    ],
)
def test_the_form_follows_the_country_unless_it_is_set(setting: str, country: str, form: Form) -> None:
    assert form_for(setting, country) is form


def test_han_signs_are_set_as_the_reader_writes_them() -> None:
    assert script_of("TW") == ("zh", "TW")
    assert script_of("JP") == ("ja", "JP")
    assert script_of("FI") == ("", "")
