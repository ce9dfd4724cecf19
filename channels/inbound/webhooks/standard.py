"""Standard Webhooks (standardwebhooks.com): HMAC-SHA256 over `id.timestamp.body`, five minutes of tolerance."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from channels.inbound.errors import SignatureError

TOLERANCE = timedelta(minutes=5)


def sign(secret: str, *, message_id: str, timestamp: str, body: bytes) -> str:
    """One `v1,…` signature. `secret` may carry the usual `whsec_` prefix of a base64 key."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(_key(secret), signed, hashlib.sha256).digest()).decode()


def check_signature(secrets: Sequence[str], headers: Mapping[str, str], body: bytes, *, now: datetime) -> str:
    """The event's id when one of `secrets` signed it less than five minutes before or after `now`; else SignatureError.

    `headers` has lower-case names. The raw body is what is signed: no parsing before this.
    """
    message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    given = headers.get("webhook-signature", "").split()[:10]
    if not message_id or len(message_id) > 200 or "." in message_id or not given:
        raise SignatureError("the callback lacks webhook-id or webhook-signature")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        raise SignatureError(f"webhook-timestamp is {timestamp[:20]!r}; expected seconds since 1970")
    if abs(now.timestamp() - int(timestamp)) > TOLERANCE.total_seconds():
        raise SignatureError("the callback is older or newer than five minutes; is the clock of this machine right?")
    expected = [sign(secret, message_id=message_id, timestamp=timestamp, body=body).encode() for secret in secrets]
    good = [hmac.compare_digest(ours, theirs.encode("utf-8", "replace")) for ours in expected for theirs in given]
    if not any(good):
        raise SignatureError("the callback is not signed with any of our keys")
    return message_id


def _key(secret: str) -> bytes:
    if not secret.startswith("whsec_"):
        return secret.encode()
    try:
        return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error as error:
        raise ValueError("a whsec_ key must be base64") from error
