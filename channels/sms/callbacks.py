"""The address under which a provider reports what became of an SMS; nobody can guess one."""

import hmac
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote

from channels.settings import Secret, SmsSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Callbacks:
    """`base` is our public address (empty: no reports). `secret` signs each key; it may be empty where the keys
    themselves are signed, as the engine's are."""

    base: str
    secret: Secret

    def url(self, provider: str, key: str) -> str:
        """`BASE/sms/status/PROVIDER?key=…` and, with a secret, `&token=…`; nothing without a base."""
        if not self.base:
            return ""
        address = f"{self.base.rstrip('/')}/sms/status/{provider}?key={quote(key, safe='')}"
        return f"{address}&token={self.token(key)}" if self.secret else address

    def token(self, key: str) -> str:
        """HMAC-SHA256 of the key, 128 bits in hex."""
        return hmac.new(self.secret.reveal().encode(), b"sms-status:" + key.encode(), sha256).hexdigest()[:32]

    def known(self, key: str, token: str) -> bool:
        """Whether `token` is ours for `key`; takes the same time either way."""
        return hmac.compare_digest(self.token(key).encode(), token.encode())


def callbacks_of(settings: SmsSettings) -> Callbacks:
    """As set up in `[channels.sms]`."""
    return Callbacks(base=settings.callback_base, secret=settings.callback_secret)
