"""The address under which a provider reports what became of an SMS, with a token that nobody can guess."""

import hmac
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

from channels.settings import Secret, SmsSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Callbacks:
    """`base` is our public address (empty: no reports); `secret` signs each key."""

    base: str
    secret: Secret

    def url(self, provider: str, key: str) -> str:
        """`BASE/sms/status/PROVIDER?key=…&token=…`, or nothing."""
        if not self.base:
            return ""
        return f"{self.base.rstrip('/')}/sms/status/{provider}?key={quote(key, safe='')}&token={self.token(key)}"

    def token(self, key: str) -> str:
        """HMAC-SHA256 of the key, 128 bits in hex."""
        return hmac.new(self.secret.reveal().encode(), b"sms-status:" + key.encode(), sha256).hexdigest()[:32]

    def known(self, key: str, token: str) -> bool:
        """Whether `token` is ours for `key`; takes the same time either way."""
        return hmac.compare_digest(self.token(key).encode(), token.encode())


def callbacks_of(settings: SmsSettings) -> Callbacks:
    """As set up in `[channels.sms]`."""
    return Callbacks(base=settings.callback_base, secret=settings.callback_secret)
