"""Mails built to hang, exhaust or break a reader end as poison, or in an honest class, and quickly (pytest's time limit)."""
# ruff: noqa: E501 - mails and messages keep their lines

import codecs

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from channels.inbound import limits
from channels.inbound.charsets import decode, decode_header
from channels.inbound.mail import classify_mail
from channels.inbound.values import InboundKind
from tests.unit.channels.inbound.letters import NOW, OURS, letter, parts, report, status_block


def _kind(raw: bytes) -> InboundKind:
    return classify_mail(raw, now=NOW, ours=OURS).kind


def _nested(levels: int) -> bytes:
    opened = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(levels))
    return b"From: a@b.example\n" + opened.encode() + b"Content-Type: text/plain\n\nhi\n"


def _forwarded(levels: int) -> bytes:
    return b"From: a@b.example\n" + b"Content-Type: message/rfc822\n\n" * levels + b"Subject: x\n\nhi\n"


def _flat(count: int) -> bytes:
    return b'From: a@b.example\nContent-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * count + b"--b--\n"


POISON = {
    "10,000 levels": _nested(10_000),
    "25 levels": _nested(25),
    "200,000 parts": _flat(200_000),
    "101 parts": _flat(101),
    "1,000 messages in messages": _forwarded(1_000),
    "25 messages in messages": _forwarded(25),
    "50,000 encoded words": b"From: a@b.example\nSubject: " + b"=?utf-8?q?a?= " * 50_000 + b"\n\nhi",
    "5,000 encoded words": b"From: a@b.example\nSubject: " + b"=?utf-8?q?a?= " * 5_000 + b"\n\nhi",
    "50,000 brackets": b"From: a@b.example\nTo: " + b"(" * 50_000 + b"\n\nhi",
    "20,000 addresses": b"From: a@b.example\nTo: " + b"x@y.z," * 20_000 + b"\n\nhi",
    "100,000 headers": b"From: a@b.example\n" + b"X: y\n" * 100_000 + b"\nhi",
    "no end of headers": b"From: a@b.example\nX: " + b"y" * 600_000,
}


@pytest.mark.parametrize("name", POISON)
def test_what_costs_too_much_is_poison_and_says_which_limit(name: str) -> None:
    mail = classify_mail(POISON[name], now=NOW, ours=OURS)
    assert mail.kind is InboundKind.POISON
    assert mail.because.startswith("over a limit: ")
    assert mail.machine


@pytest.mark.parametrize(
    "raw",
    [_nested(15), _flat(95), _forwarded(15), b"", b"\n\n", b"\0" * 1000, b"no headers at all\n\njust text", b"Subject: only headers\n", b"From: a@b.example"],
    ids=["15 levels", "95 parts", "15 messages", "empty", "two line ends", "nuls", "no headers", "headers only", "one header"],
)  # fmt: skip
def test_what_is_merely_odd_has_an_honest_class(raw: bytes) -> None:
    assert _kind(raw) in {InboundKind.HUMAN_REPLY, InboundKind.AUTO_REPLY}


def test_a_huge_mail_is_read_by_its_beginning_and_keeps_its_size() -> None:
    raw = letter("Tuesday is fine.\n") + b"x" * 10 * limits.READ_AT_MOST
    mail = classify_mail(raw, now=NOW, ours=OURS)
    assert mail.kind is InboundKind.HUMAN_REPLY
    assert mail.size == len(raw)
    assert mail.text.startswith("Tuesday is fine.")
    assert len(mail.text) <= limits.TEXT
    assert len(mail.full_text) <= limits.FULL_TEXT


@pytest.mark.parametrize(
    "charset",
    ["undefined", "x-unknown", "unicode_escape", "zlib", "utf-7", "rot13", "base64", "idna", "", "\x00", "a" * 5000],
)
def test_a_charset_that_is_none_reads_as_western_text(charset: str) -> None:
    data = b"Gr\xfc\xdfe +ADw-script+AD4- \\u0041 =3D"
    assert decode(data, charset) == "Grüße +ADw-script+AD4- \\u0041 =3D"


@pytest.mark.parametrize(
    ("text", "charset"),
    [("退信", "gb2312"), ("配信", "iso-2022-jp"), ("配信", "shift_jis"), ("반송", "ks_c_5601-1987"), ("не", "koi8-r"), ("é€", "windows-1252"), ("ä", "us-ascii")],
)  # fmt: skip
def test_names_that_mail_programs_use_are_read(text: str, charset: str) -> None:
    wire = {"us-ascii": "utf-8", "ks_c_5601-1987": "euc-kr"}.get(charset, charset)
    assert decode(text.encode(wire), charset) == text


