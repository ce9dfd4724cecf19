"""Rows side by side, and what is made of them for the database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touches.people.batch import Batch
from touches.people.company_names import named_companies
from touches.people.draft import LeadDraft
from touches.people.plain_rows import alike, lead_columns, point_columns


def draft(line: int, company: str, size: int | None) -> LeadDraft:
    return LeadDraft(line=line, external_id="", fields={}, points=[], attributes={}, company=company, company_size=size)


@pytest.mark.parametrize("bad", [0, 1, 60], ids=["none", "few", "many"])
def test_rows_that_are_not_good_leave_every_column(bad: int) -> None:
    numbers = list(range(200))
    batch = Batch(positions=numbers, columns={"line": numbers, "first_name": [str(each) for each in numbers]})
    batch.keep([each >= bad for each in numbers])
    assert list(batch.positions) == numbers[bad:]
    assert list(batch.columns["line"]) == numbers[bad:]
    assert list(batch.columns["first_name"]) == [str(each) for each in numbers[bad:]]


def test_several_verdicts_are_of_the_same_rows() -> None:
    batch = Batch(positions=[0, 1, 2], columns={"line": [2, 3, 4]})
    batch.keep_all_of([[False, True, True], (), [True, True, False]])
    assert (batch.positions, batch.columns) == ([1], {"line": [3]})


def test_what_a_copy_lets_go_of_stays_in_the_first() -> None:
    batch = Batch(positions=[0, 1], columns={"line": [2, 3]})
    batch.copy().keep([True, False])
    assert (batch.positions, batch.columns) == ([0, 1], {"line": [2, 3]})


@given(st.lists(st.sampled_from(["", "a", "b", 1]), max_size=4))
def test_a_column_of_one_value_is_that_value(column: list[object]) -> None:
    found = alike(column)
    assert found == (column[0] if len(set(column)) == 1 else column)


def test_the_last_size_of_a_company_counts_wherever_its_row_went() -> None:
    batch = Batch(
        positions=[0, 1, 2, 3],
        columns={"line": [2, 4, 6, 8], "company": ["Acme", "", "Other", "Acme"], "company_size": [10, 5, "", 30]},
    )
    drafts = [draft(3, "ACME", 20), draft(5, "Other", 7), draft(7, "Third", None)]
    assert named_companies(drafts, batch) == [
        ("Acme", None), ("ACME", None), ("ACME", 20), ("Other", None), ("Other", 7), ("Third", None), ("Acme", 30),
    ]  # fmt: skip


def test_points_have_their_kind_their_hash_and_the_proof_of_a_consent() -> None:
    batch = Batch(
        positions=[0, 1],
        columns={
            "line": [2, 3], "email": ["a@x.example", "b@x.example"], "#email": ["1", "2"],
            "phone": ["", "+358401234567"], "#phone": ["", "3"], "consent": ["", "express"],
        },
    )  # fmt: skip
    email, phone = point_columns(batch, range(7, 9), "l.csv")
    assert (email["kind"], email["lead_id"], email["consent_evidence"]) == (
        "email",
        range(7, 9),
        ["", "l.csv, line 3"],
    )
    assert phone == {
        "kind": "phone", "lead_id": [8], "address": ["+358401234567"], "address_hash": ["3"],
        "consent": ["express"], "consent_source": "", "consent_evidence": ["l.csv, line 3"],
    }  # fmt: skip


def test_a_lead_has_no_column_that_the_list_does_not_have() -> None:
    batch = Batch(positions=[0], columns={"external_id": ["c1"], "birth_year": [""], "line": [2]})
    assert lead_columns(batch, [5], [None], 9) == {
        "id": [5], "external_id": "c1", "birth_year": [None], "company_id": [None], "created_at": 9, "updated_at": 9,
    }  # fmt: skip
