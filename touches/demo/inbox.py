"""Takes what people of the demo write, by the ways that mail servers and gateways use."""

from channels.inbound.webhooks.values import InboundSms
from channels.inbound.worker import MailWorker
from touches.clock import Clock
from touches.engine.office import Office
from touches.inbound.reading import read, take_or_set_aside
from touches.inbound.texting import handle_inbound_sms


class Inbox:
    """The office's mailbox and number. Mails are read in a child process, as always; `close` ends it."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._clock: Clock = office.clock
        self._worker = MailWorker()
        self._texts = 0

    def take_mail(self, raw: bytes) -> str:
        """One mail; the class in which it ended."""
        mail = read(self._office, self._worker, raw, size=len(raw))
        return take_or_set_aside(self._office, mail).kind

    def take_sms(self, number: str, text: str) -> str:
        """One SMS; the class in which it ended."""
        self._texts += 1
        message = InboundSms(
            source="kannel",
            event_id=f"demo-{self._texts}",
            sender=number,
            to="",
            text=text,
            at=self._clock.now(),
        )
        return handle_inbound_sms(self._office, message).kind

    def close(self) -> None:
        """End the child process."""
        self._worker.close()
