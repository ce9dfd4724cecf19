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


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("id:abc002 sub:001 dlvrd:000 submit date:2611222105 done date:2611222106 stat:UNDELIV err:001 text:Hello Liisa", "UNDELIV, error 001"),
        ("id:7 sub:001 dlvrd:001 submit date:2611222105 done date:2611222106 stat:DELIVRD err:000 text:", "DELIVRD"),
        ("id:7 stat:EXPIRED Text:stat:DELIVRD", "EXPIRED"),
        ("NACK/0x0000000b/Invalid Destination Address", "NACK/0x0000000b/Invalid Destination Address"),
        ("", ""),
    ],
)  # fmt: skip
def test_of_a_receipt_the_state_and_the_error_are_told_and_not_what_we_wrote(reply: str, words: str) -> None:
    assert kannel.delivery_report({**REPORT, "reply": reply}, key="t1", at=NOW).text == words


@pytest.mark.parametrize(
    "time", ["1970-01-01 00:00:00", "0001-01-01 00:00:00", "0000000001", "2026-13-01", "9999999999999"]
)
def test_a_time_of_a_clock_that_was_never_set_is_the_time_of_arrival(time: str) -> None:
    assert kannel.inbound_sms({**MESSAGE, "time": time}, at=NOW).at == NOW


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
