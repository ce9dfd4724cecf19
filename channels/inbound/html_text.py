"""HTML of a mail as plain text, in linear time: enough to read a reply, with quotes marked by `>`."""

import html
import re

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,20})([^<>]{0,5000})>")
_COMMENT = re.compile(r"<!--(?:[^-]|-(?!->)){0,20000}-->|<![^<>]{0,500}>|<\?[^<>]{0,500}>")
_SILENT = frozenset({"script", "style", "head", "title"})
_BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote", "hr", "ul", "pre"})
_QUOTE_CLASS = re.compile(
    r"gmail_quote|yahoo_quoted|moz-cite-prefix|divRplyFwdMsg|appendonsend|protonmail_quote", re.IGNORECASE
)


def html_to_text(source: str) -> str:
    """Readable lines. What a blockquote holds, and all after a mail program's quote marker, begins with `> `."""
    reader = _Reader()
    source = _COMMENT.sub("", source)
    position = 0
    for tag in _TAG.finditer(source):
        reader.words(source[position : tag.start()])
        reader.tag(closing=bool(tag.group(1)), name=tag.group(2).lower(), rest=tag.group(3))
        position = tag.end()
    reader.words(source[position:])
    return reader.text()


class _Reader:
    """Collects lines; `quoted` counts open blockquotes, and a marker of a mail program opens one for good."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quoted = 0
        self.for_good = False
        self.silent = ""

    def words(self, source: str) -> None:
        if not self.silent and source:
            self.line.append(re.sub(r"\s{1,10000}", " ", html.unescape(source)))

    def tag(self, *, closing: bool, name: str, rest: str) -> None:
        if self.silent:
            self.silent = "" if closing and name == self.silent else self.silent
            return
        if name in _SILENT:
            self.silent = "" if closing or rest.endswith("/") else name
        if name in _BREAKS:
            self._end_line()
        if name == "blockquote":
            self.quoted = max(0, self.quoted + (-1 if closing else 1))
        elif not closing and name == "div" and _QUOTE_CLASS.search(rest):
            self.for_good = True

    def _end_line(self) -> None:
        text = "".join(self.line).strip()
        self.line.clear()
        self.lines.append(f"> {text}" if self.quoted or self.for_good else text)

    def text(self) -> str:
        self._end_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip()
