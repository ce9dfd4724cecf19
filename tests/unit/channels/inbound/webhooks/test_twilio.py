"""Twilio's callbacks: only what Twilio signed for our own address is read, and the same event has the same id."""
# ruff: noqa: E501 - tables keep their lines

import hashlib
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.inbound.errors import SignatureError, WebhookError
from channels.inbound.webhooks import twilio
from channels.inbound.webhooks.values import Status
from tests.unit.channels.inbound.letters import NOW

URL = "https://touch.kahvila.example/sms/twilio?k=abc"
SECRET = "12345"
FIELDS = [("MessageSid", "SM1"), ("MessageStatus", "delivered"), ("To", "+358401234567")]


def _check(fields: list[tuple[str, str]], *, signature: str, url: str = URL, body: bytes = b"") -> twilio.Params:
    return twilio.check_signature([SECRET], signature, url=url, body=body or urlencode(fields).encode())


def test_the_signature_is_the_one_of_the_documented_example() -> None:
    """The worked example of Twilio's security documentation."""
    params = [("CallSid", "CA1234567890ABCDE"), ("Caller", "+14158675310"), ("Digits", "1234"), ("From", "+14158675310"), ("To", "+18005551212")]  # fmt: skip
    signature = twilio.sign("12345", url="https://example.com/myapp.php?foo=1&bar=2", params=params)
    assert signature == "L/OH5YylLD5NRKLltdqwSvS0BnU="


def test_a_signed_form_is_read_in_any_order() -> None:
    signature = twilio.sign(SECRET, url=URL, params=FIELDS)
    assert dict(_check(FIELDS[::-1], signature=signature)) == dict(FIELDS)


@pytest.mark.parametrize("signature", ["", "x", "L/OH5YylLD5NRKLltdqwSvS0BnU=", "é"])
def test_a_wrong_signature_is_refused(signature: str) -> None:
    with pytest.raises(SignatureError):
        _check(FIELDS, signature=signature)


@pytest.mark.parametrize(
    "url", [URL.replace("https", "http"), URL.replace(".example/", ".example:443/"), URL + "/", URL.upper()]
)
def test_a_signature_for_another_address_is_refused(url: str) -> None:
    with pytest.raises(SignatureError):
        _check(FIELDS, signature=twilio.sign(SECRET, url=url, params=FIELDS))


@pytest.mark.parametrize(
    "changed", [[*FIELDS, ("Extra", "1")], [*FIELDS, ("To", "+1")], FIELDS[:-1], [("MessageSid", "SM2"), *FIELDS[1:]]]
)
def test_a_changed_form_is_refused(changed: list[tuple[str, str]]) -> None:
    with pytest.raises(SignatureError):
        _check(changed, signature=twilio.sign(SECRET, url=URL, params=FIELDS))


def test_an_older_secret_still_counts_while_it_is_listed() -> None:
    signature = twilio.sign("old", url=URL, params=FIELDS)
    assert twilio.check_signature(["new", "old"], signature, url=URL, body=urlencode(FIELDS).encode())


def test_a_json_body_is_covered_by_its_hash() -> None:
    body = b'{"a": 1}'
    url = f"{URL}&bodySHA256={hashlib.sha256(body).hexdigest()}"
    signature = twilio.sign(SECRET, url=url)
    assert twilio.check_signature([SECRET], signature, url=url, body=body, json=True) == ()
    with pytest.raises(SignatureError, match="bodySHA256"):
        twilio.check_signature([SECRET], signature, url=url, body=body + b" ", json=True)


@pytest.mark.parametrize("body", [b"\xff=1", b"a=1&" * 500, b"x" * (2 * 1024 * 1024)], ids=["bytes", "fields", "size"])
def test_a_body_that_is_no_form_is_an_error_of_ours(body: bytes) -> None:
    with pytest.raises(WebhookError):
        twilio.read_form(body)


@pytest.mark.parametrize(
    ("said", "status"),
    [("queued", Status.QUEUED), ("sent", Status.SENT), ("delivered", Status.DELIVERED), ("undelivered", Status.UNDELIVERED),
     ("failed", Status.FAILED), ("read", Status.READ), ("teleported", Status.UNKNOWN)],
)  # fmt: skip
def test_a_report_has_a_status(said: str, status: Status) -> None:
    found = twilio.delivery_report([("MessageSid", "SM1"), ("MessageStatus", said)], key="t1", at=NOW)
    assert (found.status, found.key, found.reference, found.event_id) == (status, "t1", "SM1", f"SM1:{said}")


def test_the_error_code_is_told_and_harmless() -> None:
    fields = [
        ("MessageSid", "SM1"),
        ("MessageStatus", "failed"),
        ("ErrorCode", "30003"),
        ("ErrorMessage", "<b>x</b>\r\nBcc: y"),
    ]
    assert twilio.delivery_report(fields, key="", at=NOW).text == "30003 <b>x</b> Bcc: y"


def test_a_later_status_has_the_higher_rank() -> None:
    ranks = [
        status.rank
        for status in (Status.UNKNOWN, Status.QUEUED, Status.SENT, Status.FAILED, Status.DELIVERED, Status.READ)
    ]
    assert ranks == sorted(set(ranks))


def test_an_incoming_message_is_read() -> None:
    found = twilio.inbound_sms(
        [("MessageSid", "SM2"), ("From", "+1"), ("To", "+2"), ("Body", "STOP\x00 please\r\nAnn")], at=NOW
    )
    assert (found.event_id, found.sender, found.to, found.text) == ("SM2", "+1", "+2", "STOP please\nAnn")


@pytest.mark.parametrize("fields", [[], [("MessageSid", "x")], [("From", "+1"), ("Body", "x")]])
def test_a_message_without_its_fields_is_an_error_of_ours(fields: list[tuple[str, str]]) -> None:
    with pytest.raises(WebhookError):
        twilio.inbound_sms(fields, at=NOW)
    with pytest.raises(WebhookError):
        twilio.delivery_report(fields, key="", at=NOW)


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=6))
def test_what_is_signed_is_read_back(fields: list[tuple[str, str]]) -> None:
    body = urlencode(fields).encode()
    signature = twilio.sign(SECRET, url=URL, params=twilio.read_form(body))
    assert twilio.check_signature([SECRET], signature, url=URL, body=body) == twilio.read_form(body)
