"""A formatted text as plain values: paragraphs, list items, headings, with their spans."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from channels.rendering.markdown import tokens

if TYPE_CHECKING:
    from markdown_it.token import Token


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CODE = "code"
    RULE = "rule"
    ROW = "row"  # of a table; its cells are divided by " | "


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of text in one style. `href` is set for a link; `text` may hold line breaks."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph or the like.

    `level` is a heading's; `depth` counts the lists around it; `marker` ("-", "3.") begins a list item;
    `quote` counts the quotations around it; `tight` follows its predecessor without an empty line.
    """

    kind: BlockKind
    spans: tuple[Span, ...] = ()
    level: int = 0
    depth: int = 0
    marker: str = ""
    quote: int = 0
    tight: bool = False


@dataclass(slots=True)
class _Walk:
    """Where the reader of tokens is."""

    lists: list[str] = field(default_factory=list)  # the next marker of each open list
    quote: int = 0
    level: int = 0
    marker: str = ""
    row: list[Span] = field(default_factory=list)
    in_row: bool = False
    hidden: bool = False  # the paragraph's own tags: an item of a tight list
    after_tight: bool = False

    def block(self, kind: BlockKind, spans: Sequence[Span] = (), *, tight: bool = False) -> Block:
        marker, self.marker = self.marker, ""
        block = Block(
            kind=kind, spans=tuple(spans), level=self.level, depth=len(self.lists), marker=marker,
            quote=self.quote, tight=tight and self.after_tight,
        )  # fmt: skip
        self.after_tight = tight
        return block


_CELL_BREAK: Final = Span(text=" | ")


def blocks_of(source: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text in reading order."""
    walk = _Walk()
    return tuple(block for token in tokens(source) for block in _step(walk, token))


def _step(walk: _Walk, token: "Token") -> Iterator[Block]:
    kind = token.type
    if kind == "inline":
        yield from _inline(walk, token)
    elif kind in {"fence", "code_block"}:
        yield walk.block(BlockKind.CODE, [Span(text=token.content.rstrip("\n"), code=True)])
    elif kind == "hr":
        yield walk.block(BlockKind.RULE)
    elif kind == "tr_close":
        walk.in_row = False
        yield walk.block(BlockKind.ROW, walk.row, tight=True)
    else:
        _enter_or_leave(walk, token)


def _inline(walk: _Walk, token: "Token") -> Iterator[Block]:
    found = list(spans_of(token.children or ()))
    if walk.in_row:
        walk.row += [_CELL_BREAK, *found] if walk.row else found
    elif walk.level:
        yield walk.block(BlockKind.HEADING, found)
    else:
        yield walk.block(BlockKind.PARAGRAPH, found, tight=walk.hidden)


def _enter_or_leave(walk: _Walk, token: "Token") -> None:
    match token.type:
        case "paragraph_open":
            walk.hidden = token.hidden
        case "bullet_list_open":
            walk.lists.append("-")
        case "ordered_list_open":
            walk.lists.append(f"{token.attrs.get('start', 1)}.")
        case "bullet_list_close" | "ordered_list_close":
            walk.lists.pop()
            walk.after_tight = walk.after_tight and bool(walk.lists)
        case "list_item_open":
            walk.marker = walk.lists[-1]
            walk.lists[-1] = _following(walk.marker)
        case "blockquote_open" | "blockquote_close":
            walk.quote += token.nesting
        case "heading_open":
            walk.level = int(token.tag[1:])
        case "heading_close":
            walk.level = 0
        case "tr_open":
            walk.row, walk.in_row = [], True
        case "table_close":
            walk.after_tight = False


def _following(marker: str) -> str:
    return marker if marker == "-" else f"{int(marker[:-1]) + 1}."


def spans_of(children: "Sequence[Token]") -> Iterator[Span]:
    """The spans of one inline token's children, styles carried along."""
    strong = emphasis = 0
    href = ""
    for token in children:
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "em_open" | "em_close":
                emphasis += token.nesting
            case "link_open":
                href = str(token.attrs["href"])
            case "link_close":
                href = ""
            case _:
                text = "\n" if token.type == "hardbreak" else " " if token.type == "softbreak" else token.content
                code = token.type == "code_inline"
                yield Span(text=text, strong=strong > 0, emphasis=emphasis > 0, code=code, href=href)
