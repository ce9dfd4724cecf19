"""Parts of countries: their zones, and which one a region's name or a postal code means. Data in
regions.toml."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import cast

from touches.time.zones import all_country_zones, distinct_clocks

_US_NAMES = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
    "connecticut": "CT", "delaware": "DE", "district of columbia": "DC", "florida": "FL", "georgia": "GA",
    "hawaii": "HI", "idaho": "ID", "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS",
    "kentucky": "KY", "louisiana": "LA", "maine": "ME", "maryland": "MD", "massachusetts": "MA",
    "michigan": "MI", "minnesota": "MN", "mississippi": "MS", "missouri": "MO", "montana": "MT",
    "nebraska": "NE", "nevada": "NV", "new hampshire": "NH", "new jersey": "NJ", "new mexico": "NM",
    "new york": "NY", "north carolina": "NC", "north dakota": "ND", "ohio": "OH", "oklahoma": "OK",
    "oregon": "OR", "pennsylvania": "PA", "rhode island": "RI", "south carolina": "SC", "south dakota": "SD",
    "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT", "virginia": "VA", "washington": "WA",
    "west virginia": "WV", "wisconsin": "WI", "wyoming": "WY",
}  # fmt: skip


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Mapping[str, object]]:
    text = resources.files("touches.time").joinpath("regions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def region_code(country: str, region: str) -> str:
    """The ISO 3166-2 code without its country ("US-CA", "ca", "California": "CA"); empty when it names none
    we know."""
    country, code = country.upper(), region.strip().upper()
    code = code.removeprefix(f"{country}-")
    if country == "US":
        code = _US_NAMES.get(code.casefold(), code)
    return code if code != "*" and code in _zones(country) else ""


def regions_of(country: str) -> tuple[str, ...]:
    """All parts of a country that we know, in the table's order."""
    return tuple(code for code in _zones(country) if code != "*")


def region_of_postal_code(country: str, postal_code: str) -> str:
    """The part of a country that a postal code lies in; "*" for "not one of the parts with a clock of its
    own", empty when the code does not tell."""
    table = cast("Mapping[str, Mapping[str, str]]", _data()["postal"]).get(country.upper(), {})
    code = postal_code.replace(" ", "").upper()
    if not code:
        return ""
    beginnings = [code[:size] for size in range(len(code), 0, -1)]
    found = next((table[each] for each in beginnings if each in table), None)
    return table.get("*", "") if found is None else found


@lru_cache(maxsize=65_536)
def address_zones(country: str, region: str = "", postal_code: str = "") -> tuple[str, ...]:
    """The zones that a postal address may lie in: its region's, else its postal code's, else all of the
    country's."""
    code = region_code(country, region) or region_of_postal_code(country, postal_code)
    if code:
        return distinct_clocks(_zones(country)[code])
    names = all_country_zones(country) if country else ()
    main = cast("Mapping[str, str]", _data()["main"]).get(country.upper(), "")
    return distinct_clocks(sorted(names, key=lambda name: name != main))


def _zones(country: str) -> Mapping[str, list[str]]:
    table = cast("Mapping[str, Mapping[str, list[str]]]", _data()["zones"])
    return table.get(country.upper(), {})
