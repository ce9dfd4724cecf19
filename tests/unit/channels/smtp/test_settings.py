"""What the settings of the mail server may say."""

import pytest

from channels.errors import ChannelSettingsError
from channels.settings import Secret
from channels.smtp import SmtpSettings, Timeouts


@pytest.mark.parametrize(
    ("change", "setting"),
    [
        ({"host": ""}, "channels.email.host"),
        ({"host": "smtp://x"}, "channels.email.host"),
        ({"host": "a b"}, "channels.email.host"),
        ({"port": 0}, "channels.email.port"),
        ({"port": 65536}, "channels.email.port"),
        ({"security": "ssl"}, "channels.email.security"),
        ({"connections": 0}, "channels.email.connections"),
        ({"host": "mail.example", "security": "none", "username": "a"}, "channels.email.security"),
    ],
)
def test_a_wrong_setting_is_named(change: dict[str, object], setting: str) -> None:
    with pytest.raises(ChannelSettingsError) as caught:
        SmtpSettings(**change)  # type: ignore[arg-type]
    assert caught.value.setting == setting


def test_times_are_positive() -> None:
    with pytest.raises(ChannelSettingsError, match=r"channels\.email\.dot"):
        Timeouts(dot=0)


@pytest.mark.parametrize(("host", "verifies"), [("localhost", False), ("127.0.0.1", False), ("mail.example", True)])
def test_a_server_elsewhere_has_to_prove_who_it_is(*, host: str, verifies: bool) -> None:
    assert SmtpSettings(host=host).verifies is verifies
    assert SmtpSettings(host=host, verify=not verifies).verifies is not verifies


def test_a_password_is_not_shown() -> None:
    assert "canary" not in repr(SmtpSettings(username="a", password=Secret("canary")))
