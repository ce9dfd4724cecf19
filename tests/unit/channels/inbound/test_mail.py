"""Every mail ends in the right class, with every kind of line end."""
# ruff: noqa: E501 - mails and messages keep their lines

from collections import Counter

import pytest

from channels.inbound.mail import classify_mail
from channels.inbound.values import InboundKind
from channels.protocol import Failure
from tests.unit.channels.inbound import bounce_samples, field_samples, people_samples
from tests.unit.channels.inbound.letters import NOW, OUR_ID, OURS, TOKEN, Sample, letter, report, status_block

SAMPLES = [*bounce_samples.samples(), *people_samples.samples(), *field_samples.samples()]


def _read(raw: bytes):
    return classify_mail(raw, now=NOW, ours=OURS)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "\r\r\n"], ids=["lf", "crlf", "cr", "crcrlf"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_mail_ends_in_its_class(sample: Sample, ends: str) -> None:
    mail = _read(sample.raw.replace(b"\n", ends.encode()))
    assert mail.kind is sample.kind, mail.because


def test_there_are_samples_of_every_class_that_is_given_here() -> None:
    count = Counter(sample.kind for sample in SAMPLES)
    given = set(InboundKind) - {InboundKind.UNMATCHED, InboundKind.POISON}
    assert {kind for kind in given if count[kind] >= 3} == given


def test_a_bounce_names_address_status_words_and_host() -> None:
    block = status_block(
        more="Diagnostic-Code: smtp; 550 5.1.1 unknown\n user here\nRemote-MTA: dns; mx.gone.example\n"
    )
    (fact,) = _read(report(block)).bounces
    assert (fact.address, fact.action, fact.status) == ("bob@gone.example", "failed", "5.1.1")
    assert (fact.diagnostic, fact.remote, fact.failure) == (
        "550 5.1.1 unknown user here",
        "mx.gone.example",
        Failure.BAD_ADDRESS,
    )


def test_a_report_of_two_recipients_has_two_facts() -> None:
    full = status_block(recipient="eve@gone.example", status="5.2.2")
    facts = _read(report(status_block(), full)).bounces
    assert [fact.address for fact in facts] == ["bob@gone.example", "eve@gone.example"]
    assert [fact.failure for fact in facts] == [Failure.BAD_ADDRESS, Failure.MAILBOX_FULL]


@pytest.mark.parametrize(
    "sample", [sample for sample in SAMPLES if "bounce" in sample.kind], ids=lambda sample: sample.name
)
def test_a_bounce_gives_the_address_when_it_names_one(sample: Sample) -> None:
    if b"bob@gone.example" in sample.raw:
        assert "bob@gone.example" in [fact.address for fact in _read(sample.raw).bounces]


@pytest.mark.parametrize(
    "sample",
    [sample for sample in SAMPLES if sample.kind is not InboundKind.HUMAN_REPLY],
    ids=lambda sample: sample.name,
)
def test_nobody_may_answer_a_machine(sample: Sample) -> None:
    mail = _read(sample.raw)
    assert mail.machine or mail.kind is InboundKind.UNSUBSCRIBE


def test_the_token_comes_from_the_address_it_was_sent_to() -> None:
    mail = _read(letter("Hello", to=f"Aino <hello+{TOKEN}@kahvila.example>"))
    assert (mail.token, mail.kind) == (TOKEN, InboundKind.HUMAN_REPLY)


def test_the_token_comes_from_a_list_of_addresses_with_and_without_names() -> None:
    mail = _read(letter("Hello", to=f'"Ann, x@y.example" <ann@customer.example>, hello+{TOKEN}@kahvila.example'))
    assert mail.token == TOKEN
    assert mail.recipients == ("ann@customer.example", f"hello+{TOKEN}@kahvila.example")


@pytest.mark.parametrize("header", ["delivered_to", "x_original_to", "envelope_to", "x_envelope_to"])
def test_the_token_comes_from_headers_of_the_arrival(header: str) -> None:
    assert _read(letter("Hello", **{header: f"hello+{TOKEN}@kahvila.example"})).token == TOKEN


def test_the_token_comes_out_of_a_rewritten_address() -> None:
    raw = letter("Hello", to=f"SRS0=abc=xy=kahvila.example=hello+{TOKEN}@forwarder.example")
    assert _read(raw).token == TOKEN


def test_a_report_sent_elsewhere_names_the_touch_by_the_original_it_returns() -> None:
    mail = _read(report(status_block(), to="postmaster@kahvila.example"))
    assert mail.token == TOKEN
    assert mail.references == (OUR_ID,)


def test_a_token_of_another_domain_is_none_of_ours() -> None:
    assert _read(letter("Hello", to=f"hello+{TOKEN}@kahvila.example.evil.test")).token == ""


def test_thread_headers_name_our_mails_nearest_first() -> None:
    other = "touch.older-one@kahvila.example"
    mail = _read(letter("Hi", in_reply_to=f"<{OUR_ID}>", references=f"<{other}> <x@y.example> <{OUR_ID}>"))
    assert mail.references == (OUR_ID, other)
    assert mail.in_reply_to == (OUR_ID, "x@y.example", other)


def test_the_reply_has_neither_quote_nor_footer_and_the_whole_text_has() -> None:
    raw = letter(
        "Tuesday is fine.\n\nOn Sat, 21 Nov 2026 at 10:00, Aino <hello@kahvila.example> wrote:\n> Unsubscribe here: STOP"
    )
    mail = _read(raw)
    assert mail.text == "Tuesday is fine."
    assert "Unsubscribe" in mail.full_text
    assert mail.kind is InboundKind.HUMAN_REPLY


def test_the_same_bytes_have_the_same_digest_and_size() -> None:
    raw = letter("Hello")
    assert _read(raw).digest == _read(raw).digest
    assert _read(raw).size == len(raw)
    assert _read(raw + b"x").digest != _read(raw).digest
