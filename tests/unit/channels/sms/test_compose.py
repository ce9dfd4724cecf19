"""What an SMS says, and what it refuses to be."""

import pytest

from channels.errors import UnsendableError
from channels.protocol import Prepared
from channels.settings import Secret, SmsSettings
from channels.sms.kannel import KannelChannel
from channels.sms.message import SmsMessage, thawed
from channels.sms.segments import Encoding
from tests.unit.channels.outgoing import RECIPIENT, outgoing

SETTINGS = SmsSettings(account="touch", password=Secret("pw"), sender="KAHVILA")


def prepared(**changes: object) -> Prepared:
    return KannelChannel(SETTINGS).prepare(outgoing(**changes))  # type: ignore[arg-type]


def message(**changes: object) -> SmsMessage:
    return thawed(prepared(**changes).payload)


def test_a_touch_says_body_ask_and_the_way_out() -> None:
    assert message().text == (
        "From Monday our support answers until 22:00, Ville.\nReply with a time for a call.\nReply STOP to opt out"
    )


def test_a_notice_says_nothing_of_opting_out() -> None:
    assert "STOP" not in message(purpose="notice").text


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "Lopeta"), ("de-AT", "Abmelden"), ("sv", "opt out"), ("", "opt out")]
)
def test_the_way_out_is_told_in_the_language_of_the_text(language: str, words: str) -> None:
    assert words in message(piece={"language": language}, recipient=RECIPIENT).text


def test_the_reader_decides_where_the_text_has_no_language() -> None:
    from dataclasses import replace

    assert "Lopeta" in message(piece={"language": ""}, recipient=replace(RECIPIENT, language="fi")).text


def test_a_name_that_looks_like_a_template_arrives_as_text() -> None:
    assert "{{7*7}} **x**" in message(values={"first_name": "{{7*7}} **x**"}).text


def test_quotes_and_dashes_are_straightened_so_that_160_fit() -> None:
    assert message(piece={"body": "“New” – today…"}).encoding is Encoding.GSM7


def test_another_alphabet_is_sent_as_ucs2() -> None:
    assert message(values={"first_name": "Василий"}).encoding is Encoding.UCS2


def test_the_parts_are_counted() -> None:
    assert prepared(piece={"body": "a" * 400}).parts == 3


def test_a_text_of_more_than_six_parts_is_refused_with_the_reason() -> None:
    with pytest.raises(UnsendableError) as refused:
        prepared(piece={"body": "я" * 500})
    assert refused.value.reason == "text too long"
    assert "я" in refused.value.detail


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(UnsendableError, match="empty text"):
        prepared(piece={"body": " ", "ask": ""}, purpose="notice")


@pytest.mark.parametrize(
    "number", ["", "0401234567", "+358 40 123", "+0401234567", "STOP", "+" + "1" * 16, "+35840123456\n"]
)
def test_only_an_international_number_is_taken(number: str) -> None:
    from dataclasses import replace

    with pytest.raises(UnsendableError, match="bad phone number"):
        prepared(recipient=replace(RECIPIENT, address=number))


def test_the_validity_counts_from_the_planned_hand_over() -> None:
    assert message().valid_for == 240
    assert message(valid_until=None).valid_for == 0


def test_the_same_input_gives_the_same_bytes() -> None:
    assert prepared() == prepared()
