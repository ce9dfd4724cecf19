"""What one of us asks by mail: a promise or a complaint, sent to an address of their own that nobody can guess.

A From line is a mere claim, so two things have to agree: the signed tag in the address, which only its owner knows, and
the owner's own mailbox as sender. Whatever lacks one of them records nothing.
"""

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from channels.inbound.values import InboundKind, InboundMail
from policies.errors import Refused as BadText
from touches.care.complaint_clock import Harm, Reaction
from touches.care.complaints import open_complaint
from touches.care.local import clock_of, instant_of
from touches.care.promises import add_promise
from touches.care.telling import tell_owner
from touches.engine.messages import tagged
from touches.engine.office import Office
from touches.errors import Refused, UnknownLead
from touches.inbound.acts import Act, AskPerson, MakePromise, OpenCase, TellColleague
from touches.model.people import Lead, PointKind
from touches.people.finding import living_lead_of
from touches.store.units import Unit

Word = TypeVar("Word", Harm, Reaction)
PROMISE, COMPLAINT = "promise", "complaint"
_TAG = re.compile(r"\+(promise|complaint)-([0-9a-f]{16})(?=@)", re.IGNORECASE)
_FIELD = re.compile(r"^[ \t*]*(lead|by|harm|reaction|text)[ \t]*:[ \t]*(.+)$", re.IGNORECASE | re.MULTILINE)
_BY = re.compile(r"[,;]?\s*\bby\s+([^\n,;]{3,40})\s*$", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>()\",;:\[\]]{1,250}@[^\s<>()\",;:\[\]@]{1,250}")
_PREFIX = re.compile(r"^\s*(?:(?:re|fwd?|aw|wg|vs|sv|tr|i|rv)\s*:\s*)+", re.IGNORECASE)
TEXT_AT_MOST = 500
HOW = (
    "Write to this address again, with three lines:\n\nlead: ann@customer.example\n\n"
    "by: 22:00\n\ntext: answer about roaming\n\nA complaint needs no time; it may say harm: low, middle or "
    "high, and reaction: calm, angry or leaving."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose address a mail went to, and for what. `by_owner`: its sender is that colleague."""

    what: str
    owner: str
    by_owner: bool


def address_for(office: Office, owner: str, what: str) -> str:
    """The address to which this colleague alone may send what they promised, or what a customer complains of."""
    return tagged(office.desk.inbound_address, f"{what}-{_code(office, owner, what)}")


def asked_by(office: Office, mail: InboundMail) -> Asked | None:
    """Who asks for what; None for every other mail. A machine asks for nothing."""
    if mail.kind is not InboundKind.HUMAN_REPLY or mail.machine or mail.disowned:
        return None
    sender = mail.sender.casefold()
    for what, code in (pair for address in mail.recipients for pair in _TAG.findall(address)):
        for owner, colleague in office.colleagues.items():
            if hmac.compare_digest(_code(office, owner, what.lower()), code.lower()):
                return Asked(what=what.lower(), owner=owner, by_owner=sender == colleague.email.casefold())
    return None


def colleague_acts(unit: Unit, office: Office, mail: InboundMail, asked: Asked, now: datetime) -> tuple[Act, ...]:
    """What follows: the promise, the complaint, or a word to the colleague about what is missing."""
    if not asked.by_owner:
        because = f"a {asked.what} was sent to the address of {asked.owner} by somebody else"
        return (AskPerson(may_be=(), because=because, urgent=True),)
    fields = {name.lower(): value.strip() for name, value in _FIELD.findall(mail.text[:4000])}
    lead = _lead(unit, office, mail, fields.get("lead", ""))
    if lead is None:
        return (TellColleague(owner=asked.owner, because="nobody can tell which lead is meant"),)
    subject = _PREFIX.sub("", mail.subject)
    text = (fields.get("text") or _own_words(mail.text) or subject)[:TEXT_AT_MOST]
    if asked.what == COMPLAINT:
        harm = _one_of(Harm, fields.get("harm", ""), Harm.MIDDLE)
        reaction = _one_of(Reaction, fields.get("reaction", ""), Reaction.CALM)
        return (OpenCase(lead_id=lead.id, owner=asked.owner, text=text, harm=harm.value, reaction=reaction.value),)
    return _promise(office, asked.owner, lead, text, [fields.get("by", ""), *_times(text, subject)], now)


def _one_of(words: type[Word], written: str, usual: Word) -> Word:
    return next((word for word in words if word.value == written.lower()), usual)


def _promise(office: Office, owner: str, lead: Lead, text: str, times: Iterable[str], now: datetime) -> tuple[Act, ...]:
    by_said = next((time for time in times if time), "")
    if not by_said:
        return (TellColleague(owner=owner, because="it does not say by when"),)
    try:
        by = instant_of(by_said, now=now, clock=clock_of(lead, office.house))
    except BadText as error:
        return (TellColleague(owner=owner, because=str(error)),)
    if by <= now:
        return (TellColleague(owner=owner, because=f'"{by_said}" has passed'),)
    return (MakePromise(lead_id=lead.id, owner=owner, text=_BY.sub("", text) or text, by=by),)


def carry_out_for(unit: Unit, office: Office, act: MakePromise | OpenCase | TellColleague, inbound_id: int) -> str:
    """Do it in the caller's transaction; what was done. The colleague hears of it."""
    if isinstance(act, TellColleague):
        _tell(
            unit, office, act.owner, inbound_id, subject="your mail was not recorded", body=f"{act.because}.\n\n{HOW}"
        )
        return f"not recorded: {act.because}"
    lead = unit.leads.by_ids([act.lead_id])[act.lead_id]
    name = lead.full_name or lead.key
    if isinstance(act, OpenCase):
        case = open_complaint(
            unit,
            office,
            lead,
            act.text,
            actor=act.owner,
            harm=Harm(act.harm),
            reaction=Reaction(act.reaction),
            source=f"mail {inbound_id}",
        )
        return f"complaint {case.id} is open"
    try:
        promise = add_promise(unit, office, lead, act.text, by=act.by, actor=act.owner, owner=act.owner)
    except Refused as error:
        return carry_out_for(unit, office, TellColleague(owner=act.owner, because=str(error)), inbound_id)
    shown = clock_of(lead, office.house).named(act.by)
    subject = f"promise {promise.id} to {name} is written down"
    body = f'{act.text}, by {shown}, local time of the lead.\n\nDone: touches promise keep {promise.id} --evidence "…"'
    _tell(unit, office, act.owner, inbound_id, subject=subject, body=body)
    return f"promise {promise.id} is written down"


def _tell(unit: Unit, office: Office, owner: str, inbound_id: int, *, subject: str, body: str) -> None:
    tell_owner(unit, office, owner, key=f"asked/{inbound_id}", purpose="confirmation", subject=subject, body=body)


def _code(office: Office, owner: str, what: str) -> str:
    return office.signer.digest(f"{what} by mail", owner)[:16]


def _lead(unit: Unit, office: Office, mail: InboundMail, named: str) -> Lead | None:
    """Who is named; else the one lead among the recipients; else the one whose address stands in the text."""
    if named:
        try:
            return living_lead_of(unit, (_ADDRESS.search(named) or [named])[0], country=office.house.country)
        except (UnknownLead, Refused):
            return None
    for addresses in (mail.recipients, _ADDRESS.findall(mail.full_text[:16_000])):
        found = {lead_id for one in dict.fromkeys(addresses) for lead_id in unit.leads.at_address(PointKind.EMAIL, one)}
        if found:
            return unit.leads.get(found.pop()) if len(found) == 1 else None
    return None


def _own_words(text: str) -> str:
    """The first written line that is no field."""
    lines = (line.strip() for line in _FIELD.sub("", text).splitlines())
    return next((line for line in lines if line), "")


def _times(*texts: str) -> list[str]:
    return [found[1].strip(" .") for text in texts if (found := _BY.search(text.rstrip(" .")))]
