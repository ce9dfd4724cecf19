"""What a reader's mail program gets to see: every mail is parsed again by the standard library."""

import re
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.errors import UnsendableError
from channels.mail import MailComposer
from channels.protocol import Links, Outgoing
from channels.rendering import render_html, render_text
from channels.smtp.transaction import body_of, body_on_the_wire
from tests.unit.channels.mail.samples import LINKS, OUTGOING, PIECE, SENDER, mail_to, mail_with

HEADERS = [
    "From",
    "Reply-To",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "X-Touches",
    "MIME-Version",
    "Content-Type",
]
# Printable text of any script; what headers refuse has tests of its own.
WORDS = st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\u202a\u202b\u202c\u202d\u202e"
        "\u2066\u2067\u2068\u2069"
    ),
    max_size=300,
)  # fmt: skip
SCRIPTS = st.sampled_from(
    ["Ä" * 300, "漢字" * 80, "Ελληνικά και", "שלום עולם", "مرحبا", "😀" * 60, "e\u0301" * 200, "a b  c ", "\ufeffBob"]
)  # fmt: skip


def composed(outgoing: Outgoing) -> EmailMessage:
    message = message_from_bytes(MailComposer().compose(outgoing).payload, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


def words_of(page: str) -> str:
    """What an HTML page says, white space aside."""

    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.texts: list[str] = []

        def handle_data(self, data: str) -> None:
            self.texts.append(data)

    reader = Reader()
    reader.feed(page)
    return " ".join("".join(reader.texts).split())


def name_on_the_wire(outgoing: Outgoing) -> str:
    """The display name of To by the older parser: the newer one puts spaces between the words of a long name."""
    message = message_from_bytes(MailComposer().compose(outgoing).payload)
    name, _ = parseaddr(re.sub(r"\r?\n", "", message["To"]))
    return str(make_header(decode_header(name)))


def wire_is_sound(payload: bytes) -> None:
    assert re.search(rb"\r(?!\n)|(?<!\r)\n", payload) is None
    assert payload.endswith(b"\r\n")
    assert b"\x00" not in payload
    head, _, rest = payload.partition(b"\r\n\r\n")
    assert max(map(len, head.split(b"\r\n"))) <= 998
    assert max(map(len, rest.split(b"\r\n"))) <= 76
    assert all(len(word) <= 75 for word in re.findall(rb"=\?utf-8\?[qb]\?[^ \r\n]*\?=", head))


def test_a_touch_has_its_headers_once_each() -> None:
    message = composed(OUTGOING)
    assert message.keys() == HEADERS
    assert message["From"] == "Aino from Kahvila <aino@kahvila.example>"
    assert message["Reply-To"] == "answers@kahvila.example"
    assert message["To"] == "Matti Meikäläinen <matti@customer.test>"
    assert message["Subject"] == "Open until 22:00, Matti"
    assert message["Date"].datetime == OUTGOING.date
    assert message["Message-ID"] == "<t-1@kahvila.example>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["X-Touches"] == "t-1"


def test_the_way_out_arrives_unencoded_with_https_first() -> None:
    payload = MailComposer().compose(OUTGOING).payload
    assert (
        b"List-Unsubscribe: <https://touch.kahvila.example/u/abc>,\r\n"
        b" <mailto:stop+abc@kahvila.example?subject=stop>\r\n"
    ) in payload


def test_without_a_web_page_the_way_out_is_a_mailbox_alone() -> None:
    message = composed(replace(OUTGOING, links=Links(unsubscribe_mailto=LINKS.unsubscribe_mailto)))
    assert message["List-Unsubscribe"] == f"<{LINKS.unsubscribe_mailto}>"
    assert "List-Unsubscribe-Post" not in message
    assert LINKS.unsubscribe_mailto in body(message, "plain")
    assert f'href="{LINKS.unsubscribe_mailto}"' in body(message, "html")


@pytest.mark.parametrize("purpose", ["notice", "test"])
def test_only_a_touch_offers_a_way_out_of_further_ones(purpose: str) -> None:
    message = composed(replace(OUTGOING, purpose=purpose))
    assert "List-Unsubscribe" not in message
    assert "List-Unsubscribe-Post" not in message
    assert message["Auto-Submitted"] == "auto-generated"
    assert "/u/abc" not in body(message, "plain") + body(message, "html")
    assert SENDER.postal_address in body(message, "plain")


def test_an_answer_names_what_it_answers() -> None:
    message = composed(replace(OUTGOING, in_reply_to="<q@customer.test>"))
    assert message["In-Reply-To"] == message["References"] == "<q@customer.test>"


def test_both_faces_end_with_sender_address_complaint_and_way_out() -> None:
    message = composed(OUTGOING)
    for text in (body(message, "plain"), words_of(body(message, "html"))):
        for expected in (
            SENDER.name,
            "Esimerkkikatu 1",
            SENDER.phone,
            SENDER.complaints,
            "Unsubscribe",
            "Not satisfied",
        ):
            assert expected in text
    assert 'href="https://touch.kahvila.example/u/abc"' in body(message, "html")


def test_the_footer_speaks_the_language_of_the_piece() -> None:
    message = composed(replace(OUTGOING, piece=replace(PIECE, key="fi", language="fi-FI")))
    assert "Peruuta viestit" in body(message, "plain")
    assert '<html lang="fi-FI" dir="ltr">' in body(message, "html")
    right = composed(replace(OUTGOING, piece=replace(PIECE, key="ar", language="ar")))
    assert 'dir="rtl"' in body(right, "html")


def test_styles_are_inline_and_the_page_turns_dark() -> None:
    page = body(composed(OUTGOING), "html")
    assert re.search(r'<p style="[^"]*margin', page)
    assert "prefers-color-scheme:dark" in page
    assert "viewport" in page


def test_equal_input_gives_equal_bytes_and_another_key_another_boundary() -> None:
    first, again = MailComposer().compose(OUTGOING), MailComposer().compose(OUTGOING)
    assert first == again
    other = composed(replace(OUTGOING, piece=replace(PIECE, key="other")))
    assert other.get_boundary() != composed(OUTGOING).get_boundary()


def test_the_envelope_is_prepared() -> None:
    prepared = MailComposer().compose(OUTGOING)
    assert (prepared.address, prepared.return_path) == ("matti@customer.test", "bounce+t1@kahvila.example")
    assert not prepared.smtputf8
    assert len(prepared.digest) == 64


def test_chinese_travels_as_base64_and_finnish_as_quoted_printable() -> None:
    for text, encoding in (
        ("漢字仮名交じり文。" * 40, "base64"),
        ("Tukemme vastaa nyt iltaisin, myös lauantaina. " * 20, "quoted-printable"),
    ):
        part = composed(mail_with(body=text)).get_body(("plain",))
        assert part is not None
        assert part["Content-Transfer-Encoding"] == encoding
        assert text.strip() in part.get_content()


def reference(outgoing: Outgoing) -> EmailMessage:
    """The slow way: the standard library's own message, parsed back from its own bytes."""
    message = EmailMessage(policy=policy.SMTP)
    shown = render_text(outgoing.piece, outgoing.values)
    message["Subject"] = shown.subject
    message.set_content(f"{shown.greeting}\n\n{shown.body}\n\n{shown.ask}\n")
    message.add_alternative(render_html(outgoing.piece, outgoing.values), subtype="html")
    parsed = message_from_bytes(message.as_bytes(), policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


@given(WORDS | SCRIPTS)
@settings(max_examples=300, deadline=None)
def test_any_value_arrives_as_with_the_slow_reference(value: str) -> None:
    outgoing = mail_with(
        {"x": value},
        subject="News",
        greeting="Hi {{ lead.x }},",
        body="# {{ lead.x }}\n\nä **{{ lead.x }}**, and {{ lead.x }}\n\n- [l](https://k.example/?q={{ lead.x }})\n",
        ask="{{ lead.x }}?",
    )
    prepared = MailComposer().compose(outgoing)
    wire_is_sound(prepared.payload)
    message, slow = composed(outgoing), reference(outgoing)
    assert message.keys() == HEADERS
    said, _, _ = body(message, "plain").partition("\n\n-- \n")
    assert said.rstrip("\n") == body(slow, "plain").rstrip("\n")
    shown, expected = words_of(body(message, "html")), words_of(body(slow, "html"))
    assert expected in shown


@given(
    WORDS | SCRIPTS | st.sampled_from([".", "..", ".b", "a\n.", "\n.\r\n", "x\r.", "\r\n.\r\nQUIT"]),
    st.sampled_from(["", ".", "a\n\n.b"]),
)
def test_what_calls_itself_transparent_needs_nothing_on_the_wire(value: str, start: str) -> None:
    outgoing = mail_with(
        {"first_name": value, "id": "x1"}, subject="Open", body=f"{start}{{{{ lead.first_name }}}}\n\n.x"
    )
    try:
        prepared = MailComposer().compose(outgoing)
    except UnsendableError:
        return  # what no text may hold is refused
    assert body_of(prepared) == body_on_the_wire(prepared.payload)


def test_an_ordinary_mail_is_transparent() -> None:
    assert MailComposer().compose(OUTGOING).transparent


@given(WORDS | SCRIPTS)
@settings(max_examples=300, deadline=None)
def test_any_subject_arrives_as_it_was(value: str) -> None:
    outgoing = mail_with({"x": value}, subject="{{ lead.x }}", greeting="", body="b", ask="")
    wire_is_sound(MailComposer().compose(outgoing).payload)
    assert composed(outgoing)["Subject"] == value


@given(WORDS | SCRIPTS)
@settings(max_examples=300, deadline=None)
def test_any_name_arrives_as_it_was_with_one_recipient(name: str) -> None:
    outgoing = mail_to(name)
    message = composed(outgoing)
    assert message.keys() == HEADERS
    (address,) = message["To"].addresses
    assert address.addr_spec == "matti@customer.test"
    assert name_on_the_wire(outgoing) == name


HOSTILE_TEXTS = [
    "a\r\nBcc: v@x.test",
    "a\nBcc: v@x.test",
    "a\rBcc: v@x.test",
    "a\r\n\r\n<html>",
    "a\x85Bcc: x",
    "a\u2028Bcc: x",
    "a\u2029Bcc: x",
    "a\x0bBcc: x",
    "a\x0cBcc: x",
    "a\x1cX: y",
    "a\x00b",
    "\u202eevil",
    "\u2066x",
    "a\ud800b",
    "Ü" * 300 + "\n",
    "\tx",
]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_a_header_with_a_control_character_is_refused(text: str) -> None:
    with pytest.raises(UnsendableError, match="control character in a header"):
        MailComposer().compose(mail_to(text))
    with pytest.raises(UnsendableError, match="control character in a header"):
        MailComposer().compose(mail_with({"x": text}, subject="Hi {{ lead.x }}", body="b", greeting="", ask=""))
    outgoing = replace(OUTGOING, sender=replace(SENDER, name=text))
    with pytest.raises(UnsendableError, match="control character in a header"):
        MailComposer().compose(outgoing)


LITERAL_TEXTS = [
    "=?utf-8?q?a=0D=0ABcc:_v@x.test?=",
    "=?utf-8?b?YQ0KQmNjOiB2QHgudGVzdA==?=",
    "=?utf-8?q?=0A?=Bcc: v <b@y.test>",
    'a" <v@x.test>, "',
    "a@b.test, v@x.test",
    "<a@b.test>v@x.test",
    "a%0d%0aBcc:x",
    "a%250d%250a",
    "\\",
    '"',
    "(comment)",
    "a (b) c",
    "a, b; c: d",
    "x" * 10_000,
    "e" + "\u0301" * 2_000,
    "\U000e0001tag",
    "Bcc: v@x.test",
    "undisclosed-recipients:;",
    "{{7*7}}",
]


@pytest.mark.parametrize("text", LITERAL_TEXTS, ids=lambda text: text[:30])
def test_a_hostile_but_printable_name_is_text_and_adds_nothing(text: str) -> None:
    outgoing = replace(
        mail_with({"x": text}, subject="{{ lead.x }}", body="{{ lead.x }}", greeting="", ask=""),
        recipient=replace(OUTGOING.recipient, name=text),
        sender=replace(SENDER, name=text),
    )
    wire_is_sound(MailComposer().compose(outgoing).payload)
    message = composed(outgoing)
    assert message.keys() == HEADERS
    (address,) = message["To"].addresses
    assert address.addr_spec == "matti@customer.test"
    assert name_on_the_wire(outgoing) == text
    assert message["Subject"] == text
    (writer,) = message["From"].addresses
    assert writer.addr_spec == "aino@kahvila.example"
    assert parseaddr(str(message["To"]))[1] == "matti@customer.test"


@pytest.mark.parametrize(
    "url",
    ["https://a.example/x\r\nBcc: v", "https://a.example/ x", "https://a.example/>", "https://ä.example", "x" * 901],
)
def test_a_link_that_does_not_fit_into_a_header_is_refused(url: str) -> None:
    with pytest.raises(UnsendableError, match="unfit link"):
        MailComposer().compose(replace(OUTGOING, links=replace(LINKS, unsubscribe_url=url)))


@pytest.mark.parametrize("identity", ["a b@c", "a@c>\r\nBcc: v", "", "ä@c"])
def test_an_identifier_that_does_not_fit_into_a_header_is_refused(identity: str) -> None:
    with pytest.raises(UnsendableError, match="unfit identifier"):
        MailComposer().compose(replace(OUTGOING, message_id=identity))


def test_a_date_without_a_zone_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="zone"):
        MailComposer().compose(replace(OUTGOING, date=datetime(2027, 1, 1)))


def test_a_mailbox_beyond_ascii_asks_for_smtputf8_and_a_domain_does_not() -> None:
    domain = MailComposer().compose(mail_to(address="kalle@käyrä.example"))
    assert (domain.address, domain.smtputf8) == ("kalle@xn--kyr-qlac.example", False)
    local = MailComposer().compose(mail_to(address="käyrä@customer.test"))
    assert (local.address, local.smtputf8) == ("käyrä@customer.test", True)
    parsed = message_from_bytes(local.payload, policy=policy.default.clone(utf8=True))
    assert "käyrä@customer.test".encode() in local.payload.partition(b"\r\n\r\n")[0]
    assert parsed.keys() == HEADERS


def test_the_footer_links_to_the_readers_choices_beside_the_way_out() -> None:
    message = message_from_bytes(MailComposer().compose(OUTGOING).payload, policy=policy.default)
    for kind in ("plain", "html"):
        body = message.get_body((kind,))
        assert body is not None
        text = body.get_content()
        assert text.index("https://touch.kahvila.example/p/abc") < text.index("https://touch.kahvila.example/u/abc")


def test_a_notice_and_a_house_without_a_web_page_offer_no_choices() -> None:
    for sent in (replace(OUTGOING, purpose="notice"), replace(OUTGOING, links=Links())):
        assert b"/p/abc" not in MailComposer().compose(sent).payload
