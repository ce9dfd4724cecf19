"""The names of countries that stand on envelopes."""

import subprocess
import sys
from importlib import resources

import pytest

from channels.letter.country_names import COUNTRY_NAMES, country_name


@pytest.mark.parametrize(
    ("code", "name"), [("CN", "China"), ("CI", "Côte d'Ivoire"), ("gb", "United Kingdom"), ("XX", "XX")]
)
def test_a_country_has_its_english_name_and_an_unknown_code_stays(code: str, name: str) -> None:
    assert country_name(code) == name


def test_every_country_of_iso_3166_has_a_name() -> None:
    table = resources.files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text(encoding="utf-8")
    codes = {line[:2] for line in table.splitlines() if line and not line.startswith("#")}

    assert len(codes) == 249
    assert codes | {"XK"} == COUNTRY_NAMES.keys()


def test_every_name_fits_into_the_window_on_a_line_of_its_own() -> None:
    assert all(2 < len(name) <= 46 and name == " ".join(name.split()) for name in COUNTRY_NAMES.values())
    assert len(set(COUNTRY_NAMES.values())) == len(COUNTRY_NAMES)


def test_a_country_is_named_without_a_library_of_phone_numbers() -> None:
    asked = "import sys, channels.letter.address as a; a.country_name('AX'); print('phonenumbers' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
