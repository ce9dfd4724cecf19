"""The lines of a postal address, below the name, as each country writes them. Pure."""

from collections.abc import Mapping
from typing import Final

# Where the code stands behind the town; everywhere else it stands before it (Universal Postal Union, S42).
_CODE_LAST: Final = frozenset(
    {"US", "CA", "AU", "NZ", "IN", "PH", "TH", "SG", "TW", "KR", "BR", "CN", "JP", "HK", "ID"}
)
_CODE_ALONE: Final = frozenset({"GB", "GG", "JE", "IM", "IE", "RU", "UA"})
_WITH_REGION: Final = frozenset({"US", "CA", "AU", "IN", "BR", "CN", "IT", "MX"})


def postal_lines(fields: Mapping[str, str], country: str) -> str:
    """Street and town joined by line breaks; empty unless there are both a street and a town or code."""
    street, city, code = fields.get("street", ""), fields.get("city", ""), fields.get("postal_code", "")
    return address_lines(street, code, city, fields.get("region", ""), country)


def address_lines(street: str, code: str, city: str, region: str, country: str) -> str:
    """As `postal_lines`, from the parts."""
    if not street or not (city or code):
        return ""
    town = _town(city, code, region if country in _WITH_REGION else "", country)
    return f"{street}\n{town}" if town else street


def _town(city: str, code: str, region: str, country: str) -> str:
    if country in _CODE_ALONE:
        return f"{city}\n{code}" if city and code else city or code
    if country in {"US", "AU", "CA"}:
        place = f"{city}, {region}" if region and country == "US" and city else f"{city} {region}".strip()
        return f"{place} {code}".strip()
    if country in _CODE_LAST:
        return " ".join([part for part in (city, region, code) if part])
    return " ".join([part for part in (code, city, region) if part])
