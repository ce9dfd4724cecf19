"""Blocks as plain text: for the text part of a mail, for SMS, and for reading aloud from a call list."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from channels.rendering.blocks import Block, BlockKind, Span
from channels.rendering.marks import alike

_INDENT = "  "


def to_text(blocks: Iterable[Block], *, bare_links: bool) -> str:
    """Paragraphs divided by an empty line. Links become `text <https://…>`, or `text https://…` when bare."""
    parts: list[str] = []
    for block in blocks:
        if parts:
            parts.append("\n" if block.tight else "\n\n")
        parts.append(_block(block, bare_links=bare_links))
    return "".join(parts)


def _block(block: Block, *, bare_links: bool) -> str:
    if block.kind is BlockKind.RULE:
        text = "" if bare_links else "-" * 20
    else:
        text = _spans(block.spans, bare_links=bare_links)
    first, rest = _margins(block)
    return first + text.replace("\n", "\n" + rest)


def _margins(block: Block) -> tuple[str, str]:
    """What stands before the first line and before each further one."""
    quote = "> " * block.quote
    if not block.depth:
        return quote, quote
    outer = quote + _INDENT * (block.depth - 1)
    inside = outer + (_INDENT if len(block.marker) < len("10.") - 1 else _INDENT + " ")
    return (f"{outer}{block.marker} " if block.marker else inside), inside


def _spans(spans: Sequence[Span], *, bare_links: bool) -> str:
    parts = []
    for href, group in groupby(spans, key=lambda span: span.href):
        label = "".join(span.text for span in group)
        parts.append(_link(label, href, bare_links=bare_links) if href else label)
    return "".join(parts)


def _link(label: str, href: str, *, bare_links: bool) -> str:
    shown = href.removeprefix("mailto:").removeprefix("tel:")
    if not label or alike(label, href) or alike(label, shown):
        return shown
    return f"{label} {shown}" if bare_links else f"{label} <{shown}>"
