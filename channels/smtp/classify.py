"""From a refusing reply to the class of failure: who is to blame, and whether another try makes sense. Pure.

Codes by RFC 5321 and RFC 3463/5248; where servers misuse them the words decide.
"""

import re
from enum import StrEnum
from typing import Final

from channels.protocol import Failure, Refused
from channels.smtp.replies import Reply


class Phase(StrEnum):
    """Where in a session a reply belongs."""

    CONNECT = "connect"
    STARTTLS = "starttls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    BODY = "body"
    DOT = "dot"


_OPENING: Final = frozenset({Phase.CONNECT, Phase.STARTTLS, Phase.AUTH, Phase.MAIL})
_GREYLIST: Final = re.compile(
    r"gr[ea]y-?list|postgrey|first (?:time|contact)|unknown (?:sender|triplet)|not yet", re.IGNORECASE
)
_RELAY: Final = re.compile(
    r"relay(?:ing)? (?:access )?(?:denied|not (?:permitted|allowed))|not (?:permitted )?to relay", re.IGNORECASE
)
_RATE: Final = re.compile(
    r"\brate\b|rate.?limit|throttl|too (?:many|much|fast)|unusual|exceeded.{0,20}per (?:hour|day|minute)", re.IGNORECASE
)
_SIZE: Final = re.compile(r"too (?:large|big)|size|larger than", re.IGNORECASE)
_FULL: Final = re.compile(
    r"(?:mail ?box|inbox|folder|quota|storage|user).{0,40}(?:full|exceed|over)|over ?quota", re.IGNORECASE
)
_AUTHENTICATION: Final = re.compile(r"\bdmarc\b|\bdkim\b|\bspf\b|unauthenticated|\bptr\b|reverse dns", re.IGNORECASE)
_PERMANENT: Final[tuple[tuple[str, Failure], ...]] = (  # the longest fitting beginning of an enhanced code
    ("5.1.7", Failure.CONFIGURATION),  # bad sender's mailbox address
    ("5.1.8", Failure.CONFIGURATION),  # bad sender's system address
    ("5.1.", Failure.BAD_ADDRESS),
    ("5.2.0", Failure.REJECTED),
    ("5.2.1", Failure.BAD_ADDRESS),  # mailbox disabled
    ("5.2.2", Failure.MAILBOX_FULL),
    ("5.2.3", Failure.REJECTED),  # message too long for the mailbox
    ("5.3.4", Failure.REJECTED),  # message too big for the system
    ("5.4.1", Failure.BAD_ADDRESS),  # Exchange: no such recipient
    ("5.5.", Failure.REJECTED),  # a quarrel about the protocol
    ("5.7.", Failure.POLICY),
)
_SENDERS_FAULT: Final = re.compile(r"4\.7\.(?:2[0-9]|3[0-9])")  # RFC 7372 and its neighbours: authentication


def refusal(phase: Phase, reply: Reply) -> Refused:
    """The meaning of a 4yz or 5yz reply in a phase of a session."""
    failure = _failure(phase, reply)
    return Refused(
        failure=failure,
        permanent=reply.code >= 500 and failure not in {Failure.CONFIGURATION, Failure.MAILBOX_FULL},
        code=f"{reply.code} {reply.enhanced}".rstrip(),
        text=reply.text,
    )


def _failure(phase: Phase, reply: Reply) -> Failure:
    if phase is Phase.STARTTLS:
        return Failure.CONFIGURATION
    if reply.code == 421:
        return Failure.BUSY
    if reply.code < 500:
        return Failure.BUSY if phase is Phase.CONNECT else _temporary(phase, reply)
    if phase in _OPENING:
        return _refused_opening(phase, reply)
    return _permanent(phase, reply)


def _refused_opening(phase: Phase, reply: Reply) -> Failure:
    """Before the recipient is named only we can be meant, except by a limit on this one message."""
    about_message = reply.enhanced in {"5.3.4", "5.6.7", "5.2.3"} or (reply.code == 552 and not reply.enhanced)
    return Failure.REJECTED if phase is Phase.MAIL and about_message else Failure.CONFIGURATION


def _temporary(phase: Phase, reply: Reply) -> Failure:
    if _GREYLIST.search(reply.text):
        return Failure.GREYLIST
    if reply.enhanced == "4.2.2" or _FULL.search(reply.text):
        return Failure.MAILBOX_FULL
    if _AUTHENTICATION.search(reply.text) or (_SENDERS_FAULT.match(reply.enhanced) and reply.enhanced != "4.7.28"):
        return Failure.POLICY
    if reply.enhanced == "4.7.28" or _RATE.search(reply.text):
        return Failure.THROTTLED
    unknown_pair = reply.enhanced in {"4.7.1", "4.2.0"} or (reply.code in {450, 451} and not reply.enhanced)
    return Failure.GREYLIST if phase is Phase.RCPT and unknown_pair else Failure.TEMPORARY


def _permanent(phase: Phase, reply: Reply) -> Failure:
    if _RELAY.search(reply.text):
        return Failure.CONFIGURATION
    if reply.code == 552 and not reply.enhanced:
        return Failure.REJECTED if _SIZE.search(reply.text) and not _FULL.search(reply.text) else Failure.MAILBOX_FULL
    by_code = next((failure for beginning, failure in _PERMANENT if reply.enhanced.startswith(beginning)), None)
    if by_code is not None and reply.enhanced not in {"5.1.0", "5.2.0"}:
        return by_code
    if not reply.enhanced and reply.code in {551, 553} and phase is Phase.RCPT:
        return Failure.BAD_ADDRESS
    from channels.inbound.failures import judge  # its many words are compiled when a server first refuses

    return judge(reply.enhanced, reply.text)[1]
