"""Standard Webhooks: the raw body, one of several keys, and five minutes."""
# ruff: noqa: E501 - tables keep their lines

import base64
from datetime import timedelta

import pytest

from channels.inbound.errors import SignatureError
from channels.inbound.webhooks import standard
from tests.unit.channels.inbound.letters import NOW

SECRET = "whsec_" + base64.b64encode(b"a key of some length").decode()
BODY = b'{"type": "message.delivered"}'
STAMP = str(int(NOW.timestamp()))


def _headers(**changed: str) -> dict[str, str]:
    given = {"webhook-id": "msg_1", "webhook-timestamp": STAMP}
    given["webhook-signature"] = standard.sign(SECRET, message_id="msg_1", timestamp=STAMP, body=BODY)
    return {**given, **{name.replace("_", "-"): value for name, value in changed.items()}}


def test_the_signature_is_the_one_of_the_specification() -> None:
    """The example of the specification's reference libraries."""
    signature = standard.sign(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", message_id="msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp="1614265330",
        body=b'{"test": 2432232314}',
    )  # fmt: skip
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_signed_callback_gives_its_id() -> None:
    assert standard.check_signature([SECRET], _headers(), BODY, now=NOW) == "msg_1"


def test_any_of_several_keys_and_signatures_will_do() -> None:
    headers = _headers(webhook_signature="v1,AAAA v1a,BBBB " + _headers()["webhook-signature"])
    assert standard.check_signature(["other", SECRET], headers, BODY, now=NOW) == "msg_1"


@pytest.mark.parametrize("shift", [timedelta(minutes=-4), timedelta(minutes=4)])
def test_four_minutes_are_tolerated(shift: timedelta) -> None:
    assert standard.check_signature([SECRET], _headers(), BODY, now=NOW + shift)


@pytest.mark.parametrize("shift", [timedelta(minutes=-6), timedelta(minutes=6)])
def test_six_minutes_are_not(shift: timedelta) -> None:
    with pytest.raises(SignatureError, match="five minutes"):
        standard.check_signature([SECRET], _headers(), BODY, now=NOW + shift)


@pytest.mark.parametrize(
    "changed",
    [{"webhook_id": ""}, {"webhook_id": "msg_2"}, {"webhook_id": "a.b"}, {"webhook_timestamp": ""}, {"webhook_timestamp": "soon"},
     {"webhook_timestamp": "9" * 30}, {"webhook_signature": ""}, {"webhook_signature": "v1,é"}, {"webhook_signature": "v1,AAAA"}],
)  # fmt: skip
def test_a_changed_header_is_refused(changed: dict[str, str]) -> None:
    with pytest.raises(SignatureError):
        standard.check_signature([SECRET], _headers(**changed), BODY, now=NOW)


def test_a_changed_body_is_refused() -> None:
    with pytest.raises(SignatureError):
        standard.check_signature([SECRET], _headers(), BODY + b" ", now=NOW)
