"""Zones are named, found for countries, and never silently UTC."""

import pytest

from touches.time.errors import UnknownZone
from touches.time.regions import address_zones, region_code, region_of_postal_code, regions_of
from touches.time.resolve import Place, ZoneSource, phone_zones, zone_of
from touches.time.zones import (
    country_zones,
    distinct_clocks,
    packaged_zone_data_version,
    zone,
    zone_data_version,
    zone_names,
)


@pytest.mark.parametrize(("written", "meant"), [
    ("Helsinki", "Europe/Helsinki"), ("europe/helsinki", "Europe/Helsinki"), ("Europe/Helsinky", "Europe/Helsinki"),
    ("New York", "America/New_York"),
])  # fmt: skip
def test_a_wrong_name_is_refused_with_the_one_that_was_meant(written, meant):
    with pytest.raises(UnknownZone) as caught:
        zone(written)
    assert caught.value.near[0] == meant
    assert f'"{written}"' in str(caught.value)
    assert meant in str(caught.value)


@pytest.mark.parametrize("written", ["", " ", "EET+2", "../etc/passwd", "x" * 10_000, "Europe/", "localtime", "\0"])
def test_what_is_no_zone_is_refused_and_never_utc(written):
    with pytest.raises(UnknownZone):
        zone(written)


def test_most_countries_have_one_clock():
    assert country_zones("de") == ("Europe/Berlin",)
    assert country_zones("FI") == ("Europe/Helsinki",)
    assert country_zones("KZ") == ("Asia/Almaty",)
    assert len(country_zones("US")) == 8
    assert country_zones("ZZ") == ()


def test_zones_that_show_the_same_time_count_once():
    assert distinct_clocks(["Europe/Berlin", "Europe/Paris", "Europe/Helsinki"]) == (
        "Europe/Berlin",
        "Europe/Helsinki",
    )


def test_the_zone_data_in_use_has_a_version():
    for version in (zone_data_version(), packaged_zone_data_version()):
        assert version[:4].isdigit()
        assert version[4:].isalpha()


def test_every_region_has_zones_that_exist_and_that_its_country_has():
    for country in ("US", "CA", "AU", "ES", "PT"):
        clocks = country_zones(country)
        for region in regions_of(country):
            found = address_zones(country, region)
            assert found
            assert set(found) <= zone_names()
            assert len(distinct_clocks([*clocks, *found])) == len(clocks), (country, region)


def test_every_american_state_has_a_region():
    assert len(regions_of("US")) == 51
    assert region_code("US", "California") == region_code("us", "US-CA") == region_code("US", "ca") == "CA"
    assert region_code("US", "Narnia") == ""


@pytest.mark.parametrize(("country", "code", "region"), [
    ("US", "90210", "CA"), ("US", "10001", "NY"), ("US", "33101", "FL"), ("US", "99501", "AK"),
    ("US", "96801", "HI"), ("US", "88510", "TX"), ("US", "02903", "RI"), ("US", "20001", "DC"), ("US", "20101", "VA"),
    ("CA", "M5V 3L9", "ON"), ("CA", "v6b 1a1", "BC"), ("CA", "X0A 0H0", "NU"), ("AU", "6000", "WA"),
    ("ES", "35001", "GC"), ("ES", "28001", "*"), ("PT", "9500-150", "20"), ("US", "00901", ""), ("US", "", ""),
    ("DE", "10115", ""),
])  # fmt: skip
def test_a_postal_code_tells_the_region(country, code, region):
    assert region_of_postal_code(country, code) == region


def test_the_sources_are_asked_in_order():
    everything = {
        "workspace": "Europe/Helsinki",
        "lead": Place(timezone="Asia/Tokyo", country="US", region="CA"),
        "contact_timezone": "Asia/Seoul",
        "phone": "+12125551234",
        "company": Place(timezone="Europe/Paris", country="GB"),
    }
    steps = [
        ({}, ("Asia/Tokyo",), ZoneSource.LEAD),
        ({"lead": Place(country="US", region="CA")}, ("Asia/Seoul",), ZoneSource.CONTACT_POINT),
        ({"contact_timezone": ""}, ("America/New_York",), ZoneSource.PHONE),
        ({"phone": ""}, ("America/Los_Angeles",), ZoneSource.ADDRESS),
        ({"lead": Place()}, ("Europe/Paris",), ZoneSource.COMPANY),
        ({"company": Place(country="GB")}, ("Europe/London",), ZoneSource.COMPANY),
        ({"company": Place()}, ("Europe/Helsinki",), ZoneSource.WORKSPACE),
    ]
    for change, zones, source in steps:
        everything |= change
        choice = zone_of(**everything)
        assert (choice.zones, choice.source) == (zones, source)
        assert choice.zones[0] in choice.because


@pytest.mark.parametrize(("phone", "count"), [
    ("+358401234567", 1), ("+4915112345678", 1), ("+12125551234", 1), ("+77011234567", 1),
    ("+12085551234", 2), ("+34600123456", 2), ("+18005551234", 8), ("+61412345678", 6),
    ("+80012345678", 0), ("nonsense", 0), ("", 0), ("+1", 0),
])  # fmt: skip
def test_a_number_may_lie_in_several_zones(phone, count):
    assert len(phone_zones(phone)) == count


def test_a_finnish_number_is_in_finland_and_not_in_a_country_with_the_same_clock():
    assert phone_zones("+358401234567") == ("Europe/Helsinki",)


def test_an_address_narrows_down_a_number_that_may_be_anywhere():
    choice = zone_of(workspace="UTC", phone="+34600123456", lead=Place(country="ES", postal_code="35001"))
    assert choice.zones == ("Atlantic/Canary",)
    elsewhere = zone_of(workspace="UTC", phone="+34600123456", lead=Place(country="JP"))
    assert elsewhere.zones == ("Europe/Madrid", "Atlantic/Canary")


def test_a_number_that_tells_nothing_leaves_it_to_the_next_source():
    assert zone_of(workspace="Europe/Helsinki", phone="+80012345678").source is ZoneSource.WORKSPACE


def test_a_wrong_name_in_a_lead_is_refused_and_not_skipped():
    with pytest.raises(UnknownZone):
        zone_of(workspace="Europe/Helsinki", lead=Place(timezone="Mars/Olympus"))
    with pytest.raises(UnknownZone):
        zone_of(workspace="")
