"""What an SMS says: the body, the ask, and in advertising the way out. Pure."""

from channels.protocol import Outgoing
from channels.rendering import render_markdown_plain
from channels.settings import SmsSettings
from channels.sms.message import SmsMessage, minutes_valid
from channels.sms.segments import segments, straightened


def compose(outgoing: Outgoing, settings: SmsSettings) -> SmsMessage:
    """Plain lines without empty ones between, since each costs. Raises UnsendableError as rendering does.

    Only a touch carries the sentence on opting out: a notice is no advertising (47 CFR 64.1200; the EU's
    rules ask for an easy objection in each commercial message).
    """
    said = render_markdown_plain(outgoing.piece, outgoing.values)
    lines = [line.strip() for text in (said.body, said.ask) for line in text.splitlines()]
    if outgoing.purpose == "touch":
        lines.append(stop_hint(outgoing, settings))
    text = "\n".join(line for line in lines if line)
    if settings.straighten:
        text = straightened(text)
    return SmsMessage(
        text=text,
        encoding=segments(text).encoding,
        sender=settings.sender,
        valid_for=minutes_valid(outgoing.date, outgoing.valid_until),
    )


def stop_hint(outgoing: Outgoing, settings: SmsSettings) -> str:
    """The sentence on opting out in the language of the text, else of the reader, else in English."""
    for tag in (outgoing.piece.language, outgoing.recipient.language):
        for language in (tag, tag.partition("-")[0]):
            if language in settings.opt_out:
                return settings.opt_out[language]
    return settings.opt_out["en"]
