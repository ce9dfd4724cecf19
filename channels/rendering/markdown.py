"""Markdown to HTML and to blocks: raw HTML off, links only to http, https, mailto and tel."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from channels.rendering.marks import has_mark, in_url

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

_BARE: Final = re.compile(r"https?://[^\s<>\"'`]*[^\s<>\"'`.,;:!?)\]}*_]", re.IGNORECASE)
_SCHEMES: Final = ("http://", "https://", "mailto:", "tel:")


def to_html(source: str) -> str:
    """An HTML fragment. A link to anywhere else stays as it was typed."""
    return str(_parser().render(source))


def tokens(source: str) -> "Sequence[Token]":
    """The flat list of block tokens; an inline token carries its children."""
    return _parser().parse(source)


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt
    from markdown_it.common.normalize_url import normalizeLink

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable("table")
    # Instance attributes are this library's documented way to replace its link rules.
    parser.validateLink = _allowed  # type: ignore[method-assign]
    parser.normalizeLink = lambda url: in_url(normalizeLink(url))  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    parser.core.ruler.push("bare_links", _link_bare)
    return parser


def _link_bare(state: "StateCore") -> None:
    """Web addresses that were just typed become links, as people expect of a mail."""
    for block in state.tokens:
        if block.type == "inline" and block.children and "://" in block.content:
            block.children = list(_with_links(block.children, state.md.normalizeLink))


def _with_links(children: "Sequence[Token]", normalize: Callable[[str], str]) -> "Iterator[Token]":
    inside = 0
    for token in children:
        inside += token.nesting if token.type in {"link_open", "link_close"} else 0
        if inside or token.type != "text":
            yield token
        else:
            yield from _pieces(token, normalize)


def _pieces(token: "Token", normalize: Callable[[str], str]) -> "Iterator[Token]":
    from markdown_it.token import Token

    end = 0
    for found in _BARE.finditer(token.content):
        yield Token("text", "", 0, content=token.content[end : found.start()])
        yield Token("link_open", "a", 1, attrs={"href": normalize(found.group())}, markup="autolink")
        yield Token("text", "", 0, content=found.group())
        yield Token("link_close", "a", -1, markup="autolink")
        end = found.end()
    yield Token("text", "", 0, content=token.content[end:])


def _allowed(url: str) -> bool:
    return url.strip().lower().startswith(_SCHEMES) or has_mark(url[:1])
