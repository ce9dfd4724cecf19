"""Drafts of news from the entries of an RSS or Atom feed, or from a changelog. Never published by itself."""

import html
import re
from dataclasses import dataclass
from pathlib import Path

from touches.errors import FileError, MissingExtra

MOST_BYTES = 5_000_000
MOST_ENTRIES = 200
_TAG = re.compile(r"<[^>]{0,500}>")
_HEADING = re.compile(r"^#{1,3}\s+(.{1,200})$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry, as plain text."""

    name: str
    headline: str
    body: str


def read_entries(path: Path) -> list[Entry]:
    """The entries of a feed or changelog file; FileError for what is neither, MissingExtra without the feed reader."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FileError(f'"{path}" is larger than {MOST_BYTES // 1_000_000} MB: no feed is.')
        raw = path.read_bytes()
    except OSError as error:
        raise FileError.from_os(error, "read") from None
    if raw.lstrip()[:1] == b"<":
        return _from_feed(raw, path)
    return _from_changelog(raw.decode("utf-8", "replace"), path)


def _from_feed(raw: bytes, path: Path) -> list[Entry]:
    try:
        import feedparser
    except ModuleNotFoundError:
        raise MissingExtra("Reading feeds", "feeds") from None
    found = feedparser.parse(raw, sanitize_html=True)
    if not found.entries:
        raise FileError(f'"{path}" has no entries: expected an RSS or Atom feed.')
    return [_entry(one.get("title", ""), one.get("summary", "")) for one in found.entries[:MOST_ENTRIES]]


def _from_changelog(text: str, path: Path) -> list[Entry]:
    parts = _HEADING.split(text)[1:]
    if not parts:
        raise FileError(f'"{path}" is neither a feed nor a changelog: expected headings such as "## 1.2".')
    pairs = list(zip(parts[::2], parts[1::2], strict=True))[:MOST_ENTRIES]
    return [_entry(heading, body) for heading, body in pairs if body.strip()]


def _entry(title: str, body: str) -> Entry:
    headline = _plain(title)[:120] or "Untitled"
    name = re.sub(r"[^\w]+", "-", headline.casefold()).strip("-")[:50] or "entry"
    return Entry(name=name, headline=literal(headline), body=literal(_plain(body)[:4000]))


def _plain(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in html.unescape(_TAG.sub(" ", text)).splitlines()).strip()


def literal(text: str) -> str:
    """Foreign text in a template file: braces mean nothing there."""
    return text.replace("{", "(").replace("}", ")")
