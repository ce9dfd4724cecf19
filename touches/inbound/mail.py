"""One mail that came back, from its class to everything that follows."""

from datetime import datetime, timedelta

from channels.inbound.values import InboundKind, InboundMail
from touches.engine.office import Office
from touches.inbound.acts import Act, MakePromise, OpenCase
from touches.inbound.cleaning import clean_line, clean_text
from touches.inbound.colleagues import asked_by, colleague_acts
from touches.inbound.doing import Taken, take
from touches.inbound.knowing import known_of_mail
from touches.inbound.marks import Marks, read_marks
from touches.inbound.matching import match, match_report
from touches.inbound.reactions import BOUNCES, REPORTS, Circumstances, class_of, reaction
from touches.inbound.values import By, Incoming, Match
from touches.model.states import TouchState
from touches.planning.house import zones_of
from touches.store.units import Unit

SOURCE = "mail"
OLDEST = timedelta(days=365)


def take_mail(office: Office, mail: InboundMail) -> Taken:
    """Match and decide over one consistent view, then do it all in one transaction. Idempotent by Message-ID and
    content. Raises DatabaseError; then nothing was done and the mail has to be offered again."""
    marks = read_marks(mail, office.signer)
    kind = class_of(mail, asked=bool(marks.asked))
    incoming = incoming_of(mail, kind=kind.value, now=office.clock.now())
    with office.store.read() as unit:
        if unit.inbound.knows(incoming.source, incoming.source_id):
            return Taken(kind=incoming.kind, again=True, handled="it was here before")
        found, acts = _of_colleague(unit, office, mail) or _of_anybody(unit, office, mail, kind, marks)
    with office.store.write() as unit:
        if kind in BOUNCES and _is_leaving(unit, found):
            return Taken(kind=kind.value, touch_id=found.touch_id, later=True, handled="its touch is being handed over")
        return take(unit, office, incoming, found, acts)


def _of_anybody(
    unit: Unit, office: Office, mail: InboundMail, kind: InboundKind, marks: Marks
) -> tuple[Match, tuple[Act, ...]]:
    now = office.clock.now()
    known = known_of_mail(unit, office, sorted(marks.all), mail.sender, now)
    found = match_report(marks, known) if _is_report(mail) else match(marks, known)
    here = Circumstances(now=now, zone=_zone(unit, office, found), asked=bool(marks.asked))
    return found, reaction(kind, mail, found, here)


def _of_colleague(unit: Unit, office: Office, mail: InboundMail) -> tuple[Match, tuple[Act, ...]] | None:
    asked = asked_by(office, mail)
    if asked is None:
        return None
    acts = colleague_acts(unit, office, mail, asked, office.clock.now())
    lead_id = next((act.lead_id for act in acts if isinstance(act, MakePromise | OpenCase)), None)
    return Match(by=By.TOKEN, because="a colleague's own address", lead_id=lead_id, ours=asked.by_owner), acts


def preview(office: Office, mail: InboundMail) -> tuple[str, Match, Marks]:
    """The class and the match of a mail, with nothing done."""
    marks = read_marks(mail, office.signer)
    with office.store.read() as unit:
        known = known_of_mail(unit, office, sorted(marks.all), mail.sender, office.clock.now())
    found = match_report(marks, known) if _is_report(mail) else match(marks, known)
    return class_of(mail, asked=bool(marks.asked)).value, found, marks


def incoming_of(mail: InboundMail, *, kind: str, now: datetime) -> Incoming:
    """The mail as one message of any kind. A Date in the future, or a year old, is not believed."""
    sent = mail.sent_at
    believed = sent is not None and now - OLDEST < sent <= now
    return Incoming(
        source=SOURCE,
        source_id=f"{clean_line(mail.message_id, at_most=200)}/{mail.digest}",
        channel="email",
        kind=kind,
        because=clean_line(mail.because),
        sender=clean_line(mail.sender),
        subject=clean_line(mail.subject),
        text=clean_text(mail.text or ("" if not mail.machine else mail.full_text), at_most=20_000),
        at=sent if believed and sent is not None else now,
        machine=mail.machine,
    )


def _is_report(mail: InboundMail) -> bool:
    return mail.kind in REPORTS or mail.because.startswith("dsn:")


def _zone(unit: Unit, office: Office, found: Match) -> str:
    lead = unit.leads.get(found.lead_id) if found.lead_id is not None else None
    return zones_of(lead, None, office.house).main if lead is not None else office.house.timezone


def _is_leaving(unit: Unit, found: Match) -> bool:
    """A report may overtake the note of the answer that it follows."""
    if found.touch_id is None:
        return False
    touch = unit.touches.by_ids([found.touch_id]).get(found.touch_id)
    return touch is not None and touch.state is TouchState.COMMITTING
