"""Kannel's callbacks: a secret in the address, state bits, and one id for one event."""
# ruff: noqa: E501 - tables keep their lines

from datetime import UTC, datetime

import pytest

from channels.inbound.errors import SignatureError, WebhookError
from channels.inbound.webhooks import kannel
from channels.inbound.webhooks.values import Status
from tests.unit.channels.inbound.letters import NOW

REPORT = {"state": "8", "id": "abc", "reply": "ACK/", "at": "2026-11-22 03:04:05"}
MESSAGE = {"from": "+358401234567", "to": "67890", "text": "STOP please", "id": "77", "time": "2026-11-22 03:04:05"}


@pytest.mark.parametrize("given", ["", "wrong", "secre", "secrett", "é"])
def test_a_callback_without_our_secret_is_refused(given: str) -> None:
    kannel.check_secret("secret", "secret")
    with pytest.raises(SignatureError):
        kannel.check_secret("secret", given)


def test_no_secret_lets_nobody_in() -> None:
    with pytest.raises(SignatureError):
        kannel.check_secret("", "")


@pytest.mark.parametrize(
    ("state", "status"),
    [("1", Status.DELIVERED), ("2", Status.FAILED), ("4", Status.QUEUED), ("8", Status.SENT), ("16", Status.FAILED), ("32", Status.UNKNOWN), ("0", Status.UNKNOWN)],
)  # fmt: skip
def test_a_state_bit_is_a_status(state: str, status: Status) -> None:
    found = kannel.delivery_report({**REPORT, "state": state}, key="t1", at=NOW)
    assert (found.status, found.key, found.reference, found.text) == (status, "t1", "abc", "ACK/")
    assert found.at == datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize("state", ["", "x", "-1", "1.5", "99999", "٣"])
def test_a_state_that_is_no_number_is_an_error_of_ours(state: str) -> None:
    with pytest.raises(WebhookError):
        kannel.delivery_report({**REPORT, "state": state}, key="t1", at=NOW)


def test_a_report_that_names_nothing_is_an_error_of_ours() -> None:
    with pytest.raises(WebhookError):
        kannel.delivery_report({"state": "1"}, key="", at=NOW)


def test_the_same_event_has_the_same_id_and_another_another() -> None:
    first = kannel.delivery_report(REPORT, key="t1", at=NOW).event_id
    assert kannel.delivery_report(REPORT, key="t1", at=NOW).event_id == first
    assert kannel.delivery_report({**REPORT, "state": "1"}, key="t1", at=NOW).event_id != first
    assert kannel.delivery_report(REPORT, key="t2", at=NOW).event_id != first
    assert kannel.inbound_sms(MESSAGE, at=NOW).event_id == kannel.inbound_sms(MESSAGE, at=NOW).event_id
    assert (
        kannel.inbound_sms({**MESSAGE, "text": "START"}, at=NOW).event_id
        != kannel.inbound_sms(MESSAGE, at=NOW).event_id
    )


@pytest.mark.parametrize("written", ["", "soon", "0000", "2026-13-40 00:00:00", "9" * 40])
def test_a_time_that_is_none_is_the_arrival(written: str) -> None:
    assert kannel.inbound_sms({**MESSAGE, "time": written}, at=NOW).at == NOW


def test_seconds_are_a_time_too() -> None:
    assert kannel.delivery_report({**REPORT, "at": "1795316645"}, key="t", at=NOW).at == datetime.fromtimestamp(
        1795316645, UTC
    )


@pytest.mark.parametrize("missing", ["from", "text"])
def test_a_message_without_its_fields_is_an_error_of_ours(missing: str) -> None:
    with pytest.raises(WebhookError):
        kannel.inbound_sms({name: value for name, value in MESSAGE.items() if name != missing}, at=NOW)
