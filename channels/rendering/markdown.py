"""Markdown to HTML and to blocks: raw HTML off, links only to http, https, mailto and tel."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from channels.rendering.marks import has_mark, in_url

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

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
    return parser


def _allowed(url: str) -> bool:
    return url.strip().lower().startswith(_SCHEMES) or has_mark(url[:1])
