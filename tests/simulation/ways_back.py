"""What comes back to us: answers, bounces, complaints and letters, as bytes by the real readers."""

from collections.abc import Callable

from channels.inbound.mail import classify_mail
from channels.inbound.webhooks.values import InboundSms
from tests.answers import Answers
from tests.simulation.network import Arrival
from tests.simulation.world import World
from touches.engine.outbox import mark_returned
from touches.inbound.mail import take_mail
from touches.inbound.reading import marks_of_office
from touches.inbound.texting import handle_inbound_sms
from touches.model.cadence import Touch
from touches.tokens import Purpose


class WaysBack:
    """Each method is one thing that comes back; whether there was anything to answer."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._office = world.outside
        self.answers = Answers(world.outside)
        self._number = 0

    def stop_sms(self) -> bool:
        """Somebody answers a text message."""
        arrival = self._some_arrival("sms")
        if arrival is None:
            return False
        self._number += 1
        now = self._world.clock.now()
        word = self._world.dice.choice(("STOP", "Please ring me"))
        sms = InboundSms(source="sim", event_id=str(self._number), sender=arrival.address, to="", text=word, at=now)
        handle_inbound_sms(self._office, sms)
        return True

    def _some_arrival(self, channel: str, *, fresh: bool = False) -> Arrival | None:
        found = [one for one in self._world.network.taken if one.channel == channel and one.returned < 0]
        found = found[-3:] if fresh else found[-10:]
        return self._world.dice.choice(found) if found else None

    def _touch_of(self, arrival: Arrival) -> Touch | None:
        touch_id = self._office.signer.read(arrival.key, Purpose.TOUCH)
        if touch_id is None:
            return None
        with self._office.store.read() as unit:
            touch = unit.touches.by_ids([touch_id]).get(touch_id)
        return touch if touch is not None and touch.kind == "touch" else None

    def mail(self, write: Callable[..., bytes]) -> bool:
        """Somebody answers a mail of ours, or their program does."""
        arrival = self._some_arrival("email")
        touch = self._touch_of(arrival) if arrival is not None else None
        if touch is None or not touch.address:
            return False
        self._number += 1
        date = f"{self._world.clock.now():%a, %d %b %Y %H:%M:%S +0000}"
        raw = write(touch, Message_ID=f"<{self._number}@customer.test>", Date=date)
        self._take(raw)
        return True

    def report(self, write: Callable[[Touch], bytes]) -> bool:
        """A mailbox provider tells of a complaint."""
        arrival = self._some_arrival("email", fresh=True)
        touch = self._touch_of(arrival) if arrival is not None else None
        if touch is None or not touch.address:
            return False
        self._take(write(touch))
        return True

    def _take(self, raw: bytes) -> str:
        now = self._world.clock.now()
        mail = classify_mail(raw, now=now, ours=marks_of_office(self._office))
        return take_mail(self._office, mail).handled

    def bounce(self) -> bool:
        """A mail comes back undelivered."""
        arrival = self._some_arrival("email", fresh=True)
        touch = self._touch_of(arrival) if arrival is not None else None
        if arrival is None or touch is None or not touch.address:
            return False
        status = self._world.dice.choice(("5.1.1", "5.2.2", "4.4.7"))
        if "bounced" in self._take(self.answers.bounce(touch, status)):
            arrival.returned = self._world.mark()
        return True

    def return_letter(self) -> bool:
        """A letter comes back by post."""
        arrival = self._some_arrival("letter")
        if arrival is None:
            return False
        with self._office.store.write() as unit:
            now = self._world.clock.now()
            mark_returned(unit, [arrival.key], signer=self._office.signer, actor="people", at=now)
        arrival.returned = self._world.mark()
        return True
