"""What stands in a letter, as plain data for the page template: nothing in it is ever read as layout.
Pure."""

from collections.abc import Iterator
from typing import Any

from channels.errors import UnsendableError
from channels.letter.address import form_for, script_of, window_lines
from channels.letter.wording import Wording, long_date, wording_for
from channels.protocol import Outgoing, Sender
from channels.rendering import Block, Span, render_blocks, render_text


def letter_content(outgoing: Outgoing, *, home: str, form: str) -> dict[str, Any]:
    """The letter as JSON values; `home` and `form` as in the settings.

    Raises UnsendableError("empty text") and as rendering and the address window do.
    """
    language = outgoing.piece.language or outgoing.recipient.language or "en"
    country = outgoing.recipient.country
    window = form_for(form, country)
    said = render_text(outgoing.piece, outgoing.values)
    blocks = [_block(block) for block in render_blocks(outgoing.piece, outgoing.values)]
    if not blocks and not said.ask:
        raise UnsendableError("empty text", "nothing would be said")
    words = wording_for(language)
    return {
        "form": str(window),
        "language": _primary(language),
        "region": _region(language),
        "window": list(window_lines(outgoing.recipient, home=home, form=window)),
        "window_script": list(script_of(country)),
        "sender": _sender(outgoing.sender),
        "date": long_date(outgoing.date.date(), language, country),
        "reference": _line(outgoing.key),  # what `touches outbox returned` takes when the letter comes back
        "subject": _line(said.subject),
        "greeting": _line(said.greeting),
        "blocks": blocks,
        "ask": _line(said.ask),
        "closing": words.closing,
        "footer": _footer(outgoing, words),
        "page": words.page,
    }


def texts_of(value: object) -> Iterator[str]:
    """Every text in it, for the check of glyphs."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)


def _sender(sender: Sender) -> dict[str, Any]:
    """The letterhead is the house's name where the postal address begins with one, else the writer's."""
    first = sender.postal_address.replace("\n", ",").partition(",")[0].strip()
    house = first if first and not any(char.isdigit() for char in first) else sender.name
    contact = [sender.phone, sender.reply_to or sender.email]
    return {
        "name": _line(sender.name),
        "house": _line(house),
        "address": " · ".join(_parts(sender.postal_address)),
        "contact": [_line(line) for line in contact if line],
    }


def _footer(outgoing: Outgoing, words: Wording) -> list[str]:
    """A notice is owed to the reader: only a touch says how to object to more."""
    sender = outgoing.sender
    where = sender.reply_to or sender.email or sender.phone
    lines = [" · ".join(_parts(sender.postal_address))]
    if sender.complaints:
        lines.append(words.complaint.format(where=_line(sender.complaints)))
    if outgoing.purpose == "touch" and where:
        lines.append(words.objection.format(where=_line(where)))
    return lines


def _block(block: Block) -> dict[str, Any]:
    return {
        "kind": str(block.kind),
        "level": block.level,
        "depth": block.depth,
        "marker": "•" if block.marker == "-" else block.marker,
        "quote": block.quote,
        "tight": block.tight,
        "spans": [_span(span) for span in block.spans],
    }


def _span(span: Span) -> dict[str, Any]:
    return {
        "lines": [" ".join(line.split("\t")) for line in span.text.split("\n")],
        "strong": span.strong,
        "emphasis": span.emphasis,
        "href": _printed_link(span),
    }


def _printed_link(span: Span) -> str:
    """Paper cannot be clicked: the address follows its words, unless it is its words."""
    shown = span.href
    for scheme in ("mailto:", "tel:", "https://", "http://"):
        shown = shown.removeprefix(scheme)
    return "" if shown.rstrip("/") in span.text or not shown else shown


def _parts(address: str) -> list[str]:
    return [part.strip() for part in address.replace("\n", ",").split(",") if part.strip()]


def _line(text: str) -> str:
    return " ".join(text.split())


def _primary(language: str) -> str:
    return language.lower().partition("-")[0]


def _region(language: str) -> str:
    """The country of a tag such as `zh-Hant-TW`; script names alone decide for Chinese."""
    for part in language.split("-")[1:]:
        if len(part) == 2 and part.isalpha():
            return part.upper()
    traditional = "hant" in language.lower()
    return ("TW" if traditional else "CN") if _primary(language) == "zh" else ""
