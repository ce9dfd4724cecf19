"""One mail out of a cached skeleton and a lead's values: headers by ourselves, no `email.message` on the way."""

from hashlib import sha256
from itertools import chain

from channels.errors import UnsendableError
from channels.mail.addresses import Mailbox, mailbox, named
from channels.mail.headers import date_text, token, unstructured, uri
from channels.mail.skeleton import Shape, Skeleton, shape_of, skeleton_of
from channels.protocol import Outgoing, Prepared
from channels.rendering.pieces import Form, MarkedPiece, evaluate, pattern_of

HEADER_LIMIT = 50_000  # characters; servers commonly stop at 100,000


class MailComposer:
    """Composes multipart mails. Equal input gives equal bytes, on every attempt and every machine."""

    def compose(self, outgoing: Outgoing) -> Prepared:
        """The message with CRLF line ends, 7-bit unless an address needs SMTPUTF8.

        Raises UnsendableError: what rendering raises, and "bad address", "control character in a header",
        "unfit link in a header", "unfit identifier in a header", "header too long".
        """
        recipient = mailbox(outgoing.recipient.address, field="To")
        origin = mailbox(outgoing.return_path or outgoing.sender.email, field="return path")
        marked = evaluate(outgoing.piece, outgoing.values)
        skeleton = skeleton_of(_shape(outgoing, marked))
        out = [_headers(outgoing, skeleton, recipient, origin, marked).encode("utf-8")]
        values = _values(outgoing, marked)
        plain_text = skeleton.text.write(values, out)
        out.append(skeleton.between)
        plain_html = skeleton.html.write(values, out)
        out.append(skeleton.end)
        payload = b"".join(out)
        return Prepared(
            key=outgoing.key,
            channel=outgoing.channel,
            address=recipient.address,
            return_path=origin.address,
            payload=payload,
            digest=sha256(payload).hexdigest(),
            smtputf8=recipient.smtputf8 or origin.smtputf8 or not out[0].isascii(),
            transparent=plain_text and plain_html and skeleton.transparent,
        )


def _shape(outgoing: Outgoing, marked: MarkedPiece) -> Shape:
    return shape_of(
        key=outgoing.piece.key,
        sender=outgoing.sender,
        language=outgoing.piece.language or outgoing.recipient.language,
        marked=marked,
        links=outgoing.links,
        listed=outgoing.purpose == "touch",
    )


def _values(outgoing: Outgoing, marked: MarkedPiece) -> tuple[str, ...]:
    links = outgoing.links
    leaving = links.unsubscribe_url or links.unsubscribe_mailto
    ways = (leaving, links.complaint_url, links.browser_url, links.preferences_url)
    return (*marked.greeting.values, *marked.body.values, *marked.ask.values, *ways)


def _headers(outgoing: Outgoing, skeleton: Skeleton, recipient: Mailbox, origin: Mailbox, marked: MarkedPiece) -> str:
    to = named(outgoing.recipient.name, recipient, field="To")
    subject = unstructured(_one_line(marked), field="Subject")
    identity = token(outgoing.message_id, field="Message-ID")
    text = (
        f"{skeleton.origin}{_answers(outgoing, origin)}To: {to}\r\nSubject: {subject}\r\n"
        f"Date: {date_text(outgoing.date)}\r\n"
        f"Message-ID: <{identity}>\r\n{_purpose_headers(outgoing)}{_thread_headers(outgoing)}"
        f"X-Touches: {token(outgoing.key, field='X-Touches')}\r\n{skeleton.structure}"
    )
    if len(text) > HEADER_LIMIT:
        raise UnsendableError("header too long", f"{len(text)} characters, at most {HEADER_LIMIT}")
    return text


def _answers(outgoing: Outgoing, origin: Mailbox) -> str:
    reply_to = outgoing.sender.reply_to
    if not reply_to:
        return ""
    to = origin if reply_to == outgoing.return_path else mailbox(reply_to, field="Reply-To")
    return f"Reply-To: {to.address}\r\n"


def _one_line(marked: MarkedPiece) -> str:
    """The subject with its values as they are: what no header may hold is refused, not repaired."""
    pattern = pattern_of(marked.subject.text, Form.LINE)
    if not pattern.slots:
        return pattern.texts[0]
    texts = [marked.subject.values[slot.index] for slot in pattern.slots]
    return "".join(chain.from_iterable(zip(pattern.texts, [*texts, ""], strict=True)))


def _purpose_headers(outgoing: Outgoing) -> str:
    """RFC 2369 and RFC 8058 for touches; RFC 3834 for what nobody should answer automatically."""
    if outgoing.purpose != "touch":
        return "Auto-Submitted: auto-generated\r\n"
    url, mailto = outgoing.links.unsubscribe_url, outgoing.links.unsubscribe_mailto
    ways = [uri(way, field="List-Unsubscribe") for way in (url, mailto) if way]
    text = "List-Unsubscribe: " + ",\r\n ".join(ways) + "\r\n" if ways else ""
    one_click = url.startswith("https://")
    return text + ("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" if one_click else "")


def _thread_headers(outgoing: Outgoing) -> str:
    if not outgoing.in_reply_to:
        return ""
    parent = token(outgoing.in_reply_to.strip("<>"), field="In-Reply-To")
    return f"In-Reply-To: <{parent}>\r\nReferences: <{parent}>\r\n"
