"""What all mails of one piece, sender and shape have in common, built once: constant headers and encoded parts."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from channels.errors import UnsendableError
from channels.mail.addresses import mailbox, named
from channels.mail.layout import Face, page, plain_text
from channels.mail.transfer import Part, part
from channels.protocol import Links, Sender
from channels.rendering.marks import mark, shift, split, unfit
from channels.rendering.pieces import Form, MarkedPiece, marked_form


class Shape(NamedTuple):
    """What decides a skeleton: a plain tuple, for it is looked up for every mail. `sender` are the texts of the sender
    without Reply-To, which may name the touch and decides nothing here; `texts` are greeting, body and ask with marks,
    `counts` how many values each has; `ways` says which links exist: out of further mails, to complain, to the browser,
    to the reader's choices."""

    key: str
    sender: tuple[str, str, str, str, str]
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

    @property
    def transparent(self) -> bool:
        """Whether nothing of it has to be changed on its way through SMTP."""
        return self.text.transparent and self.html.transparent


def shape_of(*, key: str, sender: Sender, language: str, marked: MarkedPiece, links: Links, listed: bool) -> Shape:
    """The shape of one message; `listed` says whether it offers a way out of further ones."""
    leaving = listed and bool(links.unsubscribe_url or links.unsubscribe_mailto)
    greeting, body, ask = marked.greeting, marked.body, marked.ask
    return Shape(
        key,
        (sender.name, sender.email, sender.postal_address, sender.phone, sender.complaints),
        language,
        (greeting.text, body.text, ask.text),
        (len(greeting.values), len(body.values), len(ask.values)),
        (leaving, bool(links.complaint_url), bool(links.browser_url), listed and bool(links.preferences_url)),
    )


@lru_cache(maxsize=256)
def skeleton_of(shape: Shape) -> Skeleton:
    """Render, inline and encode all that does not change from lead to lead. Raises UnsendableError."""
    sender = _sender(shape)
    origin = _origin(sender)
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


def _sender(shape: Shape) -> Sender:
    name, email, postal_address, phone, complaints = shape.sender
    return Sender(name=name, email=email, postal_address=postal_address, phone=phone, complaints=complaints)


def _part_headers(kind: str, content: Part) -> str:
    encoding = content.encoding
    return f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"


def _face(shape: Shape, form: Form) -> Face:
    """The piece's texts with their marks counted through, the links' behind them."""
    (greeting, body, ask), (first, second, third) = shape.texts, shape.counts
    ways = [mark(first + second + third + number) if there else "" for number, there in enumerate(shape.ways)]
    sender = _sender(shape)
    return Face(
        sender=sender,
        language=shape.language,
        title=sender.name,
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
