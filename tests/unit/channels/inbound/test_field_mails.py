"""The mails of `mails/`: right class, right day of return, and nothing gone wrong with a cut or garbled one."""

from collections import Counter

import pytest

from channels.inbound.mail import classify_mail
from channels.inbound.values import InboundKind, InboundMail
from tests.unit.channels.inbound.letters import NOW, OURS
from tests.unit.channels.inbound.mail_files import FieldMail, field_mails

MAILS = list(field_mails())


def _read(raw: bytes) -> InboundMail:
    return classify_mail(raw, now=NOW, ours=OURS)


def _name(mail: FieldMail) -> str:
    return mail.name


def test_there_are_several_hundred_with_names_of_their_own() -> None:
    assert len(MAILS) > 1100
    assert [name for name, count in Counter((mail.name, mail.kind) for mail in MAILS).items() if count > 1] == []


@pytest.mark.parametrize("mail", MAILS, ids=_name)
def test_a_mail_of_the_field_ends_in_its_class(mail: FieldMail) -> None:
    read = _read(mail.raw)
    assert read.kind is mail.kind, read.because


@pytest.mark.parametrize("mail", [mail for mail in MAILS if mail.kind is InboundKind.AUTO_REPLY], ids=_name)
def test_an_absence_note_names_its_day_and_nothing_else_does(mail: FieldMail) -> None:
    assert _read(mail.raw).return_date == mail.back_on


@pytest.mark.parametrize("mail", [mail for mail in MAILS if "bounce" in mail.kind], ids=_name)
def test_a_bounce_of_the_field_names_the_address(mail: FieldMail) -> None:
    if b"bob@gone.example" in mail.raw and b"<sales@gone.example>" not in mail.raw:
        named = [fact.address for fact in _read(mail.raw).bounces]
        assert named in (["bob@gone.example"], ["sales@gone.example"])


@pytest.mark.parametrize("mail", MAILS, ids=_name)
def test_a_mail_cut_anywhere_still_ends_in_a_class(mail: FieldMail) -> None:
    for cut in range(1, len(mail.raw), max(1, len(mail.raw) // 6)):
        assert _read(mail.raw[:cut]).kind is not InboundKind.POISON
        assert _read(mail.raw[:cut] + b"\xff\xfe\x00" + mail.raw[cut:]).kind is not InboundKind.POISON
