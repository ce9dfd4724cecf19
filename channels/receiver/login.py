"""The dialogue of AUTH PLAIN and AUTH LOGIN (RFC 4954), a step for each line. Pure."""

import base64
import binascii
from collections.abc import Mapping


class Login:
    """One attempt. `reply` is what to answer next; `account` is set once it succeeded; `open` while lines are due."""

    def __init__(self, accounts: Mapping[str, str], command: str) -> None:
        self._accounts = accounts
        self._user = ""
        self.account = ""
        self.open = True
        method, _, initial = command.partition(" ")
        self._method = method.upper()
        if self._method not in {"PLAIN", "LOGIN"} or not accounts:
            self.open, self.reply = False, "504 5.5.4 Method not known"
        elif initial:
            self.take(initial)
        else:
            self.reply = "334 " if self._method == "PLAIN" else "334 VXNlcm5hbWU6"

    def take(self, line: str) -> None:
        """The next line of the client."""
        text = _decoded(line)
        if self._method == "PLAIN":
            _, user, password = [*text.split("\0"), "", "", ""][:3]
            self._judge(user, password)
        elif self._user:
            self._judge(self._user, text)
        else:
            self._user, self.reply = text or "?", "334 UGFzc3dvcmQ6"

    def _judge(self, user: str, password: str) -> None:
        self.open = False
        if user and self._accounts.get(user) == password:
            self.account, self.reply = user, "235 2.7.0 Authentication successful"
        else:
            self.reply = "535 5.7.8 Authentication credentials invalid"


def _decoded(line: str) -> str:
    try:
        return base64.b64decode(line, validate=True).decode("utf-8", "replace")
    except binascii.Error:
        return ""
