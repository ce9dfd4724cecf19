"""Texts of the settings as values, and what is said of those that mean nothing."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from touches.settings import values


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (values.elapsed, "20 hours", timedelta(hours=20)),
        (values.elapsed, "1 week", timedelta(days=7)),
        (values.byte_count, "200 MB", 200_000_000),
        (values.byte_count, "2gb", 2_000_000_000),
        (values.date_range, "2027-07-01..2027-07-28", values.DateRange(date(2027, 7, 1), date(2027, 7, 28))),
        (values.date_range, "2027-07-01", values.DateRange(date(2027, 7, 1), date(2027, 7, 1))),
        (values.warm_up, "50 per day, doubling weekly", values.WarmUp(50, 7)),
        (values.warm_up, "50 per day, doubling every 3 days", values.WarmUp(50, 3)),
        (values.warm_up, "", None),
        (values.zone_name, "Europe/Helsinki", "Europe/Helsinki"),
        (values.country_code, "fi", "FI"),
        (values.mailbox, "aino@kahvila.example", "aino@kahvila.example"),
        (values.mailbox, "ääni@kahvila.example", "ääni@kahvila.example"),
        (values.web_address, "https://touch.example/", "https://touch.example"),
        (values.listening_address, "[::1]:8080", "[::1]:8080"),
        (values.database_url, "postgres://h/n", "postgresql+psycopg://h/n"),
    ],
)
def test_a_text_is_read(read: Callable[[str], object], text: str, value: object) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text", "advice"),
    [
        (values.elapsed, "soon", "20 hours"),
        (values.elapsed, "3 months", "20 hours"),
        (values.byte_count, "much", "200 MB"),
        (values.date_range, "2026-02-30", "2026-12-24"),
        (values.date_range, "2027-02-01..2027-01-01", "the earlier day first"),
        (values.warm_up, "0 per day", "50 per day"),
        (values.zone_name, "Europe/Helsinky", 'Did you mean "Europe/Helsinki"?'),
        (values.zone_name, "helsinki", 'Did you mean "Europe/Helsinki"?'),
        (values.zone_name, "../../etc/passwd", "expected a time zone"),
        (values.country_code, "UK", 'Did you mean "GB"?'),
        (values.country_code, "Finland", "two letters"),
        (values.mailbox, "Aino <aino@kahvila.example>", "one mail address"),
        (values.mailbox, "a@b\nBcc: v@x.test", "one mail address"),
        (values.web_address, "touch.example", "https://touch.example"),
        (values.web_address, "javascript:alert(1)", "https://touch.example"),
        (values.listening_address, "8080", "127.0.0.1:8080"),
        (values.database_url, "mysql://root:hunter2@h/n", "sqlite:///touches.db"),
        (values.database_url, "sqlite:///:memory:", "sqlite:///touches.db"),
    ],
)
def test_a_text_that_means_nothing_is_refused_with_advice(
    read: Callable[[str], object], text: str, advice: str
) -> None:
    with pytest.raises(ValueError) as caught:
        read(text)
    assert advice in str(caught.value)


def test_a_database_address_is_not_repeated_with_its_password() -> None:
    with pytest.raises(ValueError) as caught:
        values.database_url("mysql://root:hunter2@h/n")
    assert "hunter2" not in str(caught.value)


def test_a_ramp_doubles_by_the_week() -> None:
    ramp = values.WarmUp(50, 7)
    assert [ramp.ceiling(days) for days in (0, 6, 7, 14)] == [50, 50, 100, 200]
    assert values.WarmUp(50, 0).ceiling(1000) == 50
