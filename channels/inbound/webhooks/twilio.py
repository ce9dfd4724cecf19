"""Twilio's callbacks: the signature over our public URL, status reports, incoming messages.

Signature: base64 of HMAC-SHA1 over the URL and, for a form, each parameter's name and value in order of names; a JSON
body is covered by its SHA-256 in the URL's `bodySHA256`. The URL is the configured one, never the Host header.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import parse_qs, parse_qsl, urlsplit

from channels.inbound.errors import SignatureError, WebhookError
from channels.inbound.webhooks.values import DeliveryReport, InboundSms, Status, message_text, one_line

SOURCE = "twilio"
BODY_AT_MOST = 1024 * 1024
_FIELDS_AT_MOST = 200
_STATUSES = {
    "accepted": Status.QUEUED, "scheduled": Status.QUEUED, "queued": Status.QUEUED, "sending": Status.QUEUED,
    "sent": Status.SENT, "delivered": Status.DELIVERED, "undelivered": Status.UNDELIVERED, "failed": Status.FAILED,
    "canceled": Status.FAILED, "read": Status.READ,
}  # fmt: skip

Params = Sequence[tuple[str, str]]


def read_form(body: bytes) -> Params:
    """The parameters of a form body in their order, repeated ones kept. Raises WebhookError for what is no form."""
    if len(body) > BODY_AT_MOST:
        raise WebhookError(f"a callback of {len(body)} bytes; at most {BODY_AT_MOST} are read")
    try:
        return parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=_FIELDS_AT_MOST, errors="strict")
    except ValueError as error:  # UnicodeDecodeError is one
        raise WebhookError(f"the callback is no form in UTF-8: {type(error).__name__}") from error


def sign(secret: str, *, url: str, params: Params = ()) -> str:
    """The signature Twilio would send. A repeated parameter counts once for each different value, values in order."""
    whole = url + "".join(name + value for name, value in sorted(set(params)))
    return base64.b64encode(hmac.new(secret.encode(), whole.encode(), hashlib.sha1).digest()).decode()


def check_signature(secrets: Sequence[str], given: str, *, url: str, body: bytes, json: bool = False) -> Params:
    """The form's parameters (none for JSON) when one of `secrets` signed this request; else SignatureError.

    `url` is the public address as configured at Twilio, with its query. Several secrets allow for rotation.
    """
    params: Params = () if json else read_form(body)
    if json and not _body_hash_matches(url, body):
        raise SignatureError("the callback's body does not match bodySHA256 of its address")
    good = [hmac.compare_digest(sign(secret, url=url, params=params).encode(), given.encode()) for secret in secrets]
    if not any(good):
        raise SignatureError("the callback is not signed by Twilio with our token; check [web] base_url and the token")
    return params


def delivery_report(params: Params, *, key: str, at: datetime) -> DeliveryReport:
    """A status callback. `key` is our token from the callback's address, `at` the moment it arrived."""
    fields = dict(params)
    said = fields.get("MessageStatus", fields.get("SmsStatus", "")).strip().lower()
    reference = one_line(fields.get("MessageSid", fields.get("SmsSid", "")), at_most=64)
    if not said or not reference:
        raise WebhookError("a status callback without MessageSid and MessageStatus")
    reason = " ".join(part for part in (fields.get("ErrorCode", ""), fields.get("ErrorMessage", "")) if part)
    return DeliveryReport(
        source=SOURCE,
        event_id=f"{reference}:{one_line(said, at_most=40)}",
        key=key,
        reference=reference,
        status=_STATUSES.get(said, Status.UNKNOWN),
        at=at,
        text=one_line(reason or said),
    )


def inbound_sms(params: Params, *, at: datetime) -> InboundSms:
    """An incoming message. Raises WebhookError when sender, id or text field is missing."""
    fields = dict(params)
    reference = one_line(fields.get("MessageSid", fields.get("SmsMessageSid", "")), at_most=64)
    if not reference or not fields.get("From") or "Body" not in fields:
        raise WebhookError("an incoming message without MessageSid, From and Body")
    return InboundSms(
        source=SOURCE,
        event_id=reference,
        sender=one_line(fields["From"], at_most=64),
        to=one_line(fields.get("To", ""), at_most=64),
        text=message_text(fields["Body"]),
        at=at,
    )


def _body_hash_matches(url: str, body: bytes) -> bool:
    asked = parse_qs(urlsplit(url).query).get("bodySHA256", [""])[0].lower()
    return hmac.compare_digest(hashlib.sha256(body).hexdigest().encode(), asked.encode())
