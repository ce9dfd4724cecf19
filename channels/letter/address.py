"""The window of the envelope: who gets the letter, in which form, with the country when it goes abroad.
Pure."""

from enum import StrEnum

from channels.errors import UnsendableError
from channels.letter.country_names import country_name
from channels.protocol import Recipient

LINE_LIMITS = {"din": 6, "us": 5}
_NORTH_AMERICA = ("US", "CA")
# Han signs differ by country; a name in the window is set as its own country writes it.
_SCRIPT_OF = {"CN": ("zh", "CN"), "SG": ("zh", "CN"), "TW": ("zh", "TW"), "HK": ("zh", "HK"), "MO": ("zh", "HK")}
_SCRIPT_OF |= {"JP": ("ja", "JP"), "KR": ("ko", "KR")}


class Form(StrEnum):
    """Where the window is: DIN 5008 form B (C6/5, DL), or a No. 10 envelope on Letter paper."""

    DIN = "din"
    US = "us"


def form_for(setting: str, country: str) -> Form:
    """`auto` follows the reader's country, since the envelope is posted there or looks at home there."""
    if setting != "auto":
        return Form(setting)
    return Form.US if country.upper() in _NORTH_AMERICA else Form.DIN


def window_lines(recipient: Recipient, *, home: str, form: Form) -> tuple[str, ...]:
    """Name, postal lines and, abroad, the country in capitals (Universal Postal Union, S42).

    Raises UnsendableError("no postal address", "address too long").
    """
    lines = [" ".join(line.split()) for line in (recipient.name, *recipient.postal_lines)]
    kept = [line for line in lines if line]
    if not any(line.strip() for line in recipient.postal_lines):
        raise UnsendableError("no postal address", "a letter needs a street or box and a town")
    country = recipient.country.upper()
    if country and home and country != home.upper():
        kept.append(country_name(country).upper())
    most = LINE_LIMITS[form]
    if len(kept) > most:
        raise UnsendableError("address too long", f"{len(kept)} lines; the window of form {form} shows {most}")
    return tuple(kept)


def script_of(country: str) -> tuple[str, str]:
    """Language and region in which a name in the window is set; empty where it makes no difference."""
    return _SCRIPT_OF.get(country.upper(), ("", ""))
