"""Whose a message is: mark before thread before sender, and a person where nobody can tell."""

import pytest

from touches.inbound.marks import Marks
from touches.inbound.matching import match, match_number, match_report
from touches.inbound.values import By, Known, Mark, Match

ANN, BOB = 1, 2


def mark(touch: int, lead: int | None = ANN) -> Mark:
    return Mark(touch_id=touch, lead_id=lead, channel="email", address="ann@x.test", notice=lead is None)


def known(**values: object) -> Known:
    marks = {10: mark(10), 20: mark(20, BOB), 30: mark(30, None)}
    return Known(**{"marks": marks, **values})  # type: ignore[arg-type]


def told(found: Match) -> tuple[By, int | None, int | None]:
    return found.by, found.lead_id, found.touch_id


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        (Marks(addressed=(10,), thread=(20,), quoted=(20,)), (By.TOKEN, ANN, 10)),
        (Marks(thread=(20,), quoted=(10,)), (By.THREAD, BOB, 20)),
        (Marks(quoted=(10,)), (By.QUOTE, ANN, 10)),
        (Marks(asked=(20,), addressed=(10,)), (By.TOKEN, BOB, 20)),
        (Marks(addressed=(99,), thread=(10,)), (By.THREAD, ANN, 10)),
        (Marks(), (By.NOBODY, None, None)),
    ],
    ids=["address", "thread", "quote", "opt-out address", "a touch that is gone", "nothing"],
)
def test_the_surest_mark_decides(marks: Marks, expected: tuple[By, int | None, int | None]) -> None:
    assert told(match(marks, known())) == expected


def test_the_only_lead_with_the_address_wrote_it_whenever_touched() -> None:
    assert told(match(Marks(), known(writers=(ANN,)))) == (By.SENDER, ANN, None)
    assert told(match(Marks(), known(writers=(ANN,), touched={ANN: 10}))) == (By.SENDER, ANN, 10)


def test_of_several_at_an_address_the_only_one_touched_lately_is_meant() -> None:
    assert told(match(Marks(), known(writers=(ANN, BOB), touched={BOB: 20}))) == (By.SENDER, BOB, 20)


@pytest.mark.parametrize("touched", [{}, {ANN: 10, BOB: 20}], ids=["none lately", "both lately"])
def test_several_at_an_address_all_may_be_meant_and_stop_speaks_for_all(touched: dict[int, int]) -> None:
    found = match(Marks(), known(writers=(ANN, BOB), touched=touched))
    assert (found.lead_id, found.may_be, found.speakers) == (None, (ANN, BOB), (ANN, BOB))


def test_a_colleague_speaks_for_nobody() -> None:
    found = match(Marks(), known(colleagues=(ANN, BOB)))
    assert (found.lead_id, found.may_be, found.speakers) == (None, (ANN, BOB), ())


@pytest.mark.parametrize(
    ("marks", "writers", "speakers"),
    [
        (Marks(addressed=(10,)), (), (ANN,)),
        (Marks(addressed=(10,)), (ANN,), (ANN,)),
        (Marks(addressed=(10,)), (BOB,), (BOB,)),
        (Marks(thread=(10,)), (), (ANN,)),
        (Marks(quoted=(10,)), (), ()),
        (Marks(quoted=(10,)), (ANN,), (ANN,)),
        (Marks(asked=(10,)), (BOB,), (ANN,)),
    ],
    ids=[
        "strange sender",
        "the lead",
        "another lead",
        "by thread",
        "quoted by a stranger",
        "quoted by the lead",
        "asked",
    ],
)
def test_from_alone_opts_nobody_else_out(marks: Marks, writers: tuple[int, ...], speakers: tuple[int, ...]) -> None:
    assert match(marks, known(writers=writers)).speakers == speakers


def test_a_quote_in_another_leads_mail_is_that_leads_mail() -> None:
    assert told(match(Marks(quoted=(10,)), known(writers=(BOB,)))) == (By.SENDER, BOB, None)


def test_an_answer_to_a_notice_for_us_is_matched_by_its_sender() -> None:
    assert told(match(Marks(addressed=(30,)), known(writers=(BOB,)))) == (By.SENDER, BOB, None)


def test_what_one_of_us_writes_is_known_as_ours() -> None:
    found = match(Marks(thread=(10,)), known(ours=True))
    assert (found.ours, found.lead_id, found.speakers) == (True, ANN, ())


def test_a_report_needs_a_mark() -> None:
    """Anybody can write a bounce for somebody else's lead (RFC 3464, 4.1)."""
    assert told(match_report(Marks(), known(writers=(ANN,)))) == (By.NOBODY, None, None)
    assert told(match_report(Marks(quoted=(10,)), known())) == (By.TOKEN, ANN, 10)


def test_a_number_speaks_for_whoever_has_it() -> None:
    assert match_number(known(writers=(ANN,), touched={ANN: 10})).touch_id == 10
    assert match_number(known(writers=(ANN, BOB))).speakers == (ANN, BOB)
