"""What follows from a mail of each class: pure decisions. Whatever a machine wrote, nobody answers it (RFC 3834)."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from channels.inbound.keywords import normalise
from channels.inbound.values import BounceFact, InboundKind, InboundMail
from channels.protocol import Failure
from touches.inbound.acts import (
    Act,
    AskPerson,
    BreakAddress,
    Converse,
    CountFailure,
    CountOurAnswer,
    OptOut,
    PauseUntil,
    ProveArrival,
    Remember,
    RestChannel,
    TakeBack,
    WatchComplaints,
    WatchPoison,
)
from touches.inbound.values import By, Match
from touches.model.people import CHANNELS
from touches.planning.retries import ALARM_PAUSE
from touches.time.local import local_instant

AWAY_WITHOUT_DATE = timedelta(days=3)
AWAY_AT_MOST = timedelta(days=90)
SPEAKS_FOR_THE_LEAD = frozenset({"abuse", "fraud", "opt-out"})  # RFC 5965, 7.3
BOUNCES = frozenset({InboundKind.HARD_BOUNCE, InboundKind.SOFT_BOUNCE, InboundKind.POLICY_BOUNCE})
REPORTS = BOUNCES | {InboundKind.DELAY, InboundKind.COMPLAINT_FEEDBACK}
# Machines that stand in for nobody: they tell of no absence, whatever dates they name.
_NOT_AWAY = ("receipt", "calendar", "challenge", "acknowledgement", "list copy", "sender:", "dsn:", "feedback:")
# Also put on what was merely sent by a program: these tell of an absence only together with a date.
_ONLY_WITH_DATE = (
    "header: precedence bulk", "header: precedence junk", "header: precedence list",
    "header: auto-submitted auto-generated", "header: auto-submitted auto-notified",
    "header: x-auto-response-suppress",
)  # fmt: skip
_A_RESPONDER = ("words:", "header: auto-submitted auto-replied")
_EVERYTHING = re.compile(
    r"\b(?:STOP ?ALL|(?:ALL|ANY) (?:MAILS?|E ?MAILS?|MESSAGES|CONTACTS?|COMMUNICATIONS?|CHANNELS)"
    r"|(?:DO NOT|DONT|NEVER|NO) (?:EVER )?CONTACT\w*|DELETE MY DATA|KEIN(?:EN|ERLEI)? KONTAKT"
    r"|NICHT MEHR KONTAKTIEREN|NE ME CONTACTEZ PLUS|NO ME CONTACT\w+|ALKAA OTTAKO YHTEYTTA"
    r"|KONTAKTA MIG INTE|НЕ СВЯЗЫВАИТЕСЬ)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a reaction looks at beside the mail. `asked`: it went to the opt-out address of a touch; `zone` is the
    lead's."""

    now: datetime
    zone: str
    asked: bool = False


def class_of(mail: InboundMail, *, asked: bool) -> InboundKind:
    """The mail's class. Whatever goes to an opt-out address asks for it, though a mail program sent it on a click; only
    reports and absence notes do not."""
    if not asked or mail.kind in REPORTS or mail.kind in (InboundKind.LOOP, InboundKind.POISON):
        return mail.kind
    if mail.kind is InboundKind.AUTO_REPLY and mail.because.startswith((*_NOT_AWAY[:4], "dsn:", *_A_RESPONDER)):
        return mail.kind
    return InboundKind.UNSUBSCRIBE


def reaction(kind: InboundKind, mail: InboundMail, match: Match, here: Circumstances) -> tuple[Act, ...]:
    """All that follows from one mail, in the order in which it is done."""
    match kind:
        case InboundKind.HUMAN_REPLY:
            return _to_person(match)
        case InboundKind.AUTO_REPLY:
            return _to_responder(mail, match, here)
        case InboundKind.UNSUBSCRIBE:
            return _to_opt_out(mail, match)
        case InboundKind.HARD_BOUNCE | InboundKind.SOFT_BOUNCE | InboundKind.POLICY_BOUNCE:
            return _to_bounce(kind, mail, match, here)
        case InboundKind.COMPLAINT_FEEDBACK:
            return _to_feedback(mail, match)
        case InboundKind.POISON:
            because = f"it cannot be read: {mail.because}"
            return (AskPerson(may_be=(), because=because), WatchPoison(because=mail.because))
        case InboundKind.DELAY:
            return (Remember(because="still being tried by the other side"),)
        case InboundKind.LOOP:
            return (Remember(because="our own mail, or another engine's, come back"),)
    return (Remember(because=f"no reaction to {kind}"),)


def _to_person(match: Match) -> tuple[Act, ...]:
    if match.ours:
        if match.lead_id is None:
            return (Remember(because=match.because),)
        return (CountOurAnswer(lead_id=match.lead_id, because="one of us answered"),)
    if match.lead_id is None:
        return (AskPerson(may_be=match.may_be, because=match.because),)
    return (*_proof(match), Converse(lead_id=match.lead_id, because=match.because))


