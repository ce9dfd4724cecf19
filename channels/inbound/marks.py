"""Our own marks in a mail: tokens in addresses, our Message-IDs, our loop header. Candidates; the engine verifies."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from channels.inbound.letter import Letter
from channels.inbound.values import OurMarks

_ARRIVAL = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "x-rcpt-to")
_ADDRESSED = ("to", "cc", "apparently-to", "resent-to", *_ARRIVAL)
_ADDRESS = re.compile(r"[^\s<>()\",;:\[\]，。；：、（）]{1,250}@[^\s<>()\",;:\[\]@，。；：、（）]{1,250}")
_BRACKETED = re.compile(r"<\s*([^<>\s]{1,250}@[^<>\s@]{1,250})\s*>")
_DISPLAY_NAME = re.compile(r'"[^"\n]{0,200}"(?=\s{0,10}<)')
_IDS = re.compile(r"<([^<>\s]{1,400})>")
_ORIGINAL_FIELD = re.compile(
    r"^(?:message-id|return-path|reply-to|from|list-unsubscribe|original-mail-from|original-envelope-id"
    r"|x-hmxmroriginalrecipient)\s*:(.*)$",
    re.MULTILINE | re.IGNORECASE,
)
_SCAN = 256 * 1024  # characters searched for marks
HOPS = 100  # more Received lines than any honest way has (Postfix stops at 50)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What of ours a mail carries; first is surest."""

    recipients: tuple[str, ...]
    tokens: tuple[str, ...]
    references: tuple[str, ...]
    in_reply_to: tuple[str, ...]
    to_unsubscribe: bool


def find_marks(letter: Letter, ours: OurMarks) -> Marks:
    """Look in the addresses it was sent to, in thread headers, in returned originals, then in the whole text."""
    recipients = _unique(address for value in letter.all_headers(*_ADDRESSED) for address in addresses(value))
    thread = _unique(_IDS.findall(" ".join(letter.all_headers("in-reply-to"))) +
                     _IDS.findall(" ".join(letter.all_headers("references")))[::-1])  # fmt: skip
    originals = "\n".join(_ORIGINAL_FIELD.findall(letter.originals[:_SCAN]))
    everywhere = letter.originals[:_SCAN] + "\n" + letter.body[:_SCAN]
    tokens = [token for text in (" ".join(recipients), originals, everywhere) for token in _tokens(text, ours)]
    quoted = [found for text in (originals, everywhere) for found in _IDS.findall(text)]
    return Marks(
        recipients=recipients,
        tokens=_unique(tokens),
        references=_unique(found for found in (*thread, *quoted) if is_our_message_id(found, ours)),
        in_reply_to=thread,
        to_unsubscribe=any(_without_token(address) in ours.unsubscribe for address in recipients),
    )


def loop_reason(letter: Letter, ours: OurMarks) -> str:
    """Why this mail is our own (or another engine's) come back, empty when it is not."""
    if ours.loop_header and letter.has(ours.loop_header):
        return f"loop: header {ours.loop_header}"
    if any(is_our_message_id(found, ours) for found in _IDS.findall(letter.header("message-id"))):
        return "loop: our own message-id"
    if len(letter.all_headers("received")) > HOPS:
        return f"loop: more than {HOPS} hops"
    return ""


def is_our_message_id(found: str, ours: OurMarks) -> bool:
    """Whether `found` (no angle brackets) has our domain and our pattern."""
    domain = found.rpartition("@")[2].lower()
    return domain in ours.domains and re.fullmatch(ours.message_id, found, re.IGNORECASE) is not None


def addresses(value: str) -> tuple[str, ...]:
    """Mail addresses in a header value or a line, domain in lower case. Display names that look like one are skipped
    where the address stands in angle brackets behind them."""
    plain = _DISPLAY_NAME.sub(" ", value)
    found = (one for entry in plain.split(",") for one in _BRACKETED.findall(entry) or _ADDRESS.findall(entry))
    return tuple(_lower_domain(one.strip("'.")) for one in found)


def _tokens(text: str, ours: OurMarks) -> list[str]:
    """Tokens of `local+TOKEN@our-domain`, also inside SRS and BATV rewritings (`our-domain=local+TOKEN@forwarder`)."""
    if not ours.domains:
        return []
    domains = "|".join(re.escape(domain) for domain in sorted(ours.domains, key=len, reverse=True))
    text = text.replace("%2B", "+").replace("=2B", "+").replace("%2b", "+")
    plain = rf"[A-Za-z0-9._-]{{1,64}}\+({ours.token})@(?:{domains})(?![A-Za-z0-9-]|\.[A-Za-z0-9])"
    rewritten = rf"(?:{domains})=[A-Za-z0-9._-]{{1,64}}\+({ours.token})@"
    return re.findall(plain, text, re.IGNORECASE) + re.findall(rewritten, text, re.IGNORECASE)


def _without_token(address: str) -> str:
    local, _, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _lower_domain(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower().rstrip('.')}"


def _unique(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))
