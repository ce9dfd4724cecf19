"""Columns by their names, as people and other programs write them."""

import pytest

from touches.errors import FileError
from touches.people.headers import attribute_name, columns_of

HUBSPOT = [
    "Record ID", "First Name", "Last Name", "Email", "Phone Number", "Mobile Phone Number", "Contact owner",
    "Company Name", "Associated Company", "Number of Employees", "Street Address", "City", "State/Region",
    "Postal Code", "Country/Region", "Time Zone", "Preferred language", "Lifecycle Stage",
    "Unsubscribed from all email",
    "Create Date",
]  # fmt: skip
SALESFORCE = [
    "Contact ID", "First Name", "Last Name", "Title", "Account Name", "Mailing Street", "Mailing City",
    "Mailing State/Province", "Mailing Zip/Postal Code", "Mailing Country", "Phone", "Mobile", "Fax", "Email",
    "Lead Source", "Birthdate", "Email Opt Out", "Do Not Call", "Contact Owner",
]  # fmt: skip
PIPEDRIVE = [
    "Person - ID", "Person - Name", "Person - Organization", "Person - Email - Work", "Person - Email - Home",
    "Person - Email - Other", "Person - Phone - Work", "Person - Phone - Home", "Person - Phone - Mobile",
    "Person - Owner", "Person - Label",
]  # fmt: skip


def test_the_design_s_own_names_are_fields() -> None:
    names = [
        "external_id", "email", "phone", "first_name", "last_name", "name", "company", "company_size", "birth_year",
        "age", "country", "timezone", "language", "segment", "owner", "street", "postal_code", "city",
        "preferred_channel", "consent", "source",
    ]  # fmt: skip
    columns = columns_of(names, file="leads.csv")
    assert set(columns.fields) == set(names)
    assert not columns.attributes


@pytest.mark.parametrize(
    ("header", "expected", "left"),
    [
        (HUBSPOT, {"external_id", "company", "mobile", "region", "email_opt_out", "owner"}, 3),
        (SALESFORCE, {"external_id", "company", "street", "postal_code", "no_calls", "fax", "birth_year"}, 1),
        (
            [name.removeprefix("Person - ") for name in PIPEDRIVE],
            {"external_id", "name", "email", "email_2", "email_3", "phone", "mobile", "owner"},
            1,
        ),
        (PIPEDRIVE, {"external_id", "name", "email", "email_2", "email_3", "phone", "mobile", "owner"}, 1),
    ],
)
def test_exports_of_other_programs_are_understood(header: list[str], expected: set[str], left: int) -> None:
    columns = columns_of(header, file="export.csv")
    assert expected <= set(columns.fields)
    assert len(columns.attributes) == left


@pytest.mark.parametrize("name", [" Email ", "E-MAIL", "e_mail", "\ufeffemail", "E.Mail", "Sähköposti"])
def test_case_and_marks_do_not_matter(name: str) -> None:
    assert columns_of([name], file="x").fields == {"email": 0}


def test_every_other_column_is_an_attribute_that_a_template_can_name() -> None:
    columns = columns_of(["email", "Favourite colour!", "2nd Visit", "class", "Väri", ""], file="x")
    assert set(columns.attributes) == {"favourite_colour", "n2nd_visit", "class_", "väri", "column_6"}
    assert all(name.isidentifier() for name in columns.attributes)


def test_two_columns_of_one_meaning_are_an_error_that_names_both() -> None:
    with pytest.raises(FileError, match=r'columns 1 \("Email"\) and 3 \("E-mail"\) both mean the field "email"'):
        columns_of(["Email", "name", "E-mail"], file="leads.csv")
    with pytest.raises(FileError, match="attribute"):
        columns_of(["email", "Colour", "colour"], file="leads.csv")


def test_a_list_about_nobody_says_what_it_found_and_what_was_meant() -> None:
    with pytest.raises(FileError, match="expected external_id, email or phone") as caught:
        columns_of(["e-mial", "colour"], file="leads.csv")
    assert '"e-mial"' in caught.value.message
    assert '"email"' in caught.value.hint


def test_the_file_of_refused_rows_can_be_mended_and_imported() -> None:
    columns = columns_of(["line", "reason", "email", "colour"], file="leads.rejected.csv")
    assert columns.fields == {"email": 2}
    assert columns.attributes == {"colour": 3}


def test_a_name_of_marks_alone_is_no_attribute() -> None:
    assert attribute_name("!!!") == ""