def _to_responder(mail: InboundMail, match: Match, here: Circumstances) -> tuple[Act, ...]:
    if mail.because.startswith("dsn:"):
        return _to_delivery_report(mail, match)
    if match.lead_id is None and not (mail.sender or mail.subject or mail.message_id):
        return (AskPerson(may_be=(), because="it names no sender, subject or id: perhaps it is no mail at all"),)
    merely_quoted = match.by is By.QUOTE and match.lead_id not in match.speakers
    if match.lead_id is None or match.ours or merely_quoted:
        return (Remember(because=f"a machine, not a person: {mail.because}"),)
    until = away_until(mail, here)
    if until is None:
        return (*_proof(match), Remember(because=f"a machine, not a person: {mail.because}"))
    date = f"until {mail.return_date}" if mail.return_date else "without a date of return"
    return (*_proof(match), PauseUntil(lead_id=match.lead_id, until=until, because=f"away {date}"))


def _to_delivery_report(mail: InboundMail, match: Match) -> tuple[Act, ...]:
    if match.touch_id is None or match.by not in (By.TOKEN, By.THREAD):
        return (Remember(because="a report without a mark of ours"),)
    delivered = any(fact.action == "delivered" for fact in mail.bounces) or mail.because == "dsn: delivered"
    return (ProveArrival(touch_id=match.touch_id, because=f"reported: {mail.because}", delivered=delivered),)


def away_until(mail: InboundMail, here: Circumstances) -> datetime | None:
    """Until when an absence note asks us to wait: the beginning of the day it names, in the lead's zone, at most 90
    days; without a day three days; None where it tells of no absence."""
    if mail.because.startswith(_NOT_AWAY):
        return None
    if mail.return_date is None:
        return None if mail.because.startswith(_ONLY_WITH_DATE) else here.now + AWAY_WITHOUT_DATE
    back = local_instant(mail.return_date, time(0), here.zone)
    return min(back, here.now + AWAY_AT_MOST) if back > here.now else None


def _to_opt_out(mail: InboundMail, match: Match) -> tuple[Act, ...]:
    if match.ours and match.lead_id is None:
        return (Remember(because=match.because),)
    if not match.speakers:
        may_be = match.may_be or (() if match.lead_id is None else (match.lead_id,))
        because = f"it asks to stop, and nobody can tell for whom: {match.because}"
        return (AskPerson(may_be=may_be, because=because, urgent=True),)
    channel = "all" if wants_everything(f"{mail.subject}\n{mail.text}") else "email"
    because = f"mail, {match.because}"
    return (*_proof(match), *(OptOut(lead_id=one, channel=channel, because=because) for one in match.speakers))


def wants_everything(text: str) -> bool:
    """Whether the words close every channel and not only this one."""
    return _EVERYTHING.search(normalise(text)) is not None


def _to_bounce(kind: InboundKind, mail: InboundMail, match: Match, here: Circumstances) -> tuple[Act, ...]:
    mark = match.mark
    if mark is None or mark.channel not in CHANNELS or match.by not in (By.TOKEN, By.THREAD):
        return (Remember(because="a report without a mark of ours"),)
    fact = _fact_for(mark.address, mail.bounces)
    said = _said(fact)
    if kind is InboundKind.POLICY_BOUNCE:
        refused = f"they refuse us, not the lead: {said}"
        rest = RestChannel(channel=mark.channel, until=here.now + ALARM_PAUSE, because=refused)
        return (TakeBack(touch_id=mark.touch_id, because=refused), rest)
    back = TakeBack(touch_id=mark.touch_id, because=said)
    gone = kind is InboundKind.HARD_BOUNCE and fact is not None and fact.failure is Failure.BAD_ADDRESS
    if gone:
        return (back, BreakAddress(address=mark.address, because=f"bounced: {said}"))
    return (back, CountFailure(address=mark.address, because=said))


def _fact_for(address: str, facts: tuple[BounceFact, ...]) -> BounceFact | None:
    """What the report says of this address; else what it says at all, failures first: forwarders bounce under another
    address than the one we wrote to."""
    failed = [fact for fact in facts if fact.action == "failed"]
    own = next((fact for fact in failed if fact.address.lower() == address.lower()), None)
    return own or next(iter(failed), None) or next(iter(facts), None)


def _said(fact: BounceFact | None) -> str:
    if fact is None:
        return "it came back"
    return " ".join(part for part in (fact.status, fact.diagnostic) if part)[:300] or "it came back"


def _to_feedback(mail: InboundMail, match: Match) -> tuple[Act, ...]:
    if mail.feedback not in SPEAKS_FOR_THE_LEAD:
        return (Remember(because=f"feedback of type {mail.feedback}"),)
    watch = WatchComplaints(because=f"feedback of type {mail.feedback}")
    if match.lead_id is None:
        because = "somebody calls us spam, and nobody can tell who"
        return (AskPerson(may_be=(), because=because, urgent=True), watch)
    because = f"reported as {mail.feedback} to the mailbox provider"
    return (*_proof(match), OptOut(lead_id=match.lead_id, channel="all", because=because), watch)


def _proof(match: Match) -> tuple[Act, ...]:
    merely_quoted = match.by is By.QUOTE and match.lead_id not in match.speakers
    if match.mark is None or merely_quoted:
        return ()
    return (ProveArrival(touch_id=match.mark.touch_id, because="somebody answered it"),)
