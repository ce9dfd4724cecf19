"""The signed marks in a mail: which of our touches it names, and where. Pure; the signature decides, not the place."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from channels.inbound.values import InboundMail, OurMarks
from touches.tokens import Purpose, Signer

# A touch's token as the signer writes it: purpose, number in hexadecimal digits, signature in base 32.
_TOUCH_TOKEN = r"t[0-9a-f]{1,16}-[a-z2-7]{16}"  # noqa: S105 - a pattern
_TAG = re.compile(r"\+([A-Za-z0-9-]{4,80})(?:@|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Ids of touches by the place of the mark, the surest first. `asked`: it went to their opt-out address."""

    addressed: tuple[int, ...] = ()
    thread: tuple[int, ...] = ()
    quoted: tuple[int, ...] = ()
    asked: tuple[int, ...] = ()

    @property
    def all(self) -> frozenset[int]:
        """Every touch that is named."""
        return frozenset((*self.addressed, *self.thread, *self.quoted, *self.asked))


def our_marks(*, mail_domain: str, sender: str) -> OurMarks:
    """By what the classifier knows our own things. Our opt-out address is told apart by its token's purpose, so none is
    named here."""
    domains = {mail_domain.lower(), sender.rpartition("@")[2].lower()} - {""}
    return OurMarks(domains=frozenset(domains), message_id=_TOUCH_TOKEN + r"@[a-z0-9.-]{1,253}")


def read_marks(mail: InboundMail, signer: Signer) -> Marks:
    """Check every candidate of a mail; what we did not sign for this purpose is not there."""
    addressed = [tag for address in mail.recipients for tag in _TAG.findall(address)]
    thread = [found.partition("@")[0] for found in mail.in_reply_to]
    quoted = [*mail.tokens, *(found.partition("@")[0] for found in mail.references)]
    return Marks(
        addressed=_touches(addressed, signer, Purpose.TOUCH),
        thread=_touches(thread, signer, Purpose.TOUCH),
        quoted=_touches(quoted, signer, Purpose.TOUCH, Purpose.UNSUBSCRIBE),
        asked=_touches(addressed, signer, Purpose.UNSUBSCRIBE),
    )


def _touches(candidates: Iterable[str], signer: Signer, *purposes: Purpose) -> tuple[int, ...]:
    found = (signer.read(candidate, purpose) for candidate in candidates for purpose in purposes)
    return tuple(dict.fromkeys(number for number in found if number is not None))
