"""Gateways write a sender's number with a plus, without it, or as dialled at home."""

import pytest

from touches.inbound.callers import numbers_of


@pytest.mark.parametrize(
    ("sender", "country", "numbers"),
    [
        ("+4915112345003", "DE", ("+4915112345003",)),
        ("4915112345003", "FI", ("+4915112345003",)),
        ("004915112345003", "DE", ("+4915112345003",)),
        ("015112345003", "DE", ("+4915112345003",)),
        ("0401234567", "FI", ("+358401234567",)),
        ("+0401234567", "FI", ("+358401234567",)),
        ("358401234567", "FI", ("+358401234567",)),
        ("12125550123", "US", ("+12125550123",)),
        ("2125550123", "US", ("+12125550123",)),
        ("+0", "FI", ()),
        ("INFO", "DE", ()),
        ("67890", "DE", ()),
        ("", "DE", ()),
    ],
)
def test_a_sender_is_read_as_networks_write_it(sender: str, country: str, numbers: tuple[str, ...]) -> None:
    assert numbers_of(sender, country) == numbers


def test_bare_digits_mean_a_country_code_before_a_number_at_home() -> None:
    assert numbers_of("4915112345003", "DE") == ("+4915112345003", "+494915112345003")
