"""Takes what people of the demo write: reads it as every mail is read, and lets it do what it does."""

import re
from dataclasses import dataclass
from datetime import datetime

from channels.inbound.mail import classify_mail
from channels.inbound.sms import SmsIntent, classify_sms
from channels.inbound.values import InboundKind, InboundMail, OurMarks
from touches.care.conversations import open_conversation
from touches.engine.office import Office
from touches.model.cadence import Touch
from touches.model.states import TouchState
from touches.people.opt_out import opt_out
from touches.store.events import Event
from touches.store.touches import Move
from touches.store.units import Unit
from touches.tokens import Purpose

SHOWN = 60  # characters of a subject in a reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """The office's mailbox and number."""

    office: Office

    def take_mail(self, raw: bytes) -> str:
        """One mail; the class in which it ended, for counting."""
        office, now = self.office, self.office.clock.now()
        mail = classify_mail(raw, now=now, ours=self._marks())
        with office.store.write() as unit:
            purpose, touch = self._touch_of(unit, mail)
            if touch is None or touch.lead_id is None:
                return InboundKind.UNMATCHED
            # One mailbox serves for answers and for opt-outs: the token's purpose tells them apart.
            pressed = purpose is Purpose.UNSUBSCRIBE and mail.kind is InboundKind.HUMAN_REPLY
            kind = InboundKind.UNSUBSCRIBE if pressed else mail.kind
            match kind:
                case InboundKind.HUMAN_REPLY:
                    because = f"answered by mail: {mail.subject[:SHOWN]}"
                    open_conversation(unit, office, touch.lead_id, because=because, at=now, said=mail.text)
                case InboundKind.UNSUBSCRIBE:
                    opt_out(unit, office.signer, touch.lead_id, "email", mail.because, at=now)
                case InboundKind.HARD_BOUNCE:
                    _bounced(unit, touch, mail, now)
        return kind

    def take_sms(self, lead_id: int, text: str) -> SmsIntent:
        """One SMS from a lead; what it asks for."""
        office, now = self.office, self.office.clock.now()
        intent = classify_sms(text)
        with office.store.write() as unit:
            if intent is SmsIntent.STOP:
                opt_out(unit, office.signer, lead_id, "sms", "STOP by SMS", at=now)
            else:
                because = "answered by SMS"
                open_conversation(unit, office, lead_id, because=because, at=now, said=text, channel="sms")
        return intent

    def _marks(self) -> OurMarks:
        desk = self.office.desk
        return OurMarks(
            domains=frozenset({desk.mail_domain}),
            message_id=rf"[a-z0-9-]+@{re.escape(desk.mail_domain)}",
        )

    def _touch_of(self, unit: Unit, mail: InboundMail) -> tuple[Purpose | None, Touch | None]:
        """By a signed token in an address or in a Message-ID of ours that the mail quotes."""
        candidates = [*mail.tokens, *(reference.partition("@")[0] for reference in mail.references)]
        for text in candidates:
            for purpose in (Purpose.TOUCH, Purpose.UNSUBSCRIBE):
                number = self.office.signer.read(text, purpose)
                if number is not None:
                    return purpose, unit.touches.by_ids([number]).get(number)
        return None, None


def _bounced(unit: Unit, touch: Touch, mail: InboundMail, now: datetime) -> None:
    """It did not arrive: the news is new again, the address is not used any more."""
    values = {"reason": mail.because}
    if not unit.touches.move([Move(touch_id=touch.id, old=TouchState.SENT, new=TouchState.BOUNCED, values=values)]):
        return
    unit.ledger.release([touch.id], at=now)
    if touch.point_id is not None:
        unit.leads.update_point(touch.point_id, broken=f"bounced: {mail.because}", broken_at=now)
    event = Event(
        at=now,
        action="bounced",
        because=mail.because,
        lead_id=touch.lead_id,
        enrollment_id=touch.enrollment_id,
        touch_id=touch.id,
    )
    unit.events.add([event])
