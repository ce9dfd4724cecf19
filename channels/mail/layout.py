"""The two faces of a mail as texts with marks: plain, and HTML that reads well on a telephone and in the dark."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Final

from channels.mail.wording import Wording, direction_of, wording_for
from channels.protocol import Sender

if TYPE_CHECKING:
    from css_inline import CSSInliner

_STYLE: Final = """
body { margin: 0; padding: 0; background-color: #f4f4f2; }
.page { max-width: 600px; margin: 0 auto; padding: 24px; background-color: #ffffff; color: #222222;
  font-family: -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; font-size: 16px; line-height: 1.5; }
.page p, .page ul, .page ol, .page blockquote, .page table, .page pre { margin: 0 0 16px 0; }
.page h1, .page h2, .page h3 { margin: 24px 0 12px 0; line-height: 1.25; }
.page h1 { font-size: 24px; } .page h2 { font-size: 20px; } .page h3 { font-size: 17px; }
.page a { color: #0b57d0; text-decoration: underline; }
.page img { max-width: 100%; height: auto; border: 0; }
.page blockquote { border-left: 3px solid #cccccc; padding-left: 12px; }
.page td, .page th { padding: 4px 12px 4px 0; text-align: left; vertical-align: top; }
.page pre { white-space: pre-wrap; }
.page .ask { font-weight: bold; }
.page .footer { margin-top: 32px; padding-top: 16px; border-top: 1px solid #dddddd; font-size: 13px; color: #595959; }
.page .footer p { margin: 0 0 8px 0; }
.page .footer a { color: #595959; }
"""
_DARK: Final = (
    "@media (prefers-color-scheme:dark){body{background-color:#111!important}"
    ".page{background-color:#1b1b1b!important;color:#eee!important}.page a{color:#8ab4f8!important}"
    ".footer,.footer a{color:#aaa!important;border-color:#444!important}}"
    "@media (max-width:480px){.page{padding:16px!important}}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """What a face is made of: the piece's texts and the ways back, all with marks (empty: there is none)."""

    sender: Sender
    language: str
    title: str
    greeting: str
    body: str
    ask: str
    unsubscribe: str
    complain: str
    browser: str
    choose: str


def plain_text(face: Face) -> str:
    """The text part. Its footer stands behind the usual signature line."""
    said = [text for text in (face.greeting, face.body, face.ask) if text]
    return "\n\n".join([*said, "-- \n" + "\n".join(_plain_footer(face))]) + "\n"


def page(face: Face) -> str:
    """The HTML part: `body` is a fragment, the other texts are escaped here. Styles are set inline."""
    words = wording_for(face.language)
    language = f' lang="{escape(face.language)}"' if face.language else ""
    content = "\n".join([*_said(face), '<div class="footer">', *_footer(face, words), "</div>"])
    page = (
        f'<!DOCTYPE html>\n<html{language} dir="{direction_of(face.language)}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
        f"<title>{escape(face.title)}</title><style>{_STYLE}</style></head>\n"
        f'<body><div class="page">\n{content}\n</div></body></html>\n'
    )
    # The media rules join after inlining: they only work as a style sheet, and the inliner would drop them.
    return _inliner().inline(page).replace("</head>", f"<style>{_DARK}</style></head>", 1)


def _said(face: Face) -> Sequence[str]:
    greeting = [f"<p>{escape(face.greeting)}</p>"] if face.greeting else []
    ask = [f'<p class="ask">{escape(face.ask)}</p>'] if face.ask else []
    return [*greeting, face.body.rstrip("\n"), *ask]


def _plain_footer(face: Face) -> list[str]:
    words, sender = wording_for(face.language), face.sender
    lines = [sender.name, sender.postal_address]
    lines += [f"{words.phone}: {sender.phone}"] if sender.phone else []
    complaints = [text for text in (sender.complaints, face.complain) if text]
    lines += [f"{words.complain}: {' · '.join(complaints)}"] if complaints else []
    lines += [f"{words.browser}: {face.browser}"] if face.browser else []
    lines += [f"{words.choose}: {face.choose}"] if face.choose else []
    lines += [f"{words.unsubscribe}: {face.unsubscribe}"] if face.unsubscribe else []
    return [line for line in lines if line]


def _footer(face: Face, words: Wording) -> list[str]:
    sender = face.sender
    who = "<br>".join(escape(line) for line in (sender.name, *sender.postal_address.splitlines()) if line)
    phone = f"<br>{escape(words.phone)}: {escape(sender.phone)}" if sender.phone else ""
    complaint = _anchor(face.complain, words.complain) if face.complain else escape(words.complain)
    ways = [_anchor(face.browser, words.browser)] if face.browser else []
    ways += [_anchor(face.choose, words.choose)] if face.choose else []
    ways += [_anchor(face.unsubscribe, words.unsubscribe)] if face.unsubscribe else []
    texts = [
        who + phone,
        f"{complaint}: {_linked(sender.complaints)}" if sender.complaints else complaint if face.complain else "",
        " · ".join(ways),
    ]
    return [f"<p>{text}</p>" for text in texts if text]


def _anchor(url: str, text: str) -> str:
    return f'<a href="{escape(url)}">{escape(text)}</a>'


def _linked(contact: str) -> str:
    """A contact as a link where it plainly is a web or mail address."""
    if re.fullmatch(r"https?://\S+", contact):
        return _anchor(contact, contact)
    if re.fullmatch(r"[^\s@:]+@[^\s@:]+", contact):
        return _anchor(f"mailto:{contact}", contact)
    return escape(contact)


@lru_cache(maxsize=1)
def _inliner() -> "CSSInliner":
    from css_inline import CSSInliner

    return CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)
