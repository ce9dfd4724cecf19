"""The signed marks in a mail: found wherever mail systems leave them, refused when they are not ours."""

from hypothesis import given
from hypothesis import strategies as st

from channels.inbound.mail import classify_mail
from channels.inbound.values import InboundKind, InboundMail
from tests.unit.channels.inbound.letters import NOW
from touches.inbound.marks import our_marks, read_marks
from touches.tokens import Purpose, Signer

SIGNER = Signer(b"k" * 32)
OURS = our_marks(mail_domain="cafe.test", sender="aino@cafe.test")


def mail(**values: object) -> InboundMail:
    return InboundMail(kind=InboundKind.HUMAN_REPLY, because="", machine=False, **values)  # type: ignore[arg-type]


def token(purpose: Purpose = Purpose.TOUCH, number: int = 7) -> str:
    return SIGNER.token(purpose, number)


@given(st.integers(min_value=1, max_value=2**62))
def test_the_classifier_and_the_signer_agree_on_every_message_id(number: int) -> None:
    """What it takes for ours is what the signer made, of any size."""
    name = f"{token(number=number)}@cafe.test"
    raw = f"From: a@x.test\nIn-Reply-To: <{name}>\n\nhello\n".encode()

    found = classify_mail(raw, now=NOW, ours=OURS)

    assert found.references == (name,)
    assert read_marks(found, SIGNER).thread == (number,)


def test_a_tagged_recipient_is_the_surest_mark() -> None:
    found = mail(recipients=(f"hello+{token()}@cafe.test",), in_reply_to=(f"{token(number=8)}@cafe.test",))
    marks = read_marks(found, SIGNER)
    assert (marks.addressed, marks.thread) == ((7,), (8,))


def test_upper_case_survives() -> None:
    assert read_marks(mail(recipients=(f"HELLO+{token().upper()}@CAFE.TEST",)), SIGNER).addressed == (7,)


def test_an_opt_out_address_asks_for_it_only_as_a_recipient() -> None:
    mark = token(Purpose.UNSUBSCRIBE)
    assert read_marks(mail(recipients=(f"hello+{mark}@cafe.test",)), SIGNER).asked == (7,)
    quoted = read_marks(mail(tokens=(mark,)), SIGNER)
    assert (quoted.asked, quoted.quoted) == ((), (7,))


def test_a_mark_for_another_purpose_is_none() -> None:
    for purpose in (Purpose.PREFERENCES, Purpose.BROWSER, Purpose.COMPLAINT, Purpose.REPORT):
        assert not read_marks(mail(recipients=(f"hello+{token(purpose)}@cafe.test",)), SIGNER).all


def test_every_flipped_character_spoils_the_mark() -> None:
    good = token(number=123_456)
    for place, letter in enumerate(good):
        forged = good[:place] + ("b" if letter != "b" else "c") + good[place + 1 :]
        assert 123_456 not in read_marks(mail(recipients=(f"hello+{forged}@cafe.test",)), SIGNER).all


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_stands_there_breaks_nothing(address: str, reference: str) -> None:
    hostile = mail(recipients=(address,), tokens=(address,), in_reply_to=(reference,), references=(reference,))
    assert not read_marks(hostile, SIGNER).all
