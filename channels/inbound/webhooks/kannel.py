"""Kannel's callbacks: it signs nothing, so the secret is the token in the address that we gave it ourselves.

Delivery reports come by GET with `%d` (state bits), `%F` (the SMSC's id), `%A` (its answer), `%T` or `%t` (time).
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from channels.inbound.errors import SignatureError, WebhookError
from channels.inbound.webhooks.values import DeliveryReport, InboundSms, Status, message_text, one_line

SOURCE = "kannel"
_CHARSETS = {"UTF-16BE": "utf-16-be", "ISO-8859-1": "latin-1", "WINDOWS-1252": "cp1252"}
_FIRST_YEAR = 2000  # of a message: a clock that was never set says 1970
# SMPP 3.4, appendix B: "id:… sub:… dlvrd:… submit date:… done date:… stat:UNDELIV err:001 text:…"
_RECEIPT = re.compile(r"\bstat:(?P<stat>\w+)(?:\s+err:(?P<error>\w+))?", re.IGNORECASE)
# Kannel's user guide, "dlr-mask": one bit a report.
_STATES = {1: Status.DELIVERED, 2: Status.FAILED, 4: Status.QUEUED, 8: Status.SENT, 16: Status.FAILED}


def check_secret(secret: str, given: str) -> None:
    """Constant-time comparison of the secret in the callback's address; SignatureError when it is not ours."""
    if not secret or not hmac.compare_digest(secret.encode(), given.encode("utf-8", "surrogatepass")):
        raise SignatureError("the callback does not carry the secret of the address that Kannel was given")


def delivery_report(fields: Mapping[str, str], *, key: str, at: datetime) -> DeliveryReport:
    """A report from the query's fields `state`, `id`, `reply`, `at`. `key` is our token, already verified."""
    state = _number(fields.get("state", ""))
    if state is None:
        raise WebhookError(f"a delivery report with state {one_line(fields.get('state', ''), at_most=20)!r}; "
                           "expected a number of the bits 1, 2, 4, 8, 16")  # fmt: skip
    reference = one_line(fields.get("id", ""), at_most=64)
    if not key and not reference:
        raise WebhookError("a delivery report that names no message")
    return DeliveryReport(
        source=SOURCE,
        event_id=_event_id("dlr", key, reference, str(state)),
        key=key,
        reference=reference,
        status=_STATES.get(state, Status.UNKNOWN),
        at=_moment(fields.get("at", "")) or at,
        text=operator_words(one_line(fields.get("reply", ""))),
    )


def operator_words(reply: str) -> str:
    """What the operator says became of a message. Of an SMPP receipt its state and error: the rest are names and times
    that are known, and the beginning of what we wrote to somebody."""
    receipt = _RECEIPT.search(reply)
    if receipt is None:
        return reply
    error = receipt["error"] or ""
    return f"{receipt['stat']}, error {error}" if error.strip("0") else receipt["stat"]


def inbound_fields(query: str) -> dict[str, str]:
    """The fields of an incoming message's query string, `text` in the charset that Kannel names (`%C`, `%c`).

    Kannel hands on the bytes it has: UCS-2 as UTF-16BE, or what `mo-recode` made of it. Without a charset: UTF-8.
    """
    raw = dict(parse_qsl(query, keep_blank_values=True, encoding="latin-1"))
    named = "UTF-16BE" if raw.get("coding") == "2" and not raw.get("charset") else raw.get("charset", "")
    charset = _CHARSETS.get(named.upper(), "utf-8")
    return {
        name: value.encode("latin-1").decode(charset if name == "text" else "utf-8", "replace")
        for name, value in raw.items()
    }


def inbound_sms(fields: Mapping[str, str], *, at: datetime) -> InboundSms:
    """An incoming message from the fields `from`, `to`, `text`, `id`, `time`. The id names the event; without one (or
    without a unique one, as some SMSCs do it) sender, time and text name it."""
    sender = one_line(fields.get("from", ""), at_most=64)
    if not sender or "text" not in fields:
        raise WebhookError("an incoming message without from and text")
    text = message_text(fields["text"])
    return InboundSms(
        source=SOURCE,
        event_id=_event_id("mo", fields.get("id", ""), sender, fields.get("time", ""), text),
        sender=sender,
        to=one_line(fields.get("to", ""), at_most=64),
        text=text,
        at=_moment(fields.get("time", "")) or at,
    )


def _event_id(*parts: str) -> str:
    """The same callback gives the same id; lengths keep neighbouring parts apart."""
    whole = "".join(f"{len(part)}:{part}" for part in parts).encode("utf-8", "surrogatepass")
    return f"{parts[0]}-{hashlib.blake2b(whole, digest_size=16).hexdigest()}"


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def _moment(text: str) -> datetime | None:
    """`%t` is "2026-11-22 03:04:05" in UTC, `%T` seconds since 1970; anything else, and what is before
    there was a Kannel, is no time."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) == 10:
        moment = datetime.fromtimestamp(int(text), UTC)
    else:
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return None
    if moment.year < _FIRST_YEAR:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
