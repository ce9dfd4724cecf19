"""The mails of `whole/`: right class with every kind of line end, cut or not, and quickly."""

import time
from collections import Counter

import pytest

from channels.inbound.mail import classify_mail
from channels.inbound.values import InboundKind
from tests.unit.channels.inbound.letters import NOW, OURS
from tests.unit.channels.inbound.whole_mails import WholeMail, whole_mails

MAILS = list(whole_mails())
_ALL_AT_ONCE = 60.0  # CPU seconds for all; they take a few


def _name(mail: WholeMail) -> str:
    return mail.name


def test_there_are_several_hundred_with_names_of_their_own() -> None:
    assert len(MAILS) > 1350
    assert [name for name, count in Counter(mail.name for mail in MAILS).items() if count > 1] == []


@pytest.mark.parametrize("mail", MAILS, ids=_name)
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"], ids=["lf", "crlf", "cr"])
def test_a_whole_mail_ends_in_its_class(mail: WholeMail, line_end: bytes) -> None:
    read = classify_mail(mail.raw.replace(b"\n", line_end), now=NOW, ours=OURS)
    assert read.kind in mail.kinds, read.because


@pytest.mark.parametrize("mail", MAILS, ids=_name)
def test_a_whole_mail_cut_anywhere_still_ends_in_a_class(mail: WholeMail) -> None:
    for cut in range(1, len(mail.raw), max(1, len(mail.raw) // 5)):
        assert classify_mail(mail.raw[:cut], now=NOW, ours=OURS).kind is not InboundKind.POISON


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("7 a japanese filter with its sections", "bob@gone.example"),
        ("7 a gateway with the envelope in lines", "bob@text.example"),
    ],
)
def test_a_report_in_an_odd_form_names_who_did_not_get_it(name: str, address: str) -> None:
    mail = next(mail for mail in MAILS if mail.name == name)
    assert [fact.address for fact in classify_mail(mail.raw, now=NOW, ours=OURS).bounces] == [address]


def test_all_whole_mails_are_read_within_a_minute() -> None:
    began = time.process_time()
    for mail in MAILS:
        classify_mail(mail.raw, now=NOW, ours=OURS)
    assert time.process_time() - began < _ALL_AT_ONCE
