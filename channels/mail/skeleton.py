"""What all mails of one piece, sender and shape have in common, built once: constant headers and encoded parts."""

from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b

from channels.errors import UnsendableError
from channels.mail.addresses import mailbox, named
from channels.mail.layout import Face, page, plain_text
from channels.mail.transfer import Part, part
from channels.protocol import Links, Sender
from channels.rendering.marks import mark, shift, split, unfit
from channels.rendering.pieces import Form, MarkedPiece, marked_form


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What decides a skeleton. `texts` are greeting, body and ask with marks, `counts` how many values each has;
    `ways` says which links exist: out of further mails, to complain, to the browser, to the reader's choices."""

    key: str
    sender: Sender
    language: str
    texts: tuple[str, str, str]
    counts: tuple[int, int, int]
    ways: tuple[bool, bool, bool, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeleton:
    """`origin` is From, `structure` the headers of the multipart up to the first part's content."""

    origin: str
    structure: str
    text: Part
    between: bytes
    html: Part
    end: bytes


def shape_of(*, key: str, sender: Sender, language: str, marked: MarkedPiece, links: Links, listed: bool) -> Shape:
    """The shape of one message; `listed` says whether it offers a way out of further ones."""
    leaving = listed and bool(links.unsubscribe_url or links.unsubscribe_mailto)
    return Shape(
        key=key,
        sender=_bare(sender),
        language=language,
        texts=(marked.greeting.text, marked.body.text, marked.ask.text),
        counts=(len(marked.greeting.values), len(marked.body.values), len(marked.ask.values)),
        ways=(leaving, bool(links.complaint_url), bool(links.browser_url), listed and bool(links.preferences_url)),
    )


def _bare(sender: Sender) -> Sender:
    """Without Reply-To, which may name the touch: it decides nothing here."""
    return replace(sender, reply_to="") if sender.reply_to else sender


@lru_cache(maxsize=256)
def skeleton_of(shape: Shape) -> Skeleton:
    """Render, inline and encode all that does not change from lead to lead. Raises UnsendableError."""
    origin = _origin(shape.sender)
    boundary = "=_" + blake2b(shape.key.encode("utf-8"), digest_size=12).hexdigest()
    text = part(split(plain_text(_face(shape, Form.TEXT))), markup=False)
    html = part(split(page(_face(shape, Form.HTML))), markup=True)
    return Skeleton(
        origin=origin,
        structure=(
            "MIME-Version: 1.0\r\n"
            f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'
            f"--{boundary}\r\n{_part_headers('plain', text)}"
        ),
        text=text,
        between=f"\r\n--{boundary}\r\n{_part_headers('html', html)}".encode("ascii"),
        html=html,
        end=f"\r\n--{boundary}--\r\n".encode("ascii"),
    )


def _part_headers(kind: str, content: Part) -> str:
    encoding = content.encoding
    return f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"


def _face(shape: Shape, form: Form) -> Face:
    """The piece's texts with their marks counted through, the links' behind them."""
    (greeting, body, ask), (first, second, third) = shape.texts, shape.counts
    ways = [mark(first + second + third + number) if there else "" for number, there in enumerate(shape.ways)]
    return Face(
        sender=shape.sender,
        language=shape.language,
        title=shape.sender.name,
        greeting=marked_form(greeting, Form.LINE),
        body=shift(marked_form(body, form), first),
        ask=shift(marked_form(ask, Form.LINE), first + second),
        unsubscribe=ways[0],
        complain=ways[1],
        browser=ways[2],
        choose=ways[3],
    )


def _origin(sender: Sender) -> str:
    for detail in (sender.postal_address, sender.phone, sender.complaints):
        if unfit(detail):
            raise UnsendableError("control character in the sender's details", "look at [sender] of the settings")
    writer = named(sender.name, mailbox(sender.email, field="From"), field="From")
    return f"From: {writer}\r\n"
