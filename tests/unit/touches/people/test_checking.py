"""One row: what it says, and everything that is wrong with it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touches.people.checking import RowChecker
from touches.people.draft import Defaults, LeadDraft, Rejection
from touches.people.headers import columns_of
from touches.people.mailboxes import BadMailbox, mailbox_of
from touches.people.words import NotUnderstood, country_of, language_of, size_of, zone_name_of

DEFAULTS = Defaults(country="FI", year=2026, owners={"aino virtanen": "aino", "aino": "aino"})


def check(defaults: Defaults = DEFAULTS, **cells: str) -> LeadDraft | Rejection:
    checker = RowChecker(columns_of(list(cells), file="leads.csv"), defaults)
    return checker.check(2, list(cells.values()))


def draft(**cells: str) -> LeadDraft:
    found = check(**cells)
    assert isinstance(found, LeadDraft), found
    return found


def refused(**cells: str) -> str:
    found = check(**cells)
    assert isinstance(found, Rejection), found
    return found.reason


def test_a_full_row_is_understood() -> None:
    found = draft(
        external_id="c1", email="Aino@KAHVILA.example", phone="040 123 4567", first_name=" Aino ", company="Kahvila Oy",
        company_size="250-499", age="55", country="Finland", timezone="Europe/Helsinki", language="finnish",
        owner="Aino Virtanen", street="Katu 1", postal_code="00100", city="Helsinki", preferred_channel="phone",
        consent="yes", source="fair", Colour="red",
    )  # fmt: skip
    assert found.external_id == "c1"
    assert found.points == [("email", "aino@kahvila.example"), ("phone", "+358401234567")]
    assert found.fields["first_name"] == "Aino"
    assert found.fields["country"] == "FI"
    assert found.fields["language"] == "fi"
    assert found.fields["owner"] == "aino"
    assert found.fields["preferred_channel"] == "call"
    assert (found.company_size, found.birth_year, found.consent) == (250, 1971, "express")
    assert found.attributes == {"colour": "red"}


def test_a_phone_is_read_by_the_row_s_country_before_ours() -> None:
    assert draft(phone="(212) 555-1234", country="USA").points == [("phone", "+12125551234")]


def test_all_that_is_wrong_is_said_at_once_with_column_and_value() -> None:
    reason = refused(email="broken@@x", phone="123", timezone="Europe/Helsinky", country="Finlnd")
    for word in ('email "broken@@x"', 'phone "123" is too short for FI', "Europe/Helsinki", '"finland"'):
        assert word in reason


def test_a_row_about_nobody_is_refused() -> None:
    assert refused(email="", phone="", first_name="Aino") == "it has no external_id, email or phone"
    assert refused(email="", street="Katu 1", city="Turku", first_name="Aino").startswith("it has no")


@pytest.mark.parametrize(
    "name",
    ["=?utf-8?q?Bob?=", "Bcc: v@x.test", "{{ 7*7 }}", "<b>Bob</b>", "李小龙", "Zoë", "O'Neill", '"', "=1+1", "محمد"],
)
def test_foreign_and_strange_names_stay_as_they_are(name: str) -> None:
    assert draft(email="a@x.example", first_name=name).fields["first_name"] == name


@pytest.mark.parametrize(
    "name",
    [
        "a\r\nBcc: v@x.test",
        "a\nb",
        "a\x85b",
        "a\u2028b",
        "a\x0bb",
        "a\x00b",
        "\u202eevil",
        "a\x1cb",
        "a\tb",
        "\U000e0041x",
    ],
)
def test_control_characters_and_line_breaks_in_names_are_refused(name: str) -> None:
    reason = refused(email="a@x.example", first_name=name)
    assert "in it" in reason
    assert reason.isprintable()


def test_names_are_composed() -> None:
    assert draft(email="a@x.example", first_name="Zoe\u0308").fields["first_name"] == "Zoë"


def test_a_byte_order_mark_inside_the_file_is_dropped() -> None:
    assert draft(email="a@x.example", first_name="\ufeffBob").fields["first_name"] == "Bob"


def test_a_street_may_have_several_lines_and_an_attribute_loses_them() -> None:
    found = draft(email="a@x.example", street="Katu 1\r\nB 2", city="Turku", notes="one\ntwo")
    assert found.fields["street"] == "Katu 1\nB 2"
    assert found.attributes["notes"] == "one two"


def test_a_name_of_ten_thousand_characters_is_refused() -> None:
    assert "longer than" in refused(email="a@x.example", first_name="x" * 4000)


def test_an_age_is_a_year_of_birth_and_nobody_is_200() -> None:
    assert draft(email="a@x.example", age="50").birth_year == 1976
    assert draft(email="a@x.example", birth_year="1968-05-17").birth_year == 1968
    assert draft(email="a@x.example", birth_year="17.5.1968").birth_year == 1968
    assert "age" in refused(email="a@x.example", age="200")
    assert "birth_year" in refused(email="a@x.example", birth_year="1850")


@pytest.mark.parametrize(
    ("text", "size"),
    [("250-499", 250), ("1,000+", 1000), ("1.000", 1000), ("> 50", 50), ("10k", 10_000), ("1 000 - 4 999", 1000)],
)
def test_a_company_s_size_is_the_lower_bound(text: str, size: int) -> None:
    assert size_of(text) == size


def test_opt_outs_of_other_programs_are_taken_over() -> None:
    found = draft(email="a@x.example", **{"Email Opt Out": "1", "Do Not Call": "TRUE"})
    assert found.opted_out == ("email", "call")
    assert draft(email="a@x.example", **{"Unsubscribed from all email": ""}).opted_out == ()


@pytest.mark.parametrize("text", ["FI", "fin", "Finland", "suomi", "Suomi", "Finnland", " finland"])
def test_a_country_by_code_or_name(text: str) -> None:
    assert country_of(text.strip()) == "FI"


def test_a_us_state_is_its_code() -> None:
    assert draft(email="a@x.example", country="US", State="California").fields["region"] == "CA"


@pytest.mark.parametrize(
    ("text", "tag"), [("en_us", "en-US"), ("ZH-hant-tw", "zh-Hant-TW"), ("English (UK)", "en"), ("fil", "fil")]
)
def test_languages_are_tags(text: str, tag: str) -> None:
    assert language_of(text) == tag


def test_zones_forgive_case_and_name_near_ones() -> None:
    assert zone_name_of("europe/helsinki") == "Europe/Helsinki"
    assert zone_name_of("us_slash_eastern") == "US/Eastern"
    with pytest.raises(NotUnderstood, match="Europe/Helsinki"):
        zone_name_of("Helsinky")


def test_consent_has_a_date_and_a_basis() -> None:
    found = draft(email="a@x.example", consent="Legitimate interest", consent_at="2026-01-31")
    assert found.consent == "legitimate_interest"
    assert found.consent_at == datetime(2026, 1, 31, tzinfo=UTC)
    assert "consent" in refused(email="a@x.example", consent="perhaps")


def test_the_digest_depends_on_what_a_row_says_and_not_on_the_day() -> None:
    def digest(year: int, header: list[str], row: list[str]) -> str:
        return RowChecker(columns_of(header, file="x"), Defaults(country="FI", year=year)).digests.of(row)

    one = digest(2026, ["email", "age"], ["a@x.example", "50"])
    assert one == digest(2027, ["email", "age"], ["a@x.example", "50"])
    assert one != digest(2026, ["email", "age"], ["a@x.example", "51"])


def test_short_rows_are_filled_and_long_ones_refused() -> None:
    checker = RowChecker(columns_of(["email", "name"], file="x"), DEFAULTS)
    assert checker.fitted(["a"]) == ["a", ""]
    assert checker.fitted(["a", "b", "", ""]) == ["a", "b"]
    assert checker.fitted(["a", "b", "c"]) is None


@given(st.lists(st.text(max_size=40), min_size=5, max_size=5))
def test_whatever_a_row_holds_it_is_a_draft_or_a_reason(cells: list[str]) -> None:
    checker = RowChecker(columns_of(["email", "phone", "first_name", "timezone", "note"], file="x"), DEFAULTS)
    found = checker.check(2, cells)
    if isinstance(found, LeadDraft):
        assert all(text.isprintable() or not any(ord(char) < 32 for char in text) for text in found.fields.values())
    else:
        assert found.reason


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Aino@Kahvila.Example", "aino@kahvila.example"),
        ("a+b.c@x.test", "a+b.c@x.test"),
        ("x@bücher.example", "x@xn--bcher-kva.example"),
        ("пример@x.example", "пример@x.example"),
        ("o'neill@x.invalid", "o'neill@x.invalid"),
    ],
)
def test_mailboxes_that_exist(text: str, address: str) -> None:
    assert mailbox_of(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "", "@", "a", "a@", "@x.example", "a@b@c.example", "a b@x.example", "a@x", "a@x..example", "a@-x.example",
        ".a@x.example", "a.@x.example", "a..b@x.example", "a@[127.0.0.1]", "a@127.0.0.1", "a@x.test, b@x.test",
        "<a@x.test>", '"a b"@x.test', "a(c)@x.test", "a@x.example\r\nRCPT TO:<v@x.test>", f"{'l' * 65}@x.test",
        f"a@{'d' * 64}.test", f"a@{'d.' * 130}test",
    ],
)  # fmt: skip
def test_what_is_no_mailbox_says_why(text: str) -> None:
    with pytest.raises(BadMailbox):
        mailbox_of(text)


@given(st.emails())
def test_every_plain_address_is_taken_and_stays_the_same_the_second_time(text: str) -> None:
    try:
        once = mailbox_of(text)
    except BadMailbox:
        return
    assert mailbox_of(once) == once
