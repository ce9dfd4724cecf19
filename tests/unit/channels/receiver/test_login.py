"""The dialogue of AUTH."""

import base64

import pytest

from channels.receiver.login import Login

ACCOUNTS = {"aino": "sana"}


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def played(command: str, *lines: str) -> Login:
    login = Login(ACCOUNTS, command)
    for line in lines:
        assert login.open
        login.take(line)
    return login


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        ("PLAIN " + coded("\0aino\0sana"), []),
        ("plain", [coded("\0aino\0sana")]),
        ("LOGIN", [coded("aino"), coded("sana")]),
        ("LOGIN " + coded("aino"), [coded("sana")]),
    ],
)
def test_a_right_password_opens_the_account(command: str, lines: list[str]) -> None:
    login = played(command, *lines)
    assert (login.account, login.open, login.reply[:3]) == ("aino", False, "235")


@pytest.mark.parametrize(
    ("command", "lines", "code"),
    [
        ("PLAIN " + coded("\0aino\0no"), [], "535"),
        ("PLAIN " + coded("\0\0"), [], "535"),
        ("PLAIN !", [], "535"),
        ("LOGIN", [coded("aino"), "!"], "535"),
        ("LOGIN", ["", ""], "535"),
        ("CRAM-MD5", [], "504"),
    ],
)
def test_anything_else_does_not(command: str, lines: list[str], code: str) -> None:
    login = played(command, *lines)
    assert (login.account, login.open, login.reply[:3]) == ("", False, code)


def test_without_accounts_nobody_can_log_in() -> None:
    assert Login({}, "PLAIN " + coded("\0aino\0sana")).reply.startswith("504")
