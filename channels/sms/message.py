"""The frozen form of an SMS: what `prepare` stores and every attempt reads back, the same for all
providers."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime

from channels.errors import UnsendableError
from channels.protocol import Outgoing, Prepared
from channels.sms.segments import Encoding, segments

E164 = re.compile(r"\+[1-9][0-9]{6,14}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SmsMessage:
    """`valid_for` is in minutes from the hand-over (0: as long as the provider keeps it)."""

    text: str
    encoding: Encoding
    sender: str
    valid_for: int = 0


def frozen(message: SmsMessage, outgoing: Outgoing, *, max_parts: int) -> Prepared:
    """Check and serialise. Raises UnsendableError("bad phone number", "text too long", "empty text")."""
    if not E164.fullmatch(outgoing.recipient.address):
        raise UnsendableError("bad phone number", "an SMS needs an E.164 number such as +358401234567")
    counted = segments(message.text)
    if not message.text.strip():
        raise UnsendableError("empty text", "nothing would be said")
    if counted.parts > max_parts:
        raise UnsendableError("text too long", _too_long(counted.parts, max_parts, counted.offenders))
    payload = json.dumps(asdict(message), ensure_ascii=False, sort_keys=True).encode("utf-8")
    return Prepared(
        key=outgoing.key,
        channel=outgoing.channel,
        address=outgoing.recipient.address,
        return_path="",
        payload=payload,
        digest=hashlib.blake2b(payload).hexdigest(),
        parts=counted.parts,
    )


def thawed(payload: bytes) -> SmsMessage:
    """The message as `frozen` wrote it."""
    fields = json.loads(payload)
    return SmsMessage(**{**fields, "encoding": Encoding(fields["encoding"])})


def minutes_valid(now: datetime, until: datetime | None) -> int:
    """Whole minutes between two instants, at least one; 0 when there is no end."""
    if until is None:
        return 0
    return max(1, int((until - now).total_seconds() // 60))


def _too_long(parts: int, most: int, offenders: tuple[str, ...]) -> str:
    because = f"; {' '.join(offenders[:10])} allow only 67 characters a part" if offenders else ""
    return f"{parts} parts, at most {most}{because}: shorten the text or raise channels.sms.max_parts"
