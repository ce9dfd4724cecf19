"""The address for delivery reports: signed, so that nobody can guess one."""

from channels.settings import Secret
from channels.sms.callbacks import Callbacks

OURS = Callbacks(base="https://touch.example/", secret=Secret("k1"))


def test_without_a_public_address_no_reports_are_asked_for() -> None:
    assert Callbacks(base="", secret=Secret("k")).url("kannel", "touch-1") == ""


def test_a_key_with_signs_of_an_address_stays_one_field() -> None:
    assert OURS.url("twilio", "a&b=c").startswith("https://touch.example/sms/status/twilio?key=a%26b%3Dc&token=")


def test_a_key_that_is_signed_itself_needs_no_token() -> None:
    url = Callbacks(base="https://touch.example", secret=Secret()).url("kannel", "taa-bb")
    assert url == "https://touch.example/sms/status/kannel?key=taa-bb"


def test_a_token_belongs_to_one_key_and_one_secret() -> None:
    token = OURS.token("touch-1")
    assert OURS.known("touch-1", token)
    assert not OURS.known("touch-2", token)
    assert not OURS.known("touch-1", token[:-1])
    assert not OURS.known("touch-1", "ü")
    assert not Callbacks(base="", secret=Secret("k2")).known("touch-1", token)
