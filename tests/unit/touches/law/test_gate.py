"""The gate: hours to the second, consent to its end, registers to their age, and the strictest where we do
not know."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touches.law.gate import candidate_regions, law_findings, lawful_from
from touches.law.presets import builtin_presets
from touches.law.values import (
    Audience,
    Basis,
    Consent,
    LawFacts,
    RegisterCheck,
    Severity,
    verdict,
)
from touches.time.zones import zone

NEW_YORK = ("America/New_York",)
GIVEN = datetime(2026, 1, 15, 12, tzinfo=UTC)
EXPRESS = Consent(basis=Basis.EXPRESS, source="web form", given_at=GIVEN, evidence="form 7")
MONDAY = "2026-11-23"


def at(text: str, zone_name: str = "America/New_York") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone(zone_name))


def codes(**question: object) -> set[str]:
    return {each.code for each in law_findings(**question)}  # type: ignore[arg-type]


def hours(when: datetime, region: str, zones: tuple[str, ...] = NEW_YORK, channel: str = "call") -> set[str]:
    found = codes(country="US", channel=channel, at=when, region=region, zones=zones, consent=EXPRESS)
    return {each for each in found if "hours" in each}


@pytest.mark.parametrize("channel", ["call", "sms"])
@pytest.mark.parametrize(("clock", "lawful"), [
    ("07:59:59", False), ("08:00:00", True), ("20:59:59", True), ("20:59:59.999999", True), ("21:00:00", False),
    ("00:00:00", False),
])  # fmt: skip
def test_federal_hours_are_8_to_21_at_the_called_persons_place(channel, clock, lawful):
    assert (hours(at(f"{MONDAY} {clock}"), "NY", channel=channel) == set()) is lawful


@pytest.mark.parametrize(("region", "day", "first", "last", "zone_name"), [
    ("FL", "mon", "08:00:00", "19:59:59", "America/New_York"),
    ("OK", "sun", "08:00:00", "19:59:59", "America/Chicago"),
    ("MD", "sat", "08:00:00", "19:59:59", "America/New_York"),
    ("MS", "sat", "08:00:00", "19:59:59", "America/Chicago"),
    ("NJ", "mon", "08:00:00", "19:59:59", "America/New_York"),
    ("WA", "mon", "08:00:00", "19:59:59", "America/Los_Angeles"),
    ("CT", "mon", "09:00:00", "19:59:59", "America/New_York"),
    ("RI", "mon", "09:00:00", "17:59:59", "America/New_York"),
    ("RI", "sat", "10:00:00", "16:59:59", "America/New_York"),
    ("TX", "sat", "09:00:00", "20:59:59", "America/Chicago"),
    ("TX", "sun", "12:00:00", "20:59:59", "America/Chicago"),
    ("KY", "mon", "10:00:00", "20:59:59", "America/New_York"),
])  # fmt: skip
def test_states_are_stricter(region, day, first, last, zone_name):
    date = {"mon": "2026-11-23", "sat": "2026-11-21", "sun": "2026-11-22"}[day]
    opens, closes = at(f"{date} {first}", zone_name), at(f"{date} {last}", zone_name)
    second = timedelta(seconds=1)
    assert hours(opens, region, (zone_name,)) == hours(closes, region, (zone_name,)) == set()
    assert hours(opens - second, region, (zone_name,))
    assert hours(closes + second, region, (zone_name,))


def test_some_states_have_no_calls_on_sundays_or_holidays():
    sunday, thanksgiving = at("2026-11-22 12:00", "America/Chicago"), at("2026-11-26 12:00", "America/Chicago")
    assert hours(sunday, "AL", ("America/Chicago",))
    assert hours(thanksgiving, "AL", ("America/Chicago",)) == {"us-hours-holidays"}
    assert hours(thanksgiving, "MS", ("America/Chicago",)) == set()


def test_where_the_state_is_not_known_the_strictest_of_its_candidates_decides():
    assert {"RI", "KY", "FL", "unknown"} <= candidate_regions("US", "", NEW_YORK)
    assert "TX" not in candidate_regions("US", "", NEW_YORK)
    assert hours(at("2026-11-22 12:00"), "")  # a Sunday
    assert hours(at(f"{MONDAY} 09:30"), "")  # Kentucky begins at 10
    assert hours(at(f"{MONDAY} 10:00"), "") == set()
    assert hours(at(f"{MONDAY} 17:59:59"), "") == set()
    assert hours(at(f"{MONDAY} 18:00"), "")  # Rhode Island ends


def test_a_number_that_may_be_on_either_coast_must_suit_both():
    both = ("America/New_York", "America/Los_Angeles")
    morning = at(f"{MONDAY} 10:30")  # 7:30 in Los Angeles
    assert "us-hours" in hours(morning, "", both)
    assert "us-hours" not in hours(morning, "", NEW_YORK)


@pytest.mark.parametrize(("age", "found"), [
    (timedelta(days=31) - timedelta(seconds=1), False), (timedelta(days=31), False),
    (timedelta(days=31, seconds=1), True), (timedelta(), False), (timedelta(seconds=-1), True),
])  # fmt: skip
def test_a_copy_of_the_american_registry_serves_31_days(age, found):
    now = at(f"{MONDAY} 12:00")
    facts = LawFacts(audience=Audience.CONSUMER, register=RegisterCheck(taken_at=now - age, listed=False))
    assert ("us-dnc" in codes(country="US", channel="call", at=now, region="NY", facts=facts)) is found


@pytest.mark.parametrize(("days", "found"), [(28, False), (29, True)])
def test_a_look_up_in_the_british_service_serves_28_days(days, found):
    now = at(f"{MONDAY} 12:00", "Europe/London")
    facts = LawFacts(register=RegisterCheck(taken_at=now - timedelta(days=days), listed=False))
    assert ("gb-tps" in codes(country="GB", channel="call", at=now, facts=facts)) is found


def test_a_listed_number_needs_express_consent():
    now = at(f"{MONDAY} 12:00", "Europe/London")
    facts = LawFacts(register=RegisterCheck(taken_at=now, listed=True))
    asked = {"country": "GB", "channel": "call", "at": now, "facts": facts}
    assert codes(**asked) == {"gb-tps"}
    assert codes(**asked, consent=EXPRESS) == set()
    assert codes(**asked, consent=replace(EXPRESS, expires_at=now)) == {"gb-tps"}


def test_a_number_that_nobody_looked_up_is_a_finding():
    assert "us-dnc" in codes(country="US", channel="call", at=at(f"{MONDAY} 12:00"), region="NY")


@pytest.mark.parametrize(("source", "ends"), [
    ("purchase", "2028-01-15T12:00"), ("Contract of 2026", "2028-01-15T12:00"),
    ("inquiry", "2026-07-15T12:00"), ("", "2026-07-15T12:00"),
])  # fmt: skip
def test_implied_consent_in_canada_ends_to_the_second(source, ends):
    consent = Consent(basis=Basis.IMPLIED, source=source, given_at=GIVEN.replace(tzinfo=zone("America/Toronto")))
    end = at(ends, "America/Toronto")
    asked = {"country": "CA", "channel": "email", "consent": consent, "zones": ("America/Toronto",)}
    assert codes(**asked, at=end - timedelta(seconds=1)) == set()
    assert codes(**asked, at=end) == codes(**asked, at=end + timedelta(seconds=1)) == {"ca-casl"}


def test_a_new_purchase_renews_implied_consent_and_express_consent_has_no_end():
    consent = Consent(basis=Basis.IMPLIED, source="inquiry", given_at=GIVEN)
    facts = LawFacts(last_purchase_at=GIVEN + timedelta(days=100))
    later = GIVEN + timedelta(days=700)
    assert codes(country="CA", channel="sms", at=later, consent=consent, facts=facts) == set()
    assert codes(country="CA", channel="sms", at=later, consent=consent) == {"ca-casl"}
    assert codes(country="CA", channel="sms", at=later + timedelta(days=9000), consent=EXPRESS) == set()


def test_a_date_of_expiry_counts_in_every_country():
    ending = replace(EXPRESS, expires_at=GIVEN + timedelta(days=30))
    asked = {"country": "DE", "channel": "email", "consent": ending}
    assert codes(**asked, at=GIVEN + timedelta(days=30, seconds=-1)) == set()
    assert codes(**asked, at=GIVEN + timedelta(days=30)) == {"de-email"}
    assert codes(**asked, at=GIVEN - timedelta(seconds=1)) == {"de-email"}


ALLOWED = {
    ("DE", "email", Audience.BUSINESS): {Basis.EXPRESS, Basis.SOFT_OPT_IN},
    ("DE", "sms", Audience.CONSUMER): {Basis.EXPRESS, Basis.SOFT_OPT_IN},
    ("DE", "fax", Audience.BUSINESS): {Basis.EXPRESS},
    ("DE", "call", Audience.CONSUMER): {Basis.EXPRESS},
    ("DE", "call", Audience.UNKNOWN): {Basis.EXPRESS},
    ("DE", "call", Audience.BUSINESS): {Basis.EXPRESS, Basis.IMPLIED, Basis.SOFT_OPT_IN, Basis.B2B_CORPORATE},
    ("DE", "letter", Audience.CONSUMER): set(Basis),
    ("GB", "email", Audience.CONSUMER): {Basis.EXPRESS, Basis.SOFT_OPT_IN},
    ("GB", "email", Audience.BUSINESS): set(Basis) - {Basis.NONE},
    ("FR", "email", Audience.UNKNOWN): {Basis.EXPRESS, Basis.SOFT_OPT_IN},
    ("FR", "email", Audience.BUSINESS): set(Basis),
    ("FI", "sms", Audience.CONSUMER): {Basis.EXPRESS, Basis.SOFT_OPT_IN},
    ("FI", "email", Audience.BUSINESS): set(Basis) - {Basis.NONE},
    ("CA", "email", Audience.BUSINESS): {Basis.EXPRESS, Basis.IMPLIED},
    ("US", "email", Audience.CONSUMER): set(Basis),
    ("US", "sms", Audience.BUSINESS): {Basis.EXPRESS},
    ("PH", "sms", Audience.CONSUMER): {Basis.EXPRESS},
    ("CN", "sms", Audience.BUSINESS): {Basis.EXPRESS},
}


@pytest.mark.parametrize(("country", "channel", "audience"), ALLOWED)
def test_the_bases_that_a_country_accepts(country, channel, audience):
    noon = at(f"{MONDAY} 12:30", "Asia/Manila" if country in {"PH", "CN"} else "America/New_York")
    facts = LawFacts(audience=audience, register=RegisterCheck(taken_at=noon, listed=False))
    for basis in Basis:
        consent = Consent(basis=basis, source="purchase", given_at=GIVEN, evidence="form 7")
        found = law_findings(
            country=country,
            channel=channel,
            at=noon,
            consent=consent,
            facts=facts,
            region="NY" if country == "US" else "",
        )
        refusing = {each.code for each in found if "hours" not in each.code}
        assert (not refusing) == (basis in ALLOWED[country, channel, audience]), (basis, refusing)


def test_german_consent_to_calls_must_be_proven():
    asked = {"country": "DE", "channel": "call", "at": at(f"{MONDAY} 12:00", "Europe/Berlin")}
    assert codes(**asked, consent=replace(EXPRESS, evidence="")) == {"de-call-consumer-proof"}


@pytest.mark.parametrize(("when", "lawful"), [
    ("2026-06-15 09:59:59", False), ("2026-06-15 10:00", True), ("2026-06-15 12:59:59", True),
    ("2026-06-15 13:00", False), ("2026-06-15 13:59:59", False), ("2026-06-15 14:00", True),
    ("2026-06-15 19:59:59", True), ("2026-06-15 20:00", False), ("2026-06-13 11:00", False),
    ("2026-07-14 11:00", False),
])  # fmt: skip
def test_french_consumers_are_called_in_two_windows_on_working_days(when, lawful):
    moment = at(when, "Europe/Paris")
    assert ("fr-call-hours" not in codes(country="FR", channel="call", at=moment)) is lawful
    assert "fr-call-hours" not in codes(country="FR", channel="call", at=moment, consent=EXPRESS)


def test_calls_to_french_consumers_need_consent_from_11_august_2026():
    last, first = at("2026-08-10 19:59:59", "Europe/Paris"), at("2026-08-11 10:00", "Europe/Paris")
    assert codes(country="FR", channel="call", at=last) == set()
    assert codes(country="FR", channel="call", at=first) == {"fr-call-consent"}
    assert codes(country="FR", channel="call", at=first, facts=LawFacts(contract=True)) == set()
    assert codes(country="FR", channel="call", at=first, consent=EXPRESS) == set()


def test_a_fifth_try_in_30_days_waits_for_the_first_to_age():
    now = at("2026-06-30 11:00", "Europe/Paris")
    tries = tuple(now - timedelta(days=days) for days in (29, 20, 10, 1))
    (found,) = law_findings(country="FR", channel="call", at=now, facts=LawFacts(attempts=tries))
    assert found.code == "fr-call-attempts"
    assert found.until == tries[0] + timedelta(days=30)
    three = LawFacts(attempts=tries[1:])
    assert codes(country="FR", channel="call", at=now, facts=three) == set()
    assert codes(country="FR", channel="call", at=found.until, facts=LawFacts(attempts=tries)) == set()


def test_a_refusal_is_respected_for_60_days():
    refused = at("2026-04-01 11:00", "Europe/Paris")
    facts = LawFacts(refused_at=refused)
    end = refused + timedelta(days=60)
    assert "fr-call-refusal" in codes(country="FR", channel="call", at=end - timedelta(seconds=1), facts=facts)
    assert "fr-call-refusal" not in codes(country="FR", channel="call", at=end, facts=facts)


@pytest.mark.parametrize(("region", "counts"), [("FL", True), ("OK", True), ("", True), ("NY", False)])
def test_a_fourth_contact_in_24_hours(region, counts):
    now = at(f"{MONDAY} 16:00")
    tries = tuple(now - timedelta(hours=hours) for hours in (23, 5, 1))
    found = codes(country="US", channel="call", at=now, region=region, zones=NEW_YORK, facts=LawFacts(attempts=tries))
    assert any("attempts" in each for each in found) is counts
    older = LawFacts(attempts=(now - timedelta(hours=24), *tries[1:]))
    found = codes(country="US", channel="call", at=now, region=region, zones=NEW_YORK, facts=older)
    assert not any("attempts" in each for each in found)


def test_enforced_countries_refuse_and_others_warn():
    found = law_findings(country="DE", channel="email", at=GIVEN)
    assert verdict(found, ["de", "US"]).refused == found
    assert not verdict(found, ["DE"]).allowed
    assert verdict(found, ["US"]).allowed
    assert verdict(found, []).warned == found
    assert verdict((), ["DE"]).allowed


def test_advice_never_refuses():
    sunday = at("2026-11-22 12:00", "Asia/Manila")
    found = law_findings(country="PH", channel="email", at=sunday, consent=None)
    assert {each.severity for each in found} == {Severity.ADVISE}
    assert verdict(found, ["PH"]).allowed
    assert verdict(found, ["PH"]).warned == found


def test_a_country_without_a_file_has_no_findings():
    assert law_findings(country="ZZ", channel="email", at=GIVEN) == ()
    assert law_findings(country="", channel="email", at=GIVEN) == ()


@settings(deadline=None, max_examples=60)
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(["", "FL", "RI", "TX", "AL", "KY", "CA"]),
    st.sampled_from([NEW_YORK, ("America/Chicago",), ("America/New_York", "America/Los_Angeles")]),
)
def test_a_call_moved_to_lawful_hours_is_lawful_there_and_never_earlier(moment, region, zones):
    always = replace(EXPRESS, given_at=None)
    asked = {"country": "US", "channel": "call", "region": region, "zones": zones, "consent": always}
    found = lawful_from(enforce=["US"], at=moment, **asked)
    assert found is not None
    assert found >= moment
    assert verdict(law_findings(at=found, **asked), ["US"]).allowed
    if found > moment:
        assert not verdict(law_findings(at=moment, **asked), ["US"]).allowed


def test_waiting_does_not_help_where_consent_is_missing():
    assert lawful_from(enforce=["DE"], country="DE", channel="email", at=GIVEN) is None
    assert lawful_from(enforce=[], country="DE", channel="email", at=GIVEN) == GIVEN


def test_every_finding_names_its_rule_and_source():
    for country in builtin_presets():
        for channel in ("email", "sms", "call", "fax"):
            for each in law_findings(country=country, channel=channel, at=at("2026-11-22 03:00")):
                assert each.source
                assert each.code.startswith(country.lower())
                assert "(" in each.text
