"""The values that come out of reading one mail. They carry what was found, not whom it belongs to."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from channels.protocol import Failure


class InboundKind(StrEnum):
    """Every mail ends in exactly one of these."""

    HUMAN_REPLY = "human_reply"  # a person wrote; an empty reply too
    AUTO_REPLY = "auto_reply"  # out of office, receipts, acknowledgements, list copies: any machine that is no bounce
    HARD_BOUNCE = "hard_bounce"  # this address does not work and will not
    SOFT_BOUNCE = "soft_bounce"  # given up, but the address may be good: full, too big, unreachable for days
    POLICY_BOUNCE = "policy_bounce"  # they refuse us or this text, not the lead
    DELAY = "delay"  # still being tried by somebody else
    COMPLAINT_FEEDBACK = "complaint_feedback"  # RFC 5965, "this is spam"; see `InboundMail.feedback`
    UNSUBSCRIBE = "unsubscribe"
    LOOP = "loop"  # our own mail, or another engine's
    UNMATCHED = "unmatched"  # never given here: the engine's word for a mail whose lead it cannot find
    POISON = "poison"  # over a limit, or it broke the reader


@dataclass(frozen=True, slots=True, kw_only=True)
class OurMarks:
    """By what we know our own things. Domains and addresses in lower case.

    `message_id` is a regular expression for the inside of our Message-IDs (without angle brackets); `token` one for
    what stands between `+` and `@` in our return paths and reply addresses. `unsubscribe` are the addresses (without
    token) that `List-Unsubscribe: <mailto:…>` names.
    """

    domains: frozenset[str]
    message_id: str
    unsubscribe: frozenset[str] = frozenset()
    token: str = r"[A-Za-z0-9_.~=-]{4,200}"  # noqa: S105 - a pattern
    loop_header: str = "X-Touches"


@dataclass(frozen=True, slots=True, kw_only=True)
class BounceFact:
    """What a delivery report says of one address."""

    address: str  # lower-cased domain; empty when the report names none
    action: str  # failed | delayed | delivered | relayed | expanded (RFC 3464, 2.3.3)
    status: str  # RFC 3463, "5.1.1"; empty when none was found
    diagnostic: str  # the other side's words, one line, at most 500 characters
    failure: Failure | None  # None: nothing failed (delivered, relayed, expanded)
    remote: str = ""  # the host that said so


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundMail:
    """One mail, read. Nothing in it is verified: senders are claims and tokens candidates until the engine checks."""

    kind: InboundKind
    because: str  # the rule that decided, stable words: "dsn: failed", "header: auto-submitted"
    machine: bool  # True: nobody may answer this automatically (RFC 3834)
    sender: str = ""  # From, or Return-Path when there is no From
    recipients: tuple[str, ...] = ()  # To, Cc, Delivered-To, X-Original-To …, in this order, without doubles
    token: str = ""  # the first of `tokens`
    tokens: tuple[str, ...] = ()  # every candidate, surest first
    references: tuple[str, ...] = ()  # our Message-IDs that it quotes, without angle brackets, nearest first
    in_reply_to: tuple[str, ...] = ()  # In-Reply-To and References whole, ours or not
    message_id: str = ""
    subject: str = ""
    sent_at: datetime | None = None  # the Date header when it can be read, aware
    text: str = ""  # what was written, without quote and signature; at most 64 kB
    full_text: str = ""  # the whole readable text; at most 256 kB
    bounces: tuple[BounceFact, ...] = ()
    feedback: str = ""  # RFC 5965 Feedback-Type; only "abuse", "fraud" and "opt-out" speak for the lead
    return_date: date | None = None  # the day an absence note names, as it names it
    disowned: bool = False  # a server on the way says that its From is forged (RFC 8601: dmarc=fail)
    auto_submitted: str = ""  # the header's keyword: auto-replied, auto-generated
    size: int = 0  # bytes offered, before the cut at 1 MB
    digest: str = ""  # blake2b-128 of the bytes, for de-duplication beside `message_id`
