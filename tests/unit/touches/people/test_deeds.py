"""One row of a list of activities."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touches.errors import FileError
from touches.people.deeds import BadDeed, Deed, DeedRules, amount_of, check_deed, deed_columns, instant_of, kind_of
from touches.people.draft import Rejection

RULES = DeedRules(zone="Europe/Helsinki", country="FI", now=datetime(2026, 11, 22, tzinfo=UTC))


def test_columns_go_by_their_usual_names() -> None:
    columns = deed_columns(["Customer", "Type", "Order date", "Total"], file="a.csv")
    assert (columns.who, columns.kind, columns.at, columns.amount) == ((("lead", 0),), 1, 2, 3)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(FileError, match=r'no column "lead", "kind" or "at"; found "colour"'):
        deed_columns(["colour"], file="a.csv")
    assert deed_columns(["email", "date"], file="a.csv", kind="visit").kind is None


def test_a_row_is_understood() -> None:
    columns = deed_columns(["lead", "kind", "at", "amount"], file="a.csv")
    found = check_deed(2, ["c1", "Order", "2026-11-02 10:00", "12,50 €"], columns, RULES)
    assert isinstance(found, Deed)
    assert (found.keys, found.kind, found.amount) == (("c1",), "purchase", Decimal("12.50"))
    assert found.at == datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


def test_a_lead_may_be_named_by_id_mailbox_or_phone() -> None:
    columns = deed_columns(["lead", "kind", "at"], file="a.csv")
    for text, point in (("A@X.example", ("email", "a@x.example")), ("040 123 4567", ("phone", "+358401234567"))):
        found = check_deed(2, [text, "visit", "2026-11-02"], columns, RULES)
        assert isinstance(found, Deed)
        assert found.points == (point,)


def test_the_future_and_ambiguous_dates_are_refused() -> None:
    columns = deed_columns(["lead", "kind", "at"], file="a.csv")
    for text in ("2027-11-24", "11/02/2026", "yesterday", ""):
        assert isinstance(check_deed(2, ["c1", "visit", text], columns, RULES), Rejection)


def test_a_time_without_an_offset_is_ours_and_one_that_does_not_exist_is_the_first_after_the_gap() -> None:
    assert instant_of("2026-11-02T10:00+05:00", "Europe/Helsinki") == datetime(2026, 11, 2, 5, 0, tzinfo=UTC)
    assert instant_of("2.11.2026 10:00", "Europe/Helsinki") == datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
    assert instant_of("2026-03-29 03:30", "Europe/Helsinki") == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12.50", "12.50"), ("12,50", "12.50"), ("1.234,56", "1234.56"), ("1,234.56", "1234.56"), ("0", "0.00"),
        ("1 234,50", "1234.50"), ("1,234", "1234.00"), ("€12", "12.00"), ("USD 12.5", "12.50"), ("-5,00", "-5.00"),
        ("12.567,8", "12567.80"),
    ],
)  # fmt: skip
def test_amounts_as_people_write_them(text: str, amount: str) -> None:
    assert amount_of(text) == Decimal(amount)


@given(st.decimals(-(10**9), 10**9, places=2))
def test_amounts_are_read_back(amount: Decimal) -> None:
    assert amount_of(f"{amount:.2f}") == amount
    assert amount_of(f"{amount:,.2f}") == amount


@pytest.mark.parametrize("text", ["", "many", "1e400", "9" * 20])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadDeed):
        amount_of(text)


def test_kinds_are_single_words() -> None:
    assert kind_of("Store Visit") == "store_visit"
    with pytest.raises(BadDeed):
        kind_of("käynti!")
