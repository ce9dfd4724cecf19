"""Small tables within a text."""

from touches.commands.columns import columns


def test_numbers_stand_to_the_right_and_shares_are_per_cent() -> None:
    rows = [{"channel": "email", "sent": 350, "rate": 0.0514}, {"channel": "fax", "sent": 2, "rate": None}]
    assert list(columns(rows, shares={"rate"})) == [
        "channel  sent  rate",
        "email     350  5.1%",
        "fax         2",
    ]


def test_no_rows_are_no_table() -> None:
    assert list(columns([])) == []