def test_every_codec_of_python_decodes_something_or_nothing_but_never_raises() -> None:
    from encodings.aliases import aliases

    for name in {*aliases, *aliases.values(), "undefined", "unicode_escape", "raw_unicode_escape", "idna", "punycode"}:
        assert isinstance(decode(b"\xff\x00abc\\x41=", name), str)
    assert codecs.lookup("utf-8")


@pytest.mark.parametrize(
    "bad",
    [
        "=?utf-8?b?####?=",
        "=?utf-8?q?=ZZ?=",
        "=?x-none?b?YQ==?=",
        "=?utf-7?q?+ADw-?=",
        "=?utf-8?b?YQ?=",
        "=?",
        "\udcff\udcfe",
    ],
)
def test_a_broken_encoded_word_stays_text(bad: str) -> None:
    assert isinstance(decode_header(bad), str)


def test_encoded_words_side_by_side_are_one_word() -> None:
    assert decode_header("=?utf-8?q?Gr=C3=BC?=\n =?utf-8?q?=C3=9Fe?= an Ann") == "Grüße an Ann"


SLOW_LINES = {
    "one long line": "x" * 900_000,
    "no at": "a" * 200_000 + " " + "b." * 100_000,
    "brackets": "<" * 300_000,
    "tags": "<a " * 200_000,
    "unclosed comment": "<!--" + "-" * 500_000,
    "blank": " " * 500_000 + "x",
    "line ends": "\n" * 500_000,
    "quotes": "> " * 200_000,
    "wrote": "On Monday " * 50_000 + "wrote:",
    "headers again": "From: a\nSent: b\n" * 20_000,
    "numbers": "1/2/" * 100_000,
    "months": "may 1 " * 60_000,
    "dashes": "-----Original Message" * 20_000,
    "failures": "user unknown not found " * 20_000,
    "address start": "Delivery to the following recipients failed " + "a@" * 100_000,
}


@pytest.mark.parametrize("name", SLOW_LINES)
@pytest.mark.parametrize("form", ["reply", "html", "bounce", "auto", "report"])
def test_text_made_to_be_slow_is_read_in_time(name: str, form: str) -> None:
    text = SLOW_LINES[name]
    raw = {
        "reply": lambda: letter(text),
        "html": lambda: letter(text, content_type="text/html"),
        "bounce": lambda: letter(text, from_="MAILER-DAEMON@x.example", subject="Undeliverable"),
        "auto": lambda: letter(text, auto_submitted="auto-replied"),
        "report": lambda: report(status_block(more=f"Diagnostic-Code: smtp; {text[:200_000]}\n"), words=text),
    }[form]()
    assert _kind(raw) is not InboundKind.LOOP


PIECES = [
    b"From: Mail Delivery <MAILER-DAEMON@x.example>\n", b"Subject: Undeliverable\n", b"Auto-Submitted: auto-replied\n",
    b'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n', b"\n", b"--b\n", b"--b--\n",
    b"Content-Type: message/delivery-status\n\n", b"Final-Recipient: rfc822; a@b\n", b"Action: failed\n", b"Status: 5.1.1\n",
    b"Content-Type: message/rfc822\n\n", b"Content-Transfer-Encoding: base64\n", b"\xff\xfe\x00", b"=?utf-8?b?", b"Content-Type: text/html; charset=utf-16\n",
    b"Feedback-Type: abuse\n", b"Received: x\n", b"\r", b"<", b"STOP\n", b"> quoted\n", b"Content-Type: text/calendar; method*=utf-8''REPLY\n",
    b"Content-Type: ;;;=\"\n", b"To: hello+abcdef@kahvila.example\n", b"In-Reply-To: <touch.a@kahvila.example>\n", b"Date: Mon, 99 Foo 0000 99:99:99 +9999\n",
]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=300)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.binary(max_size=60)), max_size=40).map(b"".join))
@example(b"Content-Transfer-Encoding: base64\n\x80From: x\nContent-Type: message/delivery-status\n\n")
def test_any_bytes_end_in_exactly_one_class(raw: bytes) -> None:
    mail = classify_mail(raw, now=NOW, ours=OURS)
    assert mail.kind in set(InboundKind) - {InboundKind.UNMATCHED}
    assert not mail.because.startswith("unreadable"), mail.because
    assert mail.because


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_mail_cut_or_flipped_anywhere_still_ends_in_a_class(data: st.DataObject) -> None:
    whole = data.draw(
        st.sampled_from([report(status_block()), letter("STOP"), parts(("text/plain", "x"), ("text/html", "<b>y</b>"))])
    )
    at = data.draw(st.integers(0, len(whole)))
    raw = whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + data.draw(st.integers(0, 3)) :]
    assert not classify_mail(raw, now=NOW, ours=OURS).because.startswith("unreadable")
