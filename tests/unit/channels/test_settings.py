"""Settings name what is wrong with them, and keep a secret."""

from pathlib import Path

import pytest

from channels.errors import ChannelSettingsError
from channels.settings import FaxSettings, LetterSettings, Secret, SmsSettings, check_web_address


def test_a_secret_shows_itself_only_when_asked() -> None:
    secret = Secret("canary")
    shown = f"{secret} {secret!r} {SmsSettings(password=secret)} {[secret]}"
    assert "canary" not in shown
    assert secret.reveal() == "canary"


def test_a_secret_equals_only_itself_and_is_false_when_empty() -> None:
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a")}) == 1
    assert not Secret()


@pytest.mark.parametrize(
    ("make", "setting"),
    [
        (lambda: SmsSettings(connections=0), "channels.sms.connections"),
        (lambda: SmsSettings(answer_timeout=0), "channels.sms.answer_timeout"),
        (lambda: SmsSettings(opt_out={"fi": "STOP"}), "channels.sms.opt_out"),
        (lambda: SmsSettings(callback_base="touch.example"), "channels.sms.callback_base"),
        (lambda: LetterSettings(spool=Path("x"), form="a5"), "channels.letter.form"),
        (lambda: LetterSettings(spool=Path("x"), printer="http://p/"), "channels.letter.printer"),
        (lambda: LetterSettings(spool=Path("x"), max_pages=0), "channels.letter.max_pages"),
        (lambda: FaxSettings(gateway="fax@fax.example"), "channels.fax.gateway"),
        (lambda: FaxSettings(gateway="{number}"), "channels.fax.gateway"),
    ],
)
def test_a_wrong_value_is_refused_under_its_name(make: object, setting: str) -> None:
    with pytest.raises(ChannelSettingsError) as refused:
        make()  # type: ignore[operator]
    assert refused.value.setting == setting


@pytest.mark.parametrize("url", ["http://localhost:1/", "http://127.0.0.1:1", "http://[::1]:1/", "https://far.example"])
def test_a_password_may_go_to_this_machine_or_over_tls(url: str) -> None:
    check_web_address("x", url, secure=True)


@pytest.mark.parametrize("url", ["http://localhost.evil.example/", "http://127.evil.example", "http://10.0.0.1/"])
def test_a_password_goes_nowhere_else_in_the_clear(url: str) -> None:
    with pytest.raises(ChannelSettingsError, match="clear"):
        check_web_address("x", url, secure=True)
