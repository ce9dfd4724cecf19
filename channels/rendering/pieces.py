"""A piece of news with one lead's values as text, HTML or blocks. Pure; derived forms are cached."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from channels.protocol import Piece
from channels.rendering.blocks import Block, blocks_of
from channels.rendering.markdown import to_html
from channels.rendering.marks import Pattern, split
from channels.rendering.template import Marked, compile_template, namespaces
from channels.rendering.text import to_text


class Form(StrEnum):
    """What a marked text is turned into."""

    LINE = "line"  # one line of plain text: a subject, a greeting, an ask
    TEXT = "text"  # Markdown as plain text, links in angle brackets
    BARE = "bare"  # Markdown as plain text, bare links
    HTML = "html"  # Markdown as an HTML fragment
    HTML_LINE = "html_line"  # one line of plain text, escaped for HTML


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The four texts of a piece with the values in them. All but `body` are single lines, perhaps empty."""

    subject: str
    body: str
    ask: str
    greeting: str


class MarkedPiece(NamedTuple):
    """The four texts with their values still apart: equal `texts` share every derived form."""

    subject: Marked
    greeting: Marked
    body: Marked
    ask: Marked


def evaluate(piece: Piece, values: Mapping[str, object]) -> MarkedPiece:
    """Run the four templates. Raises UnsendableError as `Template.evaluate` and `compile_template` do."""
    names = namespaces(values)
    texts = (piece.subject, piece.greeting, piece.body, piece.ask)
    return MarkedPiece(*[compile_template(text).evaluate(names) for text in texts])


def render_text(piece: Piece, values: Mapping[str, object]) -> Rendered:
    """Plain text for a mail: no markup, links as `text <https://…>`."""
    return _rendered(evaluate(piece, values), Form.TEXT)


def render_markdown_plain(piece: Piece, values: Mapping[str, object]) -> Rendered:
    """Plain text for SMS and call scripts: no markup, links bare so that a telephone makes them tappable."""
    return _rendered(evaluate(piece, values), Form.BARE)


def render_html(piece: Piece, values: Mapping[str, object]) -> str:
    """Greeting, body and ask as one HTML fragment (`<p>…</p>`), values escaped."""
    marked = evaluate(piece, values)
    lines = (filled(marked.greeting, Form.HTML_LINE), filled(marked.ask, Form.HTML_LINE))
    greeting, ask = (f"<p>{line}</p>\n" if line else "" for line in lines)
    return greeting + filled(marked.body, Form.HTML) + ask


def render_blocks(piece: Piece, values: Mapping[str, object]) -> tuple[Block, ...]:
    """The body as blocks of plain values, for what sets its own type (letters): no markup is left in them."""
    marked = compile_template(piece.body).evaluate(namespaces(values))
    return tuple(_with_values(block, marked.values) for block in _blocks(marked.text))


def filled(marked: Marked, form: Form) -> str:
    """One marked text in a form, its values joined in."""
    markup = form in {Form.HTML, Form.HTML_LINE}
    return pattern_of(marked.text, form).fill(marked.values, markup=markup)


@lru_cache(maxsize=512)
def pattern_of(text: str, form: Form) -> Pattern:
    """The form of a marked text, cut at its slots; its cost is paid once for all leads."""
    return split(marked_form(text, form))


def marked_form(text: str, form: Form) -> str:
    """A marked text brought into a form, its marks still in it."""
    if form is Form.LINE:
        return " ".join(text.split())
    if form is Form.HTML_LINE:
        return html.escape(" ".join(text.split()))
    if form is Form.HTML:
        return to_html(text)
    return to_text(_blocks(text), bare_links=form is Form.BARE)


@lru_cache(maxsize=256)
def _blocks(text: str) -> tuple[Block, ...]:
    return blocks_of(text)


def _rendered(marked: MarkedPiece, body: Form) -> Rendered:
    return Rendered(
        subject=filled(marked.subject, Form.LINE),
        greeting=filled(marked.greeting, Form.LINE),
        body=filled(marked.body, body),
        ask=filled(marked.ask, Form.LINE),
    )


def _with_values(block: Block, values: Sequence[str]) -> Block:
    spans = tuple(
        replace(
            span,
            text=split(span.text).fill(values, markup=False),
            href=split(span.href).fill(values, markup=False),
        )
        for span in block.spans
    )
    return replace(block, spans=spans)
